"""The last faults of all processes, in the store."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.faults import MOST, noted, settled

from .database import Store
from .desk_tables import fault


async def keep_faults(store: Store, replica: str) -> None:
    """Stores what has been noted, and forgets all but the newest."""
    found = noted()
    if not found:
        return
    rows = [{"event": one.event, "error": one.error, "place": one.place, "replica": replica, "at": at}
            for one, at in found.items()]
    async with store.write() as connection:
        await connection.execute(insert(fault), rows)
        await _forget_old(connection)
    settled(found)


async def _forget_old(connection: AsyncConnection) -> None:
    oldest = await connection.scalar(select(fault.c.id).order_by(fault.c.id.desc()).offset(MOST).limit(1))
    if oldest is not None:
        await connection.execute(delete(fault).where(fault.c.id <= oldest))
