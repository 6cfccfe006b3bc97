"""Writing to a member of a case who has not just written: in their language, into the chat where they joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED
from bot.render import render
from bot.store.case_tables import case_member
from bot.store.chats import NewMessage, add_messages
from bot.store.schema import chat
from flows.case.view import Case, Member
from flows.replies import Reply
from knowledge.checklist import Checklist, Side
from locales import shipped

from .reading import case_numbered


@dataclass(frozen=True)
class Reader:
    """A member who is written to, the case as they see it, and up to which event they know what happened."""

    case: Case
    chat: int
    channel: str
    language: str
    seen: int


async def reader(connection: AsyncConnection, member: int, shipped_list: Checklist, now: datetime) -> Reader | None:
    """A member who can be written to; None for one who has left or whose chat is blocked."""
    query = (select(case_member, chat.c.handle, chat.c.language).join(chat, chat.c.id == case_member.c.chat_id)
             .where(case_member.c.id == member, case_member.c.left_at.is_(None), chat.c.blocked_at.is_(None)))
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    me = Member(row.id, Side(row.side), row.name, paused=row.paused)
    case = await case_numbered(connection, row.partnership_id, shipped_list, now, me)
    if case is None:
        return None
    return Reader(case, row.chat_id, row.handle.partition(":")[0], shipped(row.language) or "en", row.seen_event)


async def tell(connection: AsyncConnection, to: Reader, reply: Reply, now: datetime) -> None:
    """Lays a message into the member's chat; it is sent by whoever sends for that channel."""
    sent_at = now if to.channel in PULLED else None
    await add_messages(connection, [NewMessage(to.chat, "assistant", render(reply, to.language), now, sent_at=sent_at)])
