"""Accepting an offered place, withdrawing, letting an offer lapse; whoever comes next in line hears of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.chats import ChatRow
from bot.store.conference_tables import attendee, conference_file, registration
from bot.store.jobs import Job
from flows.conference import telling as words
from flows.conference.effects import Accept, Withdraw
from flows.conference.view import Status
from flows.notices import Links
from flows.replies import MENU, Reply, say
from knowledge import Knowledge

from .pairing import drop_pair
from .places import OFFER, hold_registration, settle
from .reading import COUNTS, both_of
from .telling import partner_of, tell, tell_moved

NOTHING = {"phone": "", "languages": "", "interpretation": "", "diet": "", "accessibility": "", "travel": "", "visa_name": "",
           "visa_from": None, "visa_until": None}


async def accept(connection: AsyncConnection, row: ChatRow, wanted: Accept, now: datetime, links: Links) -> Reply:
    """Takes the offered place."""
    held, _mine = await hold_registration(connection, wanted.registration, row.person)
    done = await connection.execute(
        update(registration).where(registration.c.id == wanted.registration, registration.c.person_id == row.person,
                                   registration.c.status == Status.OFFERED.value)
        .values(status=Status.CONFIRMED.value, offered_until=None, changed_at=now))
    if held is None or not done.rowcount:
        return say(words.NOT_YOURS, choices=(MENU,))
    await jobs.cancel(connection, OFFER, wanted.registration)
    found, kept = await both_of(connection, held, wanted.registration)
    return words.registered(found, kept, now, links)


async def withdraw(connection: AsyncConnection, row: ChatRow, wanted: Withdraw, now: datetime) -> Reply:
    """Gives one's own registration up."""
    held, mine = await hold_registration(connection, wanted.registration, row.person)
    if mine is None:
        return say(words.NOT_YOURS, choices=(MENU,))
    found, _kept = await both_of(connection, held, mine.id)
    await end(connection, held, mine, Status.WITHDRAWN, now)
    return words.withdrawn(found)


async def end(connection: AsyncConnection, held: Any, mine: Any, status: Status, now: datetime) -> None:
    """Ends a registration: what its people need is deleted, the partner is told, the next in line moves up."""
    partner = await partner_of(connection, mine.id)
    await jobs.cancel(connection, OFFER, mine.id)
    await connection.execute(update(registration).where(registration.c.id == mine.id).values(
        status=status.value, offered_until=None, answers={}, changed_at=now))
    await connection.execute(update(attendee).where(attendee.c.registration_id == mine.id).values(NOTHING))
    await connection.execute(delete(conference_file).where(conference_file.c.registration_id == mine.id))
    if mine.pair_id is not None:
        await drop_pair(connection, mine.pair_id)
    if partner is not None:
        await tell(connection, partner, lambda found, _mine: words.partner_withdrew(found, mine.municipality), now)
    await tell_moved(connection, await settle(connection, held, now), now)


async def end_all(connection: AsyncConnection, person: int, now: datetime) -> None:
    """Ends what somebody is registered for before they are erased, so that their places are not lost."""
    query = select(registration.c.id).where(registration.c.person_id == person, COUNTS).order_by(registration.c.conference_id)
    for number in list(await connection.scalars(query)):
        held, mine = await hold_registration(connection, number, person)
        if mine is not None:
            await end(connection, held, mine, Status.WITHDRAWN, now)


async def lapse(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """An offer that was not accepted in time goes to the next in line."""
    held, mine = await hold_registration(connection, job.subject)
    if mine is None or mine.status != Status.OFFERED.value or mine.offered_until > now:
        return
    await end(connection, held, mine, Status.LAPSED, now)
    await tell(connection, job.subject, lambda found, _mine: words.lapsed(found), now)
