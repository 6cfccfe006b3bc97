"""The gate before sending: every language of the audience has a text or a fallback, and large announcements two pairs of eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from .audience import Sizes, sizes
from .compose import Composed
from .store import announcement_numbered, propose, start

Decision = Literal["running", "proposed", "missing", "same", "gone"]


@dataclass(frozen=True)
class Gate:
    """How many would hear, which languages have neither text nor fallback, and whether a second person has to approve."""

    sizes: Sizes
    missing: tuple[str, ...]
    needs_second: bool

    @property
    def is_open(self) -> bool:
        return not self.missing


async def gate(connection: AsyncConnection, composed: Composed, now: datetime, second_above: int) -> Gate:
    """The gate for an announcement as its audience stands now."""
    found = await sizes(connection, composed.topic, composed.audience, now)
    missing = () if composed.fallback else tuple(language for language in found.languages if language not in composed.texts)
    return Gate(found, missing, found.total > second_above)


async def submit(connection: AsyncConnection, number: int, now: datetime, second_above: int) -> Decision:
    """Sends a draft on its way: out, or before a second person; "missing" where a language has no text."""
    found = await announcement_numbered(connection, number)
    if found is None or found.state != "draft":
        return "gone"
    checked = await gate(connection, found.composed, now, second_above)
    if not checked.is_open:
        return "missing"
    if checked.needs_second:
        return "proposed" if await propose(connection, number) else "gone"
    return "running" if await start(connection, number, now) else "gone"


async def approve(connection: AsyncConnection, number: int, member: int, now: datetime) -> Decision:
    """The second person's yes; "same" where it is the author's own, "missing" where a new language has come in meanwhile."""
    found = await announcement_numbered(connection, number)
    if found is None or found.state != "proposed":
        return "gone"
    if found.author == member:
        return "same"
    if not (await gate(connection, found.composed, now, 0)).is_open:
        return "missing"
    return "running" if await start(connection, number, now, approver=member) else "gone"
