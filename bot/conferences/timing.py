"""What happens by time: offers and kept places run out, reminders before a conference, thanks after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.conference_tables import attendee, conference_pair, registration
from bot.store.jobs import Job
from flows.conference import telling as words
from flows.conference.view import Status
from flows.notices import Links
from knowledge import Knowledge

from .entering import QUEUE, REMIND, THANK
from .leaving import lapse
from .pairing import release
from .places import KEPT, OFFER, hold, settle
from .reading import COUNTS
from .telling import tell, tell_moved

DAYS_BEFORE = (7, 1)
STILL_FRESH = timedelta(days=7)  # memories, and the form with them
MORNING = time(9)  # by the host's clock


async def move_up(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """Offers what has become free, since staff have changed something."""
    held = await hold(connection, job.subject)
    if held is not None:
        await tell_moved(connection, await settle(connection, held, now), now)


async def keep_no_longer(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """A partner has not registered in time: the place goes to the next in line, and who waits for the partner is told."""
    query = select(conference_pair).where(conference_pair.c.id == job.subject)
    pair = (await connection.execute(query)).first()
    held = await hold(connection, pair.conference_id) if pair else None
    pair = (await connection.execute(query)).first()
    if pair is None or held is None or not pair.held or pair.held_until > now:
        return
    await release(connection, pair.id)
    first = await connection.scalar(select(registration.c.id).where(registration.c.pair_id == pair.id, COUNTS).limit(1))
    if first is not None:
        await tell(connection, first, lambda found, _mine: words.no_longer_kept(found), now)
    await tell_moved(connection, await settle(connection, held, now), now)


async def remind(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """Reminds those who come, a week and a day before, and plans the next time."""
    held = await hold(connection, job.subject)
    if held is None or held.state in ("draft", "cancelled"):
        return
    begins = _at(held, held.first_day)
    times = [begins - timedelta(days=before) for before in DAYS_BEFORE]
    due = [moment for moment in times if moment <= now]
    if due and now < begins:
        await _remind_since(connection, held, due[-1], now)
    following = next((moment for moment in times if moment > now), None)
    if following is not None:
        await jobs.schedule(connection, REMIND, held.id, following)


async def _remind_since(connection: AsyncConnection, held: Any, since: datetime, now: datetime) -> None:
    """Those who registered before that time and were not reminded after it."""
    query = select(registration.c.id).where(
        registration.c.conference_id == held.id, registration.c.status == Status.CONFIRMED.value,
        registration.c.created_at < since, or_(registration.c.reminded_at.is_(None), registration.c.reminded_at < since))
    numbers = list(await connection.scalars(query.order_by(registration.c.id)))
    for number in numbers:
        await tell(connection, number, lambda found, mine: words.reminder(found, mine, now, Links()), now)
    await connection.execute(update(registration).where(registration.c.id.in_(numbers)).values(reminded_at=now))


async def thank(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """Thanks those who came, the day after; where nobody was checked in at all, those who were confirmed."""
    held = await hold(connection, job.subject)
    if held is None or held.state in ("draft", "cancelled"):
        return None
    after = _at(held, held.last_day) + timedelta(days=1)
    if now < after:
        return await jobs.schedule(connection, THANK, held.id, after)
    if now > after + STILL_FRESH:  # it was entered, or changed, long after
        return None
    confirmed = select(registration.c.id).where(
        registration.c.conference_id == held.id, registration.c.status == Status.CONFIRMED.value)
    came = registration.c.id.in_(select(attendee.c.registration_id).where(attendee.c.checked_in_at.is_not(None)))
    known = await connection.scalar(confirmed.where(came).limit(1)) is not None
    yet = or_(registration.c.reminded_at.is_(None), registration.c.reminded_at < after)
    thanked = list(await connection.scalars(confirmed.where(yet, came if known else true())))
    for number in thanked:
        await tell(connection, number, lambda found, _mine: words.thanks(found), now)
    await connection.execute(update(registration).where(registration.c.id.in_(thanked)).values(reminded_at=now))
    return None


def _at(held: Any, day: date) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(held.timezone))


HANDLERS: Mapping[str, Callable[[AsyncConnection, Job, Knowledge, datetime], Awaitable[None]]] = {
    OFFER: lapse, KEPT: keep_no_longer, QUEUE: move_up, REMIND: remind, THANK: thank,
}
