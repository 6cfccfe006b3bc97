"""People who are erased while announcements are still to reach them are counted as left, so that each comes to its end."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .announcement_tables import announcement, delivery
from .schema import chat


async def count_as_left(connection: AsyncConnection, people: ColumnElement[bool]) -> None:
    """Call before the people of this condition on `chat` are deleted, in the same transaction."""
    waiting = (select(delivery.c.announcement_id, func.count().label("many")).join(chat, chat.c.id == delivery.c.chat_id)
               .where(delivery.c.state == "waiting", people).group_by(delivery.c.announcement_id)
               .order_by(delivery.c.announcement_id))
    for row in list(await connection.execute(waiting)):
        await connection.execute(update(announcement).where(announcement.c.id == row.announcement_id)
                                 .values(left=announcement.c.left + row.many))
