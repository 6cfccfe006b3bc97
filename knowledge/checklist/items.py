"""The items of the checklist: what each one means, whose it is, and the facts it rests on.

An item is done in parts. What both sides owe has a part for each of them, so that neither can tick for the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from knowledge.articles import Fact, KnowledgeError, knowledge_text
from locales import Text, Value


class Side(Enum):
    """A side of a partnership."""

    SOUTH = "south"
    GERMAN = "german"

    @property
    def other(self) -> Side:
        return Side.GERMAN if self is Side.SOUTH else Side.SOUTH


class Owner(Enum):
    """Whose item it is; what the assistant finds out by itself is nobody's."""

    SOUTH = "south"
    GERMAN = "german"
    BOTH = "both"
    ASSISTANT = "assistant"

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that have a part in it."""
        match self:
            case Owner.SOUTH:
                return (Side.SOUTH,)
            case Owner.GERMAN:
                return (Side.GERMAN,)
            case Owner.BOTH:
                return (Side.SOUTH, Side.GERMAN)
            case Owner.ASSISTANT:
                return ()


SUBMISSION = "submission"
CHECKS = ("", "dac", "both-sides", "call-region")
GROUPS = ("taking-part", "expectations", "submission")


@dataclass(frozen=True)
class Item:
    """One thing that a proposal needs; `check` names what the assistant looks up itself, `facts` what it rests on."""

    id: str
    group: str
    owner: Owner
    title: Value
    explanation: Value
    why: Value = ""
    evidence: Value = ""
    check: str = ""
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.check not in CHECKS or self.group not in GROUPS or (self.owner is Owner.ASSISTANT) != bool(self.check):
            raise KnowledgeError(f"Checklist item {self.id}: mend its group, owner or check.")


@dataclass(frozen=True)
class Checklist:
    """The items in their order; the submission stands last."""

    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        ids = [item.id for item in self.items]
        if len(set(ids)) < len(ids) or not ids or ids[-1] != SUBMISSION:
            raise KnowledgeError("The checklist needs items with different ids, the last of them the submission.")

    def item(self, id: str) -> Item | None:
        """The item of that id, if it is on the list."""
        return next((item for item in self.items if item.id == id), None)

    @property
    def parts(self) -> tuple[tuple[str, Side], ...]:
        """Every part that somebody has to do: an item and a side."""
        return tuple((item.id, side) for item in self.items for side in item.owner.sides)

    def without(self, ids: Iterable[str]) -> Checklist:
        """The same list without some items; the submission stays."""
        left_out = set(ids) - {SUBMISSION}
        return replace(self, items=tuple(item for item in self.items if item.id not in left_out))

    def with_items(self, items: Iterable[Item]) -> Checklist:
        """The same list with further items, before the submission."""
        return replace(self, items=(*self.items[:-1], *items, self.items[-1]))

    @classmethod
    def load(cls, home: Path, facts: Mapping[str, Fact]) -> Checklist:
        """Reads checklist/checklist.yaml under `home`.

        Raises KnowledgeError where an item names an unknown fact.
        """
        with (home / "checklist" / "checklist.yaml").open(encoding="utf-8") as file:
            items = tuple(_item(row) for row in yaml.safe_load(file))
        unknown = [fact for item in items for fact in item.facts if fact not in facts]
        if unknown:
            raise KnowledgeError(f"The checklist names facts that do not exist: {', '.join(unknown)}.")
        return cls(items)


def _item(row: Mapping[str, Any]) -> Item:
    def words(field: str) -> Text:
        return knowledge_text(row[field])

    return Item(row["id"], row["group"], Owner(row["owner"]), words("title"), words("explanation"), words("why"),
                words("evidence"), row.get("check", ""), tuple(row["facts"]))
