"""Who has arrived. A press counts once, however often it is sent: it says where somebody is to stand, not that they turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import attendee, registration
from flows.conference.view import Status

OLDEST_PRESS = timedelta(days=1)  # that a phone without a connection can hand in later with its own time
CONFIRMED = registration.c.status == Status.CONFIRMED.value


@dataclass(frozen=True)
class Tally:
    """How many have arrived, of how many who are expected."""

    here: int
    expected: int


async def press(connection: AsyncConnection, conference: int, guest: int, *, here: bool, staff: int, at: datetime) -> bool | None:
    """Marks somebody as arrived, or as not after all; whether that changed anything, None where nobody is expected as that."""
    known = await connection.scalar(_expected(conference).with_only_columns(attendee.c.id).where(attendee.c.id == guest))
    if known is None:
        return None
    was = attendee.c.checked_in_at.is_(None) if here else attendee.c.checked_in_at.is_not(None)
    done = await connection.execute(update(attendee).where(attendee.c.id == guest, was).values(
        checked_in_at=at if here else None, checked_in_by=staff if here else None))
    return done.rowcount == 1


async def tally(connection: AsyncConnection, conference: int) -> Tally:
    """The counts of a conference."""
    counts = func.count(attendee.c.checked_in_at), func.count()
    here, expected = (await connection.execute(_expected(conference).with_only_columns(*counts))).one()
    return Tally(here, expected)


async def arrived(connection: AsyncConnection, conference: int) -> list[int]:
    """The numbers of all who have arrived."""
    query = _expected(conference).with_only_columns(attendee.c.id).where(attendee.c.checked_in_at.is_not(None))
    return list(await connection.scalars(query.order_by(attendee.c.id)))


def pressed_at(given: str, now: datetime) -> datetime:
    """When a button was pressed, as far as the phone's clock can be believed."""
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        return now
    return at if at.tzinfo and now - OLDEST_PRESS <= at <= now else now


def _expected(conference: int) -> Select[tuple[int]]:
    joined = attendee.join(registration, registration.c.id == attendee.c.registration_id)
    return select(attendee.c.id).select_from(joined).where(registration.c.conference_id == conference, CONFIRMED)
