"""Conferences and registrations, read for a turn, a page or a letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import access_code, attendee, conference, conference_pair, conference_question, registration
from bot.store.schema import chat
from flows.conference.view import (
    COUNTING,
    GERMAN,
    SOUTH,
    TAKING,
    Access,
    Conference,
    PairOffer,
    Partner,
    Registration,
    State,
    Status,
)

from .rows import conference_of, registration_of

TAKES = registration.c.status.in_([status.value for status in TAKING])
COUNTS = registration.c.status.in_([status.value for status in COUNTING])
WAITS = registration.c.status == Status.WAITING.value


async def conferences(connection: AsyncConnection, where: ColumnElement[bool] | None = None) -> list[Conference]:
    """All conferences, drafts too, the earliest first."""
    query = select(conference).where(true() if where is None else where).order_by(conference.c.first_day, conference.c.id)
    rows = list(await connection.execute(query))
    numbers = [row.id for row in rows]
    questions, taken, waiting = await _questions(connection, numbers), await _taken(connection, numbers), await _people(
        connection, numbers, WAITS)
    return [conference_of(row, questions[row.id], taken.get(row.id, 0), waiting.get(row.id, 0)) for row in rows]


async def conference_numbered(connection: AsyncConnection, number: int) -> Conference | None:
    """One conference by its number."""
    return next(iter(await conferences(connection, conference.c.id == number)), None)


async def conference_named(connection: AsyncConnection, slug: str) -> Conference | None:
    """One conference by its name in links."""
    return next(iter(await conferences(connection, conference.c.slug == slug)), None)


async def announced(connection: AsyncConnection) -> tuple[Conference, ...]:
    """All conferences but drafts."""
    return tuple(await conferences(connection, conference.c.state != State.DRAFT.value))


async def conferences_for(connection: AsyncConnection, handle: str) -> tuple[Conference, ...]:
    """All that are announced, with the registration of the person behind a chat: the one that counts, else the newest."""
    person = select(chat.c.person_id).where(chat.c.handle == handle).scalar_subquery()
    mine: dict[int, Registration] = {}
    for one in await registrations(connection, registration.c.person_id == person):
        if one.conference not in mine or one.status.counts or not mine[one.conference].status.counts:
            mine[one.conference] = one
    return tuple(replace(one, mine=mine.get(one.id)) for one in await announced(connection))


async def registrations(connection: AsyncConnection, where: ColumnElement[bool]) -> list[Registration]:
    """Registrations with their people, partners and places in line, in the order in which they came."""
    rows = list(await connection.execute(_registrations().where(where).order_by(registration.c.queue, registration.c.id)))
    people = await attendees_of(connection, [row.id for row in rows])
    partners = await _partners(connection, rows)
    lines = await _lines(connection, {row.conference_id for row in rows if row.status == Status.WAITING.value})
    return [registration_of(row, people[row.id], lines.get(row.id, 0), partners.get(row.id)) for row in rows]


async def registration_numbered(connection: AsyncConnection, number: int) -> Registration | None:
    """One registration by its number."""
    return next(iter(await registrations(connection, registration.c.id == number)), None)


async def both_of(connection: AsyncConnection, held: Any, number: int) -> tuple[Conference, Registration]:
    """A registration that is known to be there, with its conference from its locked row; nobody is counted for that."""
    mine = await registration_numbered(connection, number)
    assert mine is not None, "it was kept in this transaction"
    return conference_of(held, (), 0, 0), mine


async def registration_coded(connection: AsyncConnection, code: str) -> Registration | None:
    """One registration by its confirmation code, without signs between its letters."""
    return next(iter(await registrations(connection, registration.c.code == code)), None)


async def registrations_of(connection: AsyncConnection, number: int) -> list[Registration]:
    """All registrations for a conference."""
    return await registrations(connection, registration.c.conference_id == number)


async def attendees_of(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, list[Any]]:
    """The people's rows by registration, who registered first."""
    found: dict[int, list[Any]] = defaultdict(list)
    query = select(attendee).where(attendee.c.registration_id.in_(numbers)).order_by(attendee.c.position)
    for row in await connection.execute(query):
        found[row.registration_id].append(row)
    return found


