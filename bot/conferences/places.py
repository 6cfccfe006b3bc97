"""Places, and the line of those who wait. Everything here runs with the conference's row locked, so no place goes twice.

Who came first is served first. A pair that waits is one: it moves up when there is room for both. What is too large for the
free places is not passed by smaller ones behind it, so that pairs do not wait for ever; only those who wait for a quota of
their side or country are passed by others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.conference_tables import conference, conference_pair, registration
from flows.conference.view import GERMAN, SOUTH, Status

from .reading import COUNTS, TAKES, WAITS

OFFER, KEPT = "conference-offer", "conference-kept"  # work for later: an offer, a place kept for a partner, run out
PARTNER_HAS = timedelta(days=7)  # to register, while a place is kept
AT_ONCE = 100  # of those who wait


@dataclass(frozen=True)
class Moved:
    """A registration that has left the line."""

    id: int
    status: Status


@dataclass(frozen=True)
class Party:
    """Who moves up together: those of one pair, or one registration; `wish` is a place for the partner who is still missing."""

    members: tuple[Any, ...]
    pair: int | None = None
    kept: int = 0
    wish: int = 0
    missing: str = ""  # the side for which the wish is

    @property
    def people(self) -> int:
        """New places that they need."""
        coming: int = sum(member.people for member in self.members)
        return max(0, coming - self.kept) + self.wish

    @property
    def sides(self) -> Counter[str]:
        needed = Counter({member.side: 0 for member in self.members})
        for member in self.members:
            needed[member.side] += member.people
        for side in list(needed) if self.kept else []:
            needed[side] = max(0, needed[side] - self.kept)
        if self.wish:
            needed[self.missing] += self.wish
        return needed

    @property
    def countries(self) -> Counter[str]:
        needed: Counter[str] = Counter()
        for member in self.members:
            needed[member.country] += member.people
        return needed


class Room:
    """What is free, as a whole and by quota."""

    def __init__(self, row: Any, sides: Counter[str], countries: Counter[str]) -> None:
        quotas = row.quotas
        self.free: int = row.places - sum(sides.values())
        self._sides = {side: quotas[side] - sides[side] for side in (GERMAN, SOUTH) if quotas.get(side) is not None}
        self._countries = {code: most - countries[code] for code, most in quotas.get("countries", {}).items()}

    def within_quotas(self, party: Party) -> bool:
        """Whether no limit of a side or country stands in the way."""
        return (all(left >= party.sides[side] for side, left in self._sides.items() if party.sides[side])
                and all(left >= party.countries[code] for code, left in self._countries.items() if party.countries[code]))

    def fits(self, party: Party) -> bool:
        """Whether there is room for all of them."""
        return party.people <= self.free and self.within_quotas(party)

    def give(self, party: Party) -> None:
        """Takes their places away."""
        self.free -= party.people
        for side in self._sides:
            self._sides[side] -= party.sides[side]
        for code in self._countries:
            self._countries[code] -= party.countries[code]


async def hold(connection: AsyncConnection, number: int) -> Any:
    """Locks a conference for this transaction and returns its row, None if it is gone."""
    return (await connection.execute(select(conference).where(conference.c.id == number).with_for_update())).first()


async def hold_registration(connection: AsyncConnection, number: int, person: int | None = None) -> tuple[Any, Any]:
    """Locks a registration's conference and returns the rows of both; of `person`'s own only, as far as it counts."""
    this = registration.c.id == number
    conference_number = await connection.scalar(select(registration.c.conference_id).where(this))
    held = await hold(connection, conference_number) if conference_number else None
    whose = true() if person is None else registration.c.person_id == person
    mine = (await connection.execute(select(registration).where(this, whose, COUNTS))).first() if held else None
    return held, mine


async def room(connection: AsyncConnection, row: Any, without: int = 0) -> Room:
    """What is free now, without what the registration `without` takes."""
    sides, countries = Counter[str](), Counter[str]()
    for used in await connection.execute(
            select(registration.c.side, registration.c.country, func.sum(registration.c.people).label("people"))
            .where(registration.c.conference_id == row.id, TAKES, registration.c.id != without)
            .group_by(registration.c.side, registration.c.country)):
        sides[used.side] += used.people
        countries[used.country] += used.people
    for kept in await connection.execute(
            select(registration.c.side, func.sum(conference_pair.c.held).label("people"))
            .join(conference_pair, conference_pair.c.id == registration.c.pair_id)
            .where(conference_pair.c.conference_id == row.id, conference_pair.c.held > 0, TAKES).group_by(registration.c.side)):
        sides[other_side(kept.side)] += kept.people
    return Room(row, sides, countries)


async def settle(connection: AsyncConnection, row: Any, now: datetime, present: int = 0) -> list[Moved]:
    """Gives free places to those who wait; `present` has its place at once, the others have some time to accept.

    `row` is the conference's, from `hold`.
    """
    zone = ZoneInfo(row.timezone)
    begins = datetime.combine(row.first_day, time(), zone)
    if row.state in ("draft", "cancelled") or now >= begins:
        return []
    left = await room(connection, row)
    moved: list[Moved] = []
    passed, until = 0, min(now + timedelta(hours=row.hold_hours), begins)
    while left.free > 0 and (line := await _line(connection, row.id, passed)):
        for party in line:
            if not left.within_quotas(party):
                passed = max(member.queue for member in party.members)
                continue
            if not left.fits(party):
                return moved
            left.give(party)
            moved.extend([await _move(connection, member, now, until, present) for member in party.members])
            await _keep(connection, party, now)
            passed = max(member.queue for member in party.members)
    return moved


async def seat(connection: AsyncConnection, row: Any, number: int, now: datetime) -> list[Moved]:
    """Gives a registration in line the places that are kept for it with its pair, else what is free when its turn comes."""
    mine = (await connection.execute(select(registration).where(registration.c.id == number, WAITS))).first()
    if mine is None:
        return []
    if mine.pair_id is not None:
        held, sides = (await _pairs(connection, {mine.pair_id})).get(mine.pair_id, (0, 0))
        party = Party((mine,), mine.pair_id, held if sides > 1 else 0)
        if held and not party.people and (await room(connection, row)).within_quotas(party):
            await _keep(connection, party, now)
            return [await _move(connection, mine, now, now, number)]
    return await settle(connection, row, now, number)


async def _line(connection: AsyncConnection, number: int, after: int) -> list[Party]:
    """The next of those who wait, pairs as one."""
    waits = registration.c.conference_id == number, WAITS, registration.c.queue > after
    ahead = select(registration.c.queue).where(*waits).distinct().order_by(registration.c.queue).limit(AT_ONCE)
    rows = list(await connection.execute(select(registration).where(*waits, registration.c.queue.in_(ahead))
                                         .order_by(registration.c.queue, registration.c.id)))
    pairs = await _pairs(connection, {row.pair_id for row in rows if row.pair_id is not None})
    return list(_parties(rows, pairs))


def _parties(rows: Sequence[Any], pairs: dict[int, tuple[int, int]]) -> Iterator[Party]:
    seen: set[int] = set()
    for row in rows:
        if row.pair_id is None:
            yield Party((row,))
        elif row.pair_id not in seen:
            seen.add(row.pair_id)
            held, sides = pairs[row.pair_id]
            members = tuple(other for other in rows if other.pair_id == row.pair_id)
            yield Party(members, row.pair_id, held if sides > 1 else 0, 1 if sides < 2 else 0, other_side(row.side))


async def _pairs(connection: AsyncConnection, numbers: set[int]) -> dict[int, tuple[int, int]]:
    """Of each pair, how many places are kept and how many sides have registered."""
    if not numbers:
        return {}
    query = (select(conference_pair.c.id, conference_pair.c.held, func.count().label("sides"))
             .join(registration, registration.c.pair_id == conference_pair.c.id)
             .where(conference_pair.c.id.in_(numbers), COUNTS).group_by(conference_pair.c.id, conference_pair.c.held))
    return {row.id: (row.held, row.sides) for row in await connection.execute(query)}


async def _move(connection: AsyncConnection, member: Any, now: datetime, until: datetime, present: int) -> Moved:
    here = member.id == present
    status = Status.CONFIRMED if here else Status.OFFERED
    await connection.execute(update(registration).where(registration.c.id == member.id).values(
        status=status.value, offered_until=None if here else until, changed_at=now))
    if not here:
        await jobs.cancel(connection, OFFER, member.id)
        await jobs.schedule(connection, OFFER, member.id, until)
    return Moved(member.id, status)


async def _keep(connection: AsyncConnection, party: Party, now: datetime) -> None:
    """Keeps a place for the partner who is missing; once both sides are there, none is kept any more."""
    if party.pair is None:
        return
    until = now + PARTNER_HAS if party.wish else None
    await connection.execute(update(conference_pair).where(conference_pair.c.id == party.pair).values(
        held=party.wish, held_until=until))
    await jobs.cancel(connection, KEPT, party.pair)
    if until is not None:
        await jobs.schedule(connection, KEPT, party.pair, until)


async def keep_for_partner(connection: AsyncConnection, row: Any, mine: Any, pair: int, now: datetime) -> None:
    """Keeps a place for the partner of somebody who has one, unless others wait for it."""
    waits = await connection.scalar(select(registration.c.id).where(registration.c.conference_id == row.id, WAITS).limit(1))
    missing = Party((), pair, wish=1, missing=other_side(mine.side))
    if waits is None and (await room(connection, row)).fits(missing):
        await _keep(connection, missing, now)


async def next_in_line(connection: AsyncConnection, number: int) -> int:
    """The queue number of a registration that comes now."""
    last = await connection.scalar(select(func.max(registration.c.queue)).where(registration.c.conference_id == number))
    return int(last or 0) + 1


def other_side(side: str) -> str:
    """The partner's side."""
    return SOUTH if side == GERMAN else GERMAN
