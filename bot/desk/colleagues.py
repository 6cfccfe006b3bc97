"""Answers from the team's Telegram group: what a linked member of staff replies there goes to the person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.inbox import acting
from bot.inbox.acting import Actor
from bot.store import audit
from bot.store.database import Store
from bot.store.enquiries import Delivery
from bot.store.inbox_tables import enquiry_entry
from bot.store.schema import chat, staff
from bot.store.staff import StaffMember
from locales import Text, Words

from .enquiries import LONGEST
from .words import _

REFERENCE = re.compile(r"\bE-[A-Z0-9]{6}\b")


@dataclass(frozen=True)
class Colleagues:
    """Takes answers in, once each, and says what became of them."""

    store: Store
    words: Words
    now: Callable[[], datetime]

    async def answered(self, handle: str, told: str, text: str, key: str) -> str:
        """What the group reads after somebody has replied to what it was told; "" for nothing. `handle` is their own chat."""
        async with self.store.write() as connection:
            answer = await self._answer(connection, handle, told, text, key)
        return self.words.render(answer) if answer is not None else ""

    async def _answer(self, connection: AsyncConnection, handle: str, told: str, text: str, key: str) -> Text | None:
        reference = REFERENCE.search(told)
        if reference is None or await connection.scalar(select(enquiry_entry.c.id).where(enquiry_entry.c.key == key)) is not None:
            return None
        member = await _member(connection, handle)
        refused = _refused(member, text)
        if refused is not None or member is None:
            return refused
        delivery = await acting.reply(connection, reference[0], text, Actor(member, self.now()), key)
        if delivery is None:
            return _("Not sent: there is no enquiry {reference} any more.", reference=reference[0])
        await audit.record(connection, member, "enquiry-replied", ("enquiry", reference[0]), self.now())
        return _said(delivery)


def _refused(member: StaffMember | None, text: str) -> Text | None:
    if member is None:
        return _("Not sent: I do not know you as a member of the team. Please send me /staff with the code of a sign-in link, in "
                 "a chat of our own.")
    if member.role not in ("editor", "admin"):
        return _("Not sent: your role does not allow this. Please ask an administrator to do it or to change your role.")
    if not text:
        return _("Not sent: only text can be passed on.")
    if len(text) > LONGEST:
        return _("Not sent: the reply is too long, at most {most} characters.", most=LONGEST)
    return None


def _said(delivery: Delivery) -> Text:
    asked = delivery.enquiry
    if delivery.email:
        return _("{reference}: they asked for an answer by e-mail. Please send it yourself; the address stands at the desk.",
                 reference=asked.reference)
    if not delivery.in_chat:
        return _("{reference}: the answer is kept, but the person can no longer be reached.", reference=asked.reference)
    return _("{reference}: the answer is on its way to the person.", reference=asked.reference)


async def _member(connection: AsyncConnection, handle: str) -> StaffMember | None:
    query = select(staff).join(chat, chat.c.id == staff.c.chat_id).where(chat.c.handle == handle)
    row = (await connection.execute(query)).first()
    return StaffMember(row.id, row.name, row.role) if row else None
