"""Cases as a turn sees them, read for one person or for the desk: a handful of statements, however many cases there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_event, case_member, case_note, case_part, invitation, municipality, partnership
from bot.store.schema import chat
from flows.case.view import Case, Event, Invitation, Member, Municipality, Note
from knowledge.checklist import Call, Checklist, Part, Side, Status
from locales import shipped

from .calls import calls_by_number
from .documents import names_waiting, papers_of

MOST_EVENTS = 50


async def cases_of(connection: AsyncConnection, handle: str, base: Checklist, now: datetime) -> tuple[Case, ...]:
    """The cases that the person behind a chat works on, the oldest first."""
    query = (select(case_member, chat.c.language).join(chat, chat.c.person_id == case_member.c.person_id)
             .where(chat.c.handle == handle, case_member.c.left_at.is_(None)).order_by(case_member.c.partnership_id))
    mine = {row.partnership_id: _member(row) for row in await connection.execute(query)}
    cases = await _cases(connection, mine, base, now)
    waiting = await names_waiting(connection, handle) if cases else ()
    return tuple(replace(case, waiting=waiting) for case in cases)


async def case_numbered(connection: AsyncConnection, number: int, base: Checklist, now: datetime,
                        me: Member | None = None) -> Case | None:
    """One case, seen by a member, or from outside by the team."""
    found = await _cases(connection, {number: me or Member(0, Side.GERMAN, "")}, base, now)
    return found[0] if found else None


async def cases_numbered(connection: AsyncConnection, numbers: Iterable[int], base: Checklist,
                         now: datetime) -> tuple[Case, ...]:
    """Some cases, seen from outside."""
    return await _cases(connection, {number: Member(0, Side.GERMAN, "") for number in numbers}, base, now)


async def invitation_behind(connection: AsyncConnection, key: str, now: datetime) -> Invitation | None:
    """What a code leads to, by its key; None where it never held, was used or taken back, or has run out."""
    query = select(invitation).where(
        invitation.c.code_hash == key, invitation.c.used_at.is_(None), invitation.c.revoked_at.is_(None),
        invitation.c.expires_at > now)
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    pair = (await _municipalities(connection, [row.partnership_id]))[row.partnership_id]
    side = Side(row.side)
    joined = await connection.scalar(select(case_member.c.id).where(
        case_member.c.partnership_id == row.partnership_id, case_member.c.side == row.side).limit(1))
    title = " – ".join(pair[each].name for each in Side)
    return Invitation(key, title, side, pair[side], joined is not None)


async def _cases(connection: AsyncConnection, mine: dict[int, Member], base: Checklist, now: datetime) -> tuple[Case, ...]:
    if not mine:
        return ()
    numbers = sorted(mine)
    rows = list(await connection.execute(select(partnership).where(partnership.c.id.in_(numbers)).order_by(partnership.c.id)))
    pairs = await _municipalities(connection, numbers)
    members = await _members(connection, numbers)
    parts, notes = await _rows(connection, case_part, numbers), await _rows(connection, case_note, numbers)
    events, invited = await _events(connection, numbers), await _invited(connection, numbers, now)
    papers = await papers_of(connection, numbers)
    calls = await calls_by_number(connection, {row.call_id for row in rows if row.call_id})
    return tuple(replace(_case(row, mine[row.id], pairs[row.id], members[row.id], parts[row.id], notes[row.id], events[row.id],
                               invited[row.id], calls.get(row.call_id or 0), base), papers=tuple(papers[row.id])) for row in rows)


def _case(row: Any, me: Member, pair: dict[Side, Municipality], members: Sequence[Any], parts: Sequence[Any],
          notes: Sequence[Any], events: Sequence[Event], invited: frozenset[Side], call: Call | None, base: Checklist) -> Case:
    people = tuple(map(_member, members))
    return Case(
        row.id, me, pair, people, call.over(base) if call else base,
        {(part.item, Side(part.side)): _part(part) for part in parts}, call,
        tuple(_note(note, people) for note in notes), tuple(events), invited, row.team_asked_at is not None)


def _member(row: Any) -> Member:
    return Member(row.id, Side(row.side), row.name, row.left_at is not None, row.paused, shipped(row.language) or "en")


def _part(row: Any) -> Part:
    return Part(row.item, Side(row.side), Status(row.status), row.due, row.responsible, row.revision)


def _note(row: Any, people: tuple[Member, ...]) -> Note:
    author = next((member for member in people if member.id == row.member_id), None)
    return Note(row.item, author.name if author else "", author.side if author else None, row.text, row.at.date())


async def _municipalities(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, dict[Side, Municipality]]:
    found: dict[int, dict[Side, Municipality]] = defaultdict(dict)
    for row in await connection.execute(select(municipality).where(municipality.c.partnership_id.in_(numbers))):
        found[row.partnership_id][Side(row.side)] = Municipality(Side(row.side), row.name, row.country, row.land)
    return found


async def _members(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, list[Any]]:
    query = (select(case_member, chat.c.language).join(chat, chat.c.id == case_member.c.chat_id)
             .where(case_member.c.partnership_id.in_(numbers)).order_by(case_member.c.id))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in await connection.execute(query):
        found[row.partnership_id].append(row)
    return found


async def _rows(connection: AsyncConnection, table: Any, numbers: Collection[int]) -> dict[int, list[Any]]:
    order = (table.c.id,) if "id" in table.c else (table.c.item,)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in await connection.execute(select(table).where(table.c.partnership_id.in_(numbers)).order_by(*order)):
        found[row.partnership_id].append(row)
    return found


async def _events(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, list[Event]]:
    """The newest events of each case, oldest first."""
    rank = func.row_number().over(partition_by=case_event.c.partnership_id, order_by=case_event.c.id.desc()).label("rank")
    ranked = select(case_event, rank).where(case_event.c.partnership_id.in_(numbers)).subquery()
    found: dict[int, list[Event]] = defaultdict(list)
    for row in await connection.execute(select(ranked).where(ranked.c.rank <= MOST_EVENTS).order_by(ranked.c.id)):
        found[row.partnership_id].append(event_of(row))
    return found


def event_of(row: Any) -> Event:
    """An event from its row."""
    return Event(row.id, row.kind, row.item, Side(row.side) if row.side else None, row.member_id, row.value, row.at)


async def _invited(connection: AsyncConnection, numbers: Sequence[int], now: datetime) -> dict[int, frozenset[Side]]:
    query = select(invitation.c.partnership_id, invitation.c.side).where(
        invitation.c.partnership_id.in_(numbers), invitation.c.used_at.is_(None), invitation.c.revoked_at.is_(None),
        invitation.c.expires_at > now)
    found: dict[int, frozenset[Side]] = defaultdict(frozenset)
    for row in await connection.execute(query):
        found[row.partnership_id] |= {Side(row.side)}
    return found
