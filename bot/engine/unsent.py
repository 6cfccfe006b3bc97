"""Messages that are committed and not sent: after a crash, from the command line, or of a replica that has died."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Body, Message
from bot.store.schema import chat, message, replica

SILENCE = timedelta(seconds=4)  # a replica that has not been heard of for so long is dead
AT_ONCE = 200


async def anything_unsent(connection: AsyncConnection, channels: Collection[str]) -> bool:
    """Whether there may be something to claim; cheap enough to ask twice a second."""
    query = select(message.c.id).join(chat).where(*abandoned(channels)).limit(1)
    return await connection.scalar(query) is not None


async def claim_unsent(connection: AsyncConnection, me: str, channels: Collection[str],
                       doubtful: Collection[int]) -> list[Message]:
    """Takes over messages of these channels that nobody alive is sending, oldest first; `doubtful` chats wait."""
    ripe = or_(message.c.owner.is_(None), message.c.chat_id.not_in(doubtful))
    numbers = (select(message.c.id).join(chat).where(*abandoned(channels), ripe)
               .order_by(message.c.id).limit(AT_ONCE).with_for_update(skip_locked=True, of=message))
    found = list(await connection.scalars(numbers))
    await connection.execute(update(message).where(message.c.id.in_(found)).values(owner=me))
    rows = await connection.execute(
        select(message, chat.c.handle).join(chat).where(message.c.id.in_(found)).order_by(message.c.id))
    return [Message(row.id, row.chat_id, row.handle, row.author, Body.from_json(row.body)) for row in rows]


async def beat(connection: AsyncConnection, me: str, now: datetime) -> None:
    """This replica is alive; those that are not give up their claims."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    seen = dialect.insert(replica).values(id=me, seen_at=now)
    await connection.execute(seen.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))
    await connection.execute(delete(replica).where(replica.c.seen_at < now - SILENCE))


def abandoned(channels: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Messages that still have to be sent, and that no living process is sending."""
    nobody = or_(message.c.owner.is_(None), message.c.owner.not_in(select(replica.c.id)))
    return message.c.sent_at.is_(None), nobody, or_(*(chat.c.handle.startswith(f"{channel}:") for channel in channels))
