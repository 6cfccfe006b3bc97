"""All checklists as a table to take away: a row for each part, so that it can be filtered and counted in any program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import partnership
from bot.store.exports import Cell, Sheet
from flows.case.view import Case
from knowledge import Knowledge
from knowledge.checklist import Side
from locales import Country, words

from .reading import cases_numbered

COLUMNS = ("case", "south", "country", "german", "land", "point", "side", "status", "due", "responsible", "points_done", "points")


async def all_checklists(connection: AsyncConnection) -> Sheet:
    """Every part of every case, in English, without anything that people wrote in notes."""
    knowledge, now = Knowledge(), datetime.now(UTC)
    numbers = (await connection.scalars(select(partnership.c.id).order_by(partnership.c.id))).all()
    return checklists(await cases_numbered(connection, numbers, knowledge.checklist, now), knowledge, now)


def checklists(cases: Iterable[Case], knowledge: Knowledge, now: datetime) -> Sheet:
    """Every part of these cases."""
    return Sheet("checklists", COLUMNS, [row for case in cases for row in _rows(case, knowledge, now)])


def _rows(case: Case, knowledge: Knowledge, now: datetime) -> list[tuple[Cell, ...]]:
    english = words("en")
    progress = case.progress(knowledge.dac, now.date())
    south, german = (case.municipalities[side] for side in Side)
    pair = (case.id, south.name, english.value(Country(south.country)), german.name, german.land.upper())
    rows: list[tuple[Cell, ...]] = []
    for item in case.checklist.items:
        for side in item.owner.sides:
            part = case.part(item.id, side)
            person = case.member(part.responsible)
            due = part.due.isoformat() if part.due else ""
            rows.append((*pair, english.value(item.title), side.value, part.status.value, due, person.name if person else "",
                         progress.done, progress.total))
    return rows
