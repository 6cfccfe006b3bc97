"""Who comes, as tables to take away: a row for each person, for each pair, and what kitchen and interpreters have to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.exports import Cell, Sheet
from flows.codes import shown_code
from flows.conference.own import answer_label
from flows.conference.people import diet_label
from flows.conference.view import GERMAN, Attendee, Conference, Registration, Status
from locales import Country, Text, Value, words

from .reading import conferences, registrations

ENGLISH = words("en")
REGISTRATION = ("conference", "code", "status", "place_in_line", "side", "municipality", "country", "partner", "language",
                "registered_at")
PERSON = ("names", "role", "email", "phone", "languages", "interpretation", "diet", "accessibility", "travel", "letter_for",
          "arrives", "leaves", "arrived_at")


async def all_registrations(connection: AsyncConnection) -> Sheet:
    """Everybody of every conference, also those who wait or have withdrawn."""
    return participants(await conferences(connection), await registrations(connection, true()))


def participants(known: Sequence[Conference], rows: Sequence[Registration]) -> Sheet:
    """A row for each person; the answers to a conference's own questions stand in columns of their own."""
    by_number = {one.id: one for one in known}
    keys = tuple(dict.fromkeys(question.key for one in known for question in one.questions))
    lines = [(*_of(row, by_number[row.conference]), *_person(guest), *_answers(row, by_number[row.conference], keys))
             for row in rows for guest in row.attendees]
    return Sheet("participants", (*REGISTRATION, *PERSON, *keys), lines)


def pairs(rows: Sequence[Registration]) -> Sheet:
    """A row for each pair of which at least one side has registered."""
    paired = [row for row in rows if row.paired and row.status.counts]
    german = {row.id for row in paired if row.side == GERMAN}
    told = [row for row in paired if row.side == GERMAN or row.partner is None or row.partner.id not in german]
    columns = ("german", "german_people", "german_status", "german_code", "south", "country", "south_people", "south_status",
               "south_code")
    by_number = {row.id: row for row in paired}
    return Sheet("pairs", columns, [_pair(row, by_number) for row in told])


def needs(rows: Sequence[Registration]) -> Sheet:
    """How many of those who have a place eat what, need which interpretation, and speak which language."""
    guests = [guest for row in rows if row.status is Status.CONFIRMED for guest in row.attendees]
    counted: list[tuple[str, Counter[str]]] = [
        ("diet", Counter(_english(diet_label(guest.diet)) or "-" for guest in guests)),
        ("interpretation", Counter(guest.interpretation or "-" for guest in guests)),
        ("language", Counter(code for guest in guests for code in guest.languages)),
        ("accessibility", Counter("yes" if guest.accessibility else "-" for guest in guests)),
        ("letter", Counter("yes" if guest.visa else "-" for guest in guests)),
    ]
    lines = [(kind, value, count) for kind, found in counted for value, count in sorted(found.items(), key=_by_count)]
    return Sheet("needs", ("what", "value", "people"), lines)


def _of(row: Registration, conference: Conference) -> tuple[Cell, ...]:
    partner = row.partner.municipality if row.partner else ""
    return (conference.slug, shown_code(row.code), row.status.value, row.place, row.side, row.municipality,
            _english(Country(row.country)), partner, row.language, row.created_at)


def _person(guest: Attendee) -> tuple[Cell, ...]:
    visa = guest.visa
    days = (visa.arrives.isoformat() if visa and visa.arrives else "", visa.leaves.isoformat() if visa and visa.leaves else "")
    return (guest.names, guest.role, guest.email, guest.phone, " ".join(guest.languages), guest.interpretation,
            _english(diet_label(guest.diet)), guest.accessibility, guest.travel, visa.name if visa else "", *days,
            guest.checked_in_at)


def _answers(row: Registration, conference: Conference, keys: Sequence[str]) -> tuple[Cell, ...]:
    own = {question.key: question for question in conference.questions}
    return tuple(_english(answer_label(own[key], row.answers.get(key, ""))) if key in own else "" for key in keys)


def _pair(row: Registration, by_number: dict[int, Registration]) -> tuple[Cell, ...]:
    other = by_number.get(row.partner.id) if row.partner else None
    german, south = (row, other) if row.side == GERMAN else (other, row)
    return (*_side(german), *(_side(south)[:1]), _english(Country(south.country)) if south else "", *_side(south)[1:])


def _side(row: Registration | None) -> tuple[Cell, ...]:
    return (row.municipality, row.people, row.status.value, shown_code(row.code)) if row else ("", 0, "", "")


def _english(value: Value) -> str:
    return ENGLISH.render(value) if isinstance(value, Text) else ENGLISH.value(value)


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]
