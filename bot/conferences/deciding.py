"""What the team decides: approving or declining a registration, with the person told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import registration
from flows.conference import telling as words
from flows.conference.view import Status
from flows.notices import Links

from .leaving import end
from .places import hold_registration, seat
from .telling import tell, tell_moved


async def approve(connection: AsyncConnection, number: int, now: datetime, links: Links) -> bool:
    """Lets a pending registration in, or into the line where no place is free; false if it is not pending any more."""
    held, _mine = await hold_registration(connection, number)
    done = await connection.execute(
        update(registration).where(registration.c.id == number, registration.c.status == Status.PENDING.value)
        .values(status=Status.WAITING.value, changed_at=now))
    if held is None or not done.rowcount:
        return False
    await tell_moved(connection, await seat(connection, held, number, now), now)
    await tell(connection, number, lambda found, mine: words.decided(found, mine, now, links), now)
    return True


async def decline(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Turns a pending registration down, or takes a place back; false if it does not count any more."""
    held, mine = await hold_registration(connection, number)
    if mine is None:
        return False
    await end(connection, held, mine, Status.DECLINED, now)
    await tell(connection, number, lambda found, kept: words.decided(found, kept, now, Links()), now)
    return True