def _registrations() -> Select[Any]:
    return select(registration, conference_pair.c.held_until).outerjoin(
        conference_pair, conference_pair.c.id == registration.c.pair_id)


async def _questions(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    query = (select(conference_question).where(conference_question.c.conference_id.in_(numbers))
             .order_by(conference_question.c.position, conference_question.c.id))
    for row in await connection.execute(query):
        found[row.conference_id].append(row)
    return found


async def _taken(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, int]:
    """People with a place, and places kept for partners."""
    people = await _people(connection, numbers, TAKES)
    held = await connection.execute(
        select(conference_pair.c.conference_id, func.sum(conference_pair.c.held).label("held"))
        .where(conference_pair.c.conference_id.in_(numbers)).group_by(conference_pair.c.conference_id))
    for row in held:
        people[row.conference_id] = people.get(row.conference_id, 0) + row.held
    return people


async def _people(connection: AsyncConnection, numbers: Sequence[int], which: ColumnElement[bool]) -> dict[int, int]:
    rows = await connection.execute(
        select(registration.c.conference_id, func.sum(registration.c.people).label("people"))
        .where(registration.c.conference_id.in_(numbers), which).group_by(registration.c.conference_id))
    return {row.conference_id: row.people for row in rows}


async def _partners(connection: AsyncConnection, rows: Sequence[Any]) -> dict[int, Partner]:
    """The other side of each pair, by registration."""
    pairs = {row.pair_id for row in rows if row.pair_id is not None}
    if not pairs:
        return {}
    both = list(await connection.execute(
        select(registration).where(registration.c.pair_id.in_(pairs), COUNTS).order_by(registration.c.id)))
    shared = await _shared(connection, {row.conference_id for row in both})
    sides: dict[int, list[Any]] = defaultdict(list)
    for one in both:
        sides[one.pair_id].append(one)
    return {row.id: Partner(other.id, other.municipality, other.country, Status(other.status),
                            {key: value for key, value in other.answers.items() if key in shared[other.conference_id]})
            for row in rows if row.pair_id is not None for other in sides[row.pair_id] if row.id != other.id}


async def _shared(connection: AsyncConnection, numbers: Collection[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    query = select(conference_question).where(conference_question.c.conference_id.in_(numbers), conference_question.c.shared)
    for row in await connection.execute(query):
        found[row.conference_id].add(row.key)
    return found


async def _lines(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, int]:
    """The place of everybody who waits for these conferences; the two sides of a pair share one."""
    if not numbers:
        return {}
    place = func.dense_rank().over(partition_by=registration.c.conference_id, order_by=registration.c.queue).label("place")
    query = select(registration.c.id, place).where(registration.c.conference_id.in_(numbers), WAITS)
    return {row.id: row.place for row in await connection.execute(query)}


async def pair_behind(connection: AsyncConnection, key: str) -> PairOffer | None:
    """With whom one would come by a partner's code; None where it holds no longer or both sides are there."""
    query = (select(registration, conference.c.slug).join(conference_pair, conference_pair.c.id == registration.c.pair_id)
             .join(conference, conference.c.id == registration.c.conference_id).where(conference_pair.c.code_hash == key, COUNTS))
    rows = list(await connection.execute(query))
    if len(rows) != 1:
        return None
    first = rows[0]
    shared = (await _shared(connection, {first.conference_id}))[first.conference_id]
    answers = {key: value for key, value in first.answers.items() if key in shared}
    return PairOffer(key, first.slug, SOUTH if first.side == GERMAN else GERMAN, first.municipality, first.country, answers)


async def access_behind(connection: AsyncConnection, key: str) -> Access | None:
    """What an invited guest's code opens; None where it never held or is used up."""
    query = (select(access_code, conference.c.slug).join(conference, conference.c.id == access_code.c.conference_id)
             .where(access_code.c.code_hash == key, access_code.c.used < access_code.c.uses))
    row = (await connection.execute(query)).first()
    return Access(key, row.slug, row.side, row.country) if row else None
