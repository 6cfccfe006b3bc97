"""How far a checklist is, and whether the proposal can be submitted: pure rules over the parts and their status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .items import SUBMISSION, Checklist, Item, Side


class Status(Enum):
    """Where a part stands."""

    OPEN = "open"
    IN_PROGRESS = "progress"
    DONE = "done"
    NEEDS_HELP = "help"


@dataclass(frozen=True)
class Part:
    """One side's share in an item; `revision` counts its changes, so that an edit can tell what it was based on."""

    item: str
    side: Side
    status: Status = Status.OPEN
    due: date | None = None
    responsible: int | None = None
    revision: int = 0


Parts = Mapping[tuple[str, Side], Part]
Checks = Mapping[str, bool]
"""What the assistant found out, by the item's `check`."""


@dataclass(frozen=True)
class Progress:
    """How many of the items are done."""

    done: int
    total: int

    def bar(self, width: int = 10) -> str:
        """The share as a bar of characters, which never looks full before it is."""
        filled = self.done * width // self.total if self.total else 0
        return "▰" * filled + "▱" * (width - filled)


@dataclass(frozen=True)
class Readiness:
    """Whether the German side can submit: what is missing and who owes it; no side where nobody can do anything."""

    missing: tuple[tuple[Item, tuple[Side, ...]], ...] = ()
    late: bool = False
    submitted: bool = False

    @property
    def ready(self) -> bool:
        return not (self.missing or self.late or self.submitted)


def is_done(item: Item, parts: Parts, checks: Checks) -> bool:
    """Whether all of an item is done: by every side that has a part in it, or as the assistant found it."""
    if item.check:
        return checks.get(item.check, False)
    return not _owing(item, parts)


def progress(checklist: Checklist, parts: Parts, checks: Checks) -> Progress:
    """Done items and all items."""
    return Progress(sum(is_done(item, parts, checks) for item in checklist.items), len(checklist.items))


def readiness(checklist: Checklist, parts: Parts, checks: Checks, today: date, deadline: date | None = None) -> Readiness:
    """What still stands between the partnership and the submission; the deadline's own day still counts."""
    before = [item for item in checklist.items if item.id != SUBMISSION and not is_done(item, parts, checks)]
    submission = checklist.items[-1]
    return Readiness(tuple((item, _owing(item, parts)) for item in before),
                     late=deadline is not None and today > deadline, submitted=is_done(submission, parts, checks))


def _owing(item: Item, parts: Parts) -> tuple[Side, ...]:
    return tuple(side for side in item.owner.sides if parts.get((item.id, side), Part(item.id, side)).status is not Status.DONE)
