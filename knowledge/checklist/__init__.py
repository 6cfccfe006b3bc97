"""The proposal checklist: its items as data, and the rules that tell how far a partnership is."""

from .calls import Call, Change, changes
from .items import Checklist, Item, Owner, Side
from .progress import Part, Progress, Readiness, Status, progress, readiness

__all__ = [
    "Call", "Change", "Checklist", "Item", "Owner", "Part", "Progress", "Readiness", "Side", "Status", "changes", "progress",
    "readiness",
]
