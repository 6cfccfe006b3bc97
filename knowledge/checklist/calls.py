"""A call for proposals as staff publish it: its dates and rules, and what it adds to or takes from the shipped checklist.

Rules belong to a call, not to the programme for ever. Without a call no date, region or way of submission is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.dac import DacList
from knowledge.regions import programme_region
from locales import Spoken, _

from .items import Checklist, Item, Owner

CALL_REGION = "call-region"
BOTH_SIDES = "both-sides"
NOTHING_SAID = Spoken()
REGION_ITEM = Item(
    "region", "taking-part", Owner.ASSISTANT, _("Region of the call"),
    _("The call is for municipalities of certain regions. Where the pages leave a doubt about a country, the team decides."),
    _("A proposal from another region does not fit this call."), _("None is needed from you."), check=CALL_REGION)


@dataclass(frozen=True)
class Call:
    """One published version of the checklist: from when to when it holds, and by when proposals have to be in.

    `submission` says in staff's words how a proposal reaches the Service Agency; empty where they have not said.
    """

    id: int
    title: Spoken
    valid_from: date
    valid_until: date | None = None
    deadline: date | None = None
    regions: tuple[str, ...] = ()
    partner_required: bool = True
    submission: Spoken = NOTHING_SAID
    left_out: tuple[str, ...] = ()
    added: tuple[Item, ...] = ()

    def holds(self, today: date) -> bool:
        """Whether the call is open on a day; its deadline's day included."""
        return self.valid_from <= today and (self.valid_until is None or today <= self.valid_until)

    def admits(self, country: str, dac: DacList) -> bool:
        """Whether a country is of one of the call's regions; a doubtful one is not turned away."""
        region = programme_region(country, dac)
        return not self.regions or region.region in self.regions or not region.certain

    def over(self, shipped: Checklist) -> Checklist:
        """The shipped checklist as this call changes it."""
        checked = {item.id for item in shipped.items if item.check == BOTH_SIDES and not self.partner_required}
        region = (REGION_ITEM,) if self.regions else ()
        return shipped.without({*self.left_out, *checked}).with_items((*region, *self.added))


@dataclass(frozen=True)
class Change:
    """What a new version changes for a running case; what was done stays done."""

    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    deadline: date | None = None

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.deadline)


def changes(before: Checklist, after: Checklist, old: Call | None, new: Call | None) -> Change:
    """The difference between two versions of the checklist."""
    deadline = new.deadline if new else None
    moved = deadline if deadline != (old.deadline if old else None) else None
    return Change(_missing(after.items, before), _missing(before.items, after), moved)


def _missing(items: Iterable[Item], other: Checklist) -> tuple[Item, ...]:
    return tuple(item for item in items if other.item(item.id) is None)
