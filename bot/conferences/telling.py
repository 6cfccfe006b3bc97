"""Writing to somebody about their registration without their asking: in their language, into the chat where they registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED
from bot.render import render
from bot.store.chats import NewMessage, add_messages
from bot.store.conference_tables import registration
from bot.store.schema import chat
from flows.conference import telling as words
from flows.conference.view import Conference, Registration, Status
from flows.replies import Reply
from locales import shipped

from .places import Moved
from .reading import conference_numbered, registration_numbered

Words = Callable[[Conference, Registration], Reply]


async def tell(connection: AsyncConnection, number: int, words: Words, now: datetime) -> None:
    """Lays a message about a registration into its chat, unless nobody can be reached there."""
    mine = await registration_numbered(connection, number)
    found = await conference_numbered(connection, mine.conference) if mine else None
    if mine is not None and found is not None:
        await lay(connection, mine.chat, words(found, mine), now)


async def lay(connection: AsyncConnection, number: int, reply: Reply, now: datetime) -> None:
    """Lays a message into a chat; it is sent by whoever sends for its channel."""
    row = (await connection.execute(select(chat).where(chat.c.id == number, chat.c.blocked_at.is_(None)))).first()
    if row is not None:
        sent_at = now if row.handle.partition(":")[0] in PULLED else None
        body = render(reply, shipped(row.language) or "en")
        await add_messages(connection, [NewMessage(row.id, "assistant", body, now, sent_at=sent_at)])


async def tell_moved(connection: AsyncConnection, moved: Iterable[Moved], now: datetime) -> None:
    """Tells those to whom a place is offered now."""
    for one in moved:
        if one.status is Status.OFFERED:
            await tell(connection, one.id, lambda found, mine: words.offered(found, mine, now), now)


async def partner_of(connection: AsyncConnection, number: int) -> int | None:
    """The registration of the other side of a pair."""
    other = registration.alias()
    query = (select(other.c.id).join(registration, registration.c.pair_id == other.c.pair_id)
             .where(registration.c.id == number, other.c.id != number,
                    other.c.status.in_([status.value for status in Status if status.counts])))
    found: int | None = await connection.scalar(query)
    return found
