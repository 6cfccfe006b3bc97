"""What the overview shows in numbers, read from counters in a fixed number of queries however much has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_member
from bot.store.conference_tables import conference, registration
from bot.store.counts import sums
from bot.store.editing_tables import daily_count
from bot.store.schema import added_article, enquiry, miss

WEEKS = 8
OLDEST = 5
AGES = (1, 3, 7)  # days: waiting less than one, one to three, three to seven, longer


@dataclass(frozen=True)
class Waiting:
    """Open enquiries by age (see AGES), and those that wait the longest."""

    ages: tuple[int, ...]
    oldest: Sequence[Row[tuple[object, ...]]]

    @property
    def total(self) -> int:
        return sum(self.ages)


@dataclass(frozen=True)
class Week:
    """One week from Monday; questions by how they ended."""

    start: date
    messages: int = 0
    chats: int = 0
    answered: int = 0
    unsure: int = 0
    unknown: int = 0

    @property
    def questions(self) -> int:
        return self.answered + self.unsure + self.unknown

    @property
    def unanswered(self) -> float | None:
        """The share of questions that were not answered, None without questions."""
        return self.unknown / self.questions if self.questions else None


@dataclass(frozen=True)
class Share:
    """A row of a ranking, with the number of as many days before."""

    key: str
    number: int
    before: int = 0


@dataclass(frozen=True)
class Step:
    """A question of a dialogue: how often it was put, and answered."""

    key: str
    words: str
    put: int
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.put - self.taken)


@dataclass(frozen=True)
class Dialogue:
    """A flow: how often it was begun and finished, by language too, and its steps, the most often put first."""

    flow: str
    begun: int
    finished: int
    steps: tuple[Step, ...]
    languages: tuple[tuple[str, int, int], ...]


async def waiting(connection: AsyncConnection, now: datetime) -> Waiting:
    """The enquiries that nobody has answered yet."""
    of_age = [case((enquiry.c.opened_at > now - timedelta(days=days), 1), else_=0) for days in AGES]
    row = (await connection.execute(select(func.count(), *map(func.sum, of_age)).where(enquiry.c.status == "open"))).one()
    total, *younger = (int(number or 0) for number in row)
    ages = [later - earlier for earlier, later in zip((0, *younger), (*younger, total), strict=True)]
    oldest = await connection.execute(
        select(enquiry).where(enquiry.c.status == "open").order_by(enquiry.c.opened_at, enquiry.c.id).limit(OLDEST))
    return Waiting(tuple(ages), oldest.all())


async def unsettled(connection: AsyncConnection) -> int:
    """How many questions asked in vain nobody has looked at."""
    return await connection.scalar(select(func.count()).where(miss.c.settled_at.is_(None))) or 0


async def in_review(connection: AsyncConnection) -> int:
    """How many answers wait for a second person."""
    waits = added_article.c.removed_at.is_(None), added_article.c.state == "review"
    return await connection.scalar(select(func.count()).where(*waits)) or 0


async def open_cases(connection: AsyncConnection) -> int:
    """How many checklists somebody works on."""
    query = select(func.count(case_member.c.partnership_id.distinct())).where(case_member.c.left_at.is_(None))
    return await connection.scalar(query) or 0


async def registrations(connection: AsyncConnection, today: date) -> dict[str, int]:
    """People registered for conferences that are not over, by the status of their registration."""
    ahead = select(conference.c.id).where(conference.c.last_day >= today, conference.c.state.in_(("open", "closed")))
    query = (select(registration.c.status, func.sum(registration.c.people)).where(registration.c.conference_id.in_(ahead))
             .group_by(registration.c.status))
    return {status: int(number) for status, number in await connection.execute(query)}


async def weeks(connection: AsyncConnection, today: date, language: str) -> list[Week]:
    """This week and those before it, the oldest first."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    kinds = daily_count.c.kind.in_(("message", "chat", "outcome"))
    found = await sums(connection, ("day", "kind", "key"), starts[0], kinds, *_spoken(language))
    numbers: dict[date, dict[str, int]] = {start: {} for start in starts}
    for (day, kind, key), number in found.items():
        week = numbers[day - timedelta(days=day.weekday())]
        name = key if kind == "outcome" else f"{kind}s"
        week[name] = week.get(name, 0) + number
    return [Week(start, **counted) for start, counted in numbers.items()]


async def ranking(connection: AsyncConnection, kind: str, by: str, today: date, days: int, language: str) -> list[Share]:
    """What there was most of in the last days, each with the number of the days before those."""
    start, conditions = today - timedelta(days=days - 1), (daily_count.c.kind == kind, *_spoken(language))
    now = await sums(connection, (by,), start, *conditions)
    before = await sums(connection, (by,), start - timedelta(days=days), daily_count.c.day < start, *conditions)
    shares = [Share(key, number, before.get((key,), 0)) for (key,), number in now.items()]
    return sorted(shares, key=lambda share: (-share.number, share.key))


async def outcomes(connection: AsyncConnection, today: date, days: int) -> dict[str, tuple[int, int]]:
    """Questions by language, and how many of them were not answered."""
    found = await sums(connection, ("language", "key"), today - timedelta(days=days - 1), daily_count.c.kind == "outcome")
    totals: dict[str, tuple[int, int]] = {}
    for (language, outcome), number in found.items():
        asked, unknown = totals.get(language, (0, 0))
        totals[language] = (asked + number, unknown + number * (outcome == "unknown"))
    return totals


async def dialogues(connection: AsyncConnection, today: date, days: int, language: str) -> list[Dialogue]:
    """Where dialogues are left, the most often begun first."""
    start, kinds = today - timedelta(days=days - 1), daily_count.c.kind
    steps = await sums(connection, ("kind", "key", "words"), start, kinds.in_(("put", "taken")), *_spoken(language))
    ends = await sums(connection, ("kind", "key", "language"), start, kinds.in_(("begun", "finished")), *_spoken(language))
    flows = {key for (_kind, key, _language) in ends}
    found = [_dialogue(flow, steps, ends) for flow in flows]
    return sorted(found, key=lambda dialogue: (-dialogue.begun, dialogue.flow))


Sums = Mapping[tuple[Any, ...], int]


def _dialogue(flow: str, steps: Sums, ends: Sums) -> Dialogue:
    own = {key: number for key, number in steps.items() if key[1].startswith(f"{flow}.")}
    words = {key: text for (_kind, key, text) in own if text}
    found = [Step(key, words.get(key, ""), _sum(own, "put", key), _sum(own, "taken", key)) for key in {key[1] for key in own}]
    spoken = sorted({language for (_kind, key, language) in ends if key == flow})
    by_language = tuple((code, ends.get(("begun", flow, code), 0), ends.get(("finished", flow, code), 0)) for code in spoken)
    begun, finished = sum(row[1] for row in by_language), sum(row[2] for row in by_language)
    ordered = sorted(found, key=lambda step: (-step.put, step.key))
    return Dialogue(flow, begun, finished, tuple(step for step in ordered if step.put > 0), by_language)


def _sum(numbers: Sums, kind: str, key: str) -> int:
    return sum(number for (its_kind, its_key, _words), number in numbers.items() if (its_kind, its_key) == (kind, key))


def _spoken(language: str) -> tuple[ColumnElement[bool], ...]:
    return (daily_count.c.language == language,) if language else ()
