"""What the team does out of turn: putting somebody who waits to the front of the line, and taking a registration out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import registration
from flows.conference.view import Status

from .leaving import end
from .notifying import taken_out
from .places import hold_registration, settle
from .reading import WAITS, registration_numbered
from .telling import tell, tell_moved


async def to_the_front(connection: AsyncConnection, number: int, now: datetime) -> Status | None:
    """Makes a registration, with its partner's, the next in line; returns where it stands then, None if it does not wait."""
    held, mine = await hold_registration(connection, number)
    if mine is None or mine.status != Status.WAITING.value:
        return None
    line = registration.c.conference_id == mine.conference_id, WAITS
    first = await connection.scalar(select(func.min(registration.c.queue)).where(*line))
    await connection.execute(update(registration).where(*line, registration.c.queue < mine.queue).values(
        queue=registration.c.queue + 1))
    together = registration.c.id == mine.id if mine.pair_id is None else or_(
        registration.c.id == mine.id, registration.c.pair_id == mine.pair_id)
    await connection.execute(update(registration).where(*line, together).values(queue=first))
    await tell_moved(connection, await settle(connection, held, now), now)
    found = await registration_numbered(connection, number)
    return found.status if found else None


async def take_out(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Ends a registration for somebody who asked the team to, and tells them; false if it does not count any more."""
    held, mine = await hold_registration(connection, number)
    if mine is None:
        return False
    await end(connection, held, mine, Status.WITHDRAWN, now)
    await tell(connection, number, lambda found, _mine: taken_out(found), now)
    return True
