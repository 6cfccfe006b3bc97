"""Cases found and sorted by the database: the rules of `knowledge.checklist.progress` as conditions, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_member, case_part, municipality, partnership
from bot.store.inbox_tables import folded
from knowledge.checklist import Call, Checklist, Side, Status
from knowledge.checklist.items import Item
from knowledge.dac import DacList

from .calls import calls_by_number

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Places:
    """The names of countries and Länder, by their code, as somebody searches for them."""

    countries: Mapping[str, str]
    lands: Mapping[str, str]


@dataclass(frozen=True)
class Rules:
    """What holds on a day: each call that cases follow (None: the shipped list alone) with its list, and their countries."""

    lists: tuple[tuple[Call | None, Checklist], ...]
    countries: frozenset[str]
    dac: DacList
    today: date

    @classmethod
    async def now(cls, connection: AsyncConnection, base: Checklist, dac: DacList, today: date) -> Rules:
        """The rules as they stand."""
        used = await connection.scalars(select(partnership.c.call_id).distinct().where(partnership.c.call_id.is_not(None)))
        calls = await calls_by_number(connection, used.all())
        countries = await connection.scalars(select(municipality.c.country).distinct())
        return cls(((None, base), *((call, call.over(base)) for call in calls.values())), frozenset(countries.all()), dac, today)

    def state(self, name: str) -> Condition:
        """Whether a case is in one of the states that the list can be filtered by."""
        match name:
            case "help":
                helpless = case_part.c.status == Status.NEEDS_HELP.value
                return partnership.c.id.in_(select(case_part.c.partnership_id).where(helpless))
            case "team":
                return partnership.c.team_asked_at.is_not(None)
            case "alone":
                return not_(BOTH)
            case "ready":
                return and_(self._complete(), not_(self._submitted()))
            case "submitted":
                return self._submitted()
            case "working":
                return not_(or_(self._complete(), self._submitted()))
            case _:
                return true()

    def done(self) -> ColumnElement[int]:
        """How many points of a case are done."""
        return case(*((_follows(call), self._done(call, checklist)) for call, checklist in self.lists), else_=0)

    def _done(self, call: Call | None, checklist: Checklist) -> ColumnElement[int]:
        """Of a point of both sides, two parts less one for the point; so it counts once both are done."""
        both = [item.id for item in checklist.items if len(item.owner.sides) > 1]
        points = (select(func.count() - func.count(case((case_part.c.item.in_(both), case_part.c.item)).distinct()))
                  .where(case_part.c.partnership_id == partnership.c.id, *_done_parts(checklist.items)).scalar_subquery())
        return sum((case((check, 1), else_=0) for check in self._checks(call, checklist)), points)

    def _complete(self) -> Condition:
        """Every part before the submission is done, every check holds, and it is not late."""
        complete = (and_(_follows(call), _all_done(checklist.items[:-1]), *self._checks(call, checklist))
                    for call, checklist in self.lists if not (call and call.deadline and self.today > call.deadline))
        return or_(false(), *complete)

    def _submitted(self) -> Condition:
        _none, shipped = self.lists[0]
        return _all_done(shipped.items[-1:])  # which no call changes

    def _checks(self, call: Call | None, checklist: Checklist) -> Iterator[Condition]:
        """What the assistant finds out by itself, as `flows.case.view.Case.checks`."""
        holds = {
            "dac": _from_one_of(country for country in self.countries if self.dac.lists(country, self.today)),
            "both-sides": BOTH,
            "call-region": _from_one_of(country for country in self.countries if call is None or call.admits(country, self.dac)),
        }
        return (holds[item.check] for item in checklist.items if item.check)


def said(text: str, places: Places) -> list[Condition]:
    """Whether each word is found in a municipality, its Land or its country."""
    return [partnership.c.id.in_(select(municipality.c.partnership_id).where(or_(
        municipality.c.searched.contains(word, autoescape=True), municipality.c.country.in_(_holding(word, places.countries)),
        municipality.c.land.in_(_holding(word, places.lands))))) for word in folded(text.replace(",", " ")).split()]


def _holding(word: str, names: Mapping[str, str]) -> list[str]:
    return [code for code, name in names.items() if word in folded(name)]


def _on_side(side: Side) -> Condition:
    here = case_member.c.left_at.is_(None), case_member.c.side == side.value
    return partnership.c.id.in_(select(case_member.c.partnership_id).where(*here))


def _name(side: Side) -> ColumnElement[Any]:
    its = municipality.c.partnership_id == partnership.c.id, municipality.c.side == side.value
    return select(municipality.c.searched).where(*its).scalar_subquery()


BOTH = and_(*map(_on_side, Side))
TITLE: ColumnElement[str] = _name(Side.SOUTH) + literal(" – ") + _name(Side.GERMAN)


def _follows(call: Call | None) -> Condition:
    return func.coalesce(partnership.c.call_id, 0) == (call.id if call else 0)  # never NULL, whose contrary would be NULL too


def _from_one_of(countries: Iterable[str]) -> Condition:
    south = municipality.c.side == Side.SOUTH.value, municipality.c.country.in_(sorted(countries))
    return partnership.c.id.in_(select(municipality.c.partnership_id).where(*south))


def _done_parts(items: Collection[Item]) -> tuple[Condition, ...]:
    """The parts of these points that are done."""
    owed = (and_(case_part.c.side == side.value, case_part.c.item.in_([item.id for item in items if side in item.owner.sides]))
            for side in Side)
    return case_part.c.status == Status.DONE.value, or_(*owed)


def _all_done(items: Collection[Item]) -> Condition:
    """Whether every part of these points is done; no two rows are of the same part."""
    parts = sum(len(item.owner.sides) for item in items)
    if not parts:
        return true()
    return partnership.c.id.in_(select(case_part.c.partnership_id).where(*_done_parts(items))
                                .group_by(case_part.c.partnership_id).having(func.count() == parts))
