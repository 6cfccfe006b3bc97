"""A case as a turn sees it: an immutable picture of what is kept, taken before the turn for the person who writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from knowledge.checklist import Call, Checklist, Part, Progress, Readiness, Side, progress, readiness
from knowledge.checklist.progress import Checks
from knowledge.dac import DacList


@dataclass(frozen=True)
class Municipality:
    """One side: its name, its country (ISO 3166-1), and on the German side its Land (ISO 3166-2, "nw")."""

    side: Side
    name: str
    country: str
    land: str = ""


@dataclass(frozen=True)
class Member:
    """A person at work on a case, by the name that the others see; `paused` wants no reminders."""

    id: int
    side: Side
    name: str
    left: bool = False
    paused: bool = False
    language: str = "en"


@dataclass(frozen=True)
class Note:
    """What somebody has written on an item; without a side it is from the team."""

    item: str
    by: str
    side: Side | None
    text: str
    on: date


@dataclass(frozen=True)
class Paper:
    """A document attached to an item: its kind by its content ("pdf"), its size in bytes, who brought it and when."""

    id: int
    item: str
    name: str
    kind: str
    size: int
    by: str
    side: Side
    on: date
    caption: str = ""


@dataclass(frozen=True)
class Event:
    """Something that has changed: `kind` says what, `value` to what; `member` is None for the team and who is gone."""

    id: int
    kind: str
    item: str
    side: Side | None
    member: int | None
    value: str
    at: datetime


@dataclass(frozen=True)
class Invitation:
    """What a code that still holds leads to: the pair and the side that it is for; `joined` if the side has somebody yet."""

    key: str
    title: str
    side: Side
    municipality: Municipality
    joined: bool


@dataclass(frozen=True)
class Case:
    """One partnership's case, seen by `me`; `waiting` are the names of documents of mine that belong to no item yet."""

    id: int
    me: Member
    municipalities: Mapping[Side, Municipality]
    members: tuple[Member, ...]
    checklist: Checklist
    parts: Mapping[tuple[str, Side], Part]
    call: Call | None = None
    notes: tuple[Note, ...] = ()
    events: tuple[Event, ...] = ()
    invited: frozenset[Side] = frozenset()
    team_asked: bool = False
    papers: tuple[Paper, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The pair by its two names, the South first."""
        return " – ".join(self.municipalities[side].name for side in Side)

    @property
    def mine(self) -> Side:
        return self.me.side

    @property
    def country(self) -> str:
        """The country of the municipality from the Global South."""
        return self.municipalities[Side.SOUTH].country

    @property
    def present(self) -> tuple[Member, ...]:
        """Who works on it now."""
        return tuple(member for member in self.members if not member.left)

    def on_side(self, side: Side) -> tuple[Member, ...]:
        """Who works on it for a side."""
        return tuple(member for member in self.present if member.side is side)

    def member(self, number: int | None) -> Member | None:
        """Who that is, also if they have left."""
        return next((member for member in self.members if member.id == number), None)

    def paper(self, number: str) -> Paper | None:
        """A document by its number, as a button or an event names it."""
        return next((paper for paper in self.papers if str(paper.id) == number), None)

    def part(self, item: str, side: Side) -> Part:
        """A side's part of an item, an untouched one if nothing is kept of it."""
        return self.parts.get((item, side), Part(item, side))

    def with_part(self, part: Part) -> Case:
        """The case after a part has changed."""
        return replace(self, parts={**self.parts, (part.item, part.side): part})

    def checks(self, dac: DacList, today: date) -> Checks:
        """What the assistant finds out by itself."""
        return {
            "dac": dac.lists(self.country, today),
            "both-sides": all(self.on_side(side) for side in Side),
            "call-region": self.call is None or self.call.admits(self.country, dac),
        }

    def progress(self, dac: DacList, today: date) -> Progress:
        """How many items are done."""
        return progress(self.checklist, self.parts, self.checks(dac, today))

    def readiness(self, dac: DacList, today: date) -> Readiness:
        """What stands between the partnership and the submission."""
        deadline = self.call.deadline if self.call else None
        return readiness(self.checklist, self.parts, self.checks(dac, today), today, deadline)
