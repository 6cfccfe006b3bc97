"""What is held on a person for conferences, in words for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import (
    conference,
    conference_file,
    conference_interest,
    registration,
    registration_note,
)
from flows.codes import shown_code
from flows.conference.view import Attendee, Registration
from flows.known import Holding
from locales import _

from .reading import registrations

KEPT_REGISTRATION = _("until you delete it, or 180 days after the conference; what you need there, 7 days after it.")
KEPT_INTEREST = _("until you leave these announcements, or delete it.")


async def held_for_conferences(connection: AsyncConnection, person: int, chat: int) -> list[Holding]:
    """The registrations with everybody in them, and the regions whose next conference one wants to hear of."""
    found = []
    mine = await registrations(connection, registration.c.person_id == person)
    if mine:
        names = {row.id: row.slug for row in await connection.execute(select(conference.c.id, conference.c.slug))}
        values = tuple(line for one in mine for line in _lines(one, names[one.conference]))
        found.append(Holding(_("Your registrations for conferences"), _("To expect you there, and to reach you."),
                             KEPT_REGISTRATION, (*values, *await _beside(connection, [one.id for one in mine]))))
    rows = await connection.execute(select(conference_interest).where(conference_interest.c.chat_id == chat)
                                    .order_by(conference_interest.c.id))
    wanted = tuple(" ".join(filter(None, (row.region, row.country, row.side, f"({row.since:%Y-%m-%d})"))) for row in rows)
    if wanted:
        found.append(Holding(_("Conferences you want to hear of"), _("To tell you when the next one is announced."),
                             KEPT_INTEREST, wanted))
    return found


async def _beside(connection: AsyncConnection, numbers: Sequence[int]) -> tuple[str, ...]:
    """The names of files that were handed in, and what the team has noted."""
    files = await connection.scalars(
        select(conference_file.c.name).where(conference_file.c.registration_id.in_(numbers)).order_by(conference_file.c.id))
    notes = await connection.scalars(
        select(registration_note.c.text).where(registration_note.c.registration_id.in_(numbers)).order_by(registration_note.c.id))
    return (*files, *notes)


def _lines(one: Registration, name: str) -> Iterator[str]:
    yield f"{name}: {shown_code(one.code)}, {one.municipality} ({one.country}), {one.status.value}, {one.created_at:%Y-%m-%d}"
    yield from (f"{key}: {value}" for key, value in one.answers.items())
    yield from map(_person, one.attendees)


def _person(one: Attendee) -> str:
    visa = one.visa
    travel = (visa.name, str(visa.arrives or ""), str(visa.leaves or "")) if visa else ()
    parts = (one.names, one.role, one.email, one.phone, " ".join(one.languages), one.interpretation, one.diet, one.accessibility,
             one.travel, *travel)
    return ", ".join(filter(None, parts))
