"""Changing what was registered: the whole of it, or what one more person needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.chats import ChatRow
from bot.store.conference_tables import attendee, registration
from flows.conference import telling as words
from flows.conference.effects import Detail, Register
from flows.conference.view import Attendee, Status
from flows.notices import Links
from flows.replies import MENU, Reply, say

from .places import Party, hold_registration, room, seat, settle
from .reading import COUNTS, WAITS, both_of
from .rows import attendee_values
from .telling import tell_moved


async def add_people(connection: AsyncConnection, number: int, people: Sequence[Attendee], first: int = 1) -> None:
    """Keeps people of a registration, from a position on."""
    rows = [{**attendee_values(one), "registration_id": number, "position": position}
            for position, one in enumerate(people, start=first)]
    await connection.execute(insert(attendee), rows)


async def change(connection: AsyncConnection, row: ChatRow, held: Any, wanted: Register, now: datetime,
                 links: Links) -> Reply:
    """Changes one's own registration; more people than there is room for are not lost silently."""
    kept = (await connection.execute(select(registration).where(
        registration.c.id == wanted.own, registration.c.person_id == row.person, COUNTS))).first()
    if kept is None:
        return say(words.NOT_YOURS, choices=(MENU,))
    asked = len(wanted.attendees)
    people = asked if await _has_room(connection, held, kept, asked) else kept.people
    await connection.execute(update(registration).where(registration.c.id == kept.id).values(
        municipality=wanted.municipality, people=people, answers=dict(wanted.answers), changed_at=now))
    await _replace_people(connection, kept.id, wanted.attendees[:people])
    await tell_moved(connection, await (seat(connection, held, kept.id, now) if kept.status == Status.WAITING.value
                                        else settle(connection, held, now)), now)
    notes = [words.too_few_places(asked, people)] if people < asked else []
    found, mine = await both_of(connection, held, kept.id)
    return words.changed(found, mine, now, links, *notes)


async def _has_room(connection: AsyncConnection, held: Any, kept: Any, asked: int) -> bool:
    """Whether so many may come: who waits may always ask for more, who has a place only while nobody waits."""
    if asked <= kept.people or not Status(kept.status).takes_places:
        return True
    waits = await connection.scalar(select(registration.c.id).where(registration.c.conference_id == held.id, WAITS).limit(1))
    larger = Registered(kept.side, kept.country, asked)
    return waits is None and (await room(connection, held, without=kept.id)).fits(Party((larger,)))


@dataclass(frozen=True)
class Registered:
    """As much of a registration as places ask for."""

    side: str
    country: str
    people: int


async def _replace_people(connection: AsyncConnection, number: int, people: Sequence[Attendee]) -> None:
    for position, one in enumerate(people, start=1):
        done = await connection.execute(update(attendee).where(
            attendee.c.registration_id == number, attendee.c.position == position).values(attendee_values(one)))
        if not done.rowcount:
            await add_people(connection, number, [one], position)
    await connection.execute(delete(attendee).where(attendee.c.registration_id == number, attendee.c.position > len(people)))


async def detail(connection: AsyncConnection, row: ChatRow, wanted: Detail, now: datetime, links: Links) -> Reply:
    """Keeps what one more person needs."""
    mine = select(registration.c.id).where(
        registration.c.id == wanted.registration, registration.c.person_id == row.person, COUNTS)
    done = await connection.execute(update(attendee).where(
        attendee.c.registration_id.in_(mine), attendee.c.position == wanted.position).values(attendee_values(wanted.attendee)))
    if not done.rowcount:
        return say(words.NOT_YOURS, choices=(MENU,))
    held, _mine = await hold_registration(connection, wanted.registration)
    found, kept = await both_of(connection, held, wanted.registration)
    return words.changed(found, kept, now, links)
