"""Makes the recipients' rows, a few thousand in each transaction, so that chats never wait for a large audience."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, false, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import announcement, delivery
from bot.store.schema import chat
from bot.store.sql import channel_of
from bot.store.types import Moment

from .audience import recipients
from .compose import Composed
from .schedule import not_before

CHUNK = 5000  # rows: a transaction of some 20 ms on SQLite
COLUMNS = ("announcement_id", "chat_id", "channel", "not_before", "state", "attempts", "doubtful")


async def fill_one(connection: AsyncConnection, now: datetime) -> bool:
    """Adds the next chunk of rows of the oldest running announcement that is not complete; whether there was one."""
    query = (select(announcement.c.id, announcement.c.topic, announcement.c.source, announcement.c.start_at)
             .where(announcement.c.state == "running", announcement.c.filled == false())
             .order_by(announcement.c.id).limit(1).with_for_update(skip_locked=True))
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return False
    added = await _add(connection, row, now)
    await connection.execute(update(announcement).where(announcement.c.id == row["id"]).values(
        total=announcement.c.total + added, filled=added < CHUNK))
    return True


async def _add(connection: AsyncConnection, row: RowMapping, now: datetime) -> int:
    """Inserts the recipients that come after the last one that has a row."""
    composed = Composed.model_validate(row["source"])
    done = await connection.scalar(select(func.max(delivery.c.chat_id)).where(delivery.c.announcement_id == row["id"]))
    local = composed.local_start
    when = not_before(local.date(), local.time()) if local else literal(row["start_at"] or now, Moment())
    chosen = (recipients(row["topic"], composed.audience, now).where(chat.c.id > (done or 0)).order_by(chat.c.id).limit(CHUNK)
              .with_only_columns(literal(row["id"]), chat.c.id, channel_of(chat.c.handle), when, literal("waiting"), literal(0),
                                 false()))
    result = await connection.execute(insert(delivery).from_select(COLUMNS, chosen))
    return result.rowcount
