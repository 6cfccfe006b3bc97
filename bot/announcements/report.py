"""How an announcement is doing: its counters as they are published, failures by reason, and every row to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import delivery
from bot.store.exports import Sheet
from bot.store.schema import chat

from .store import Announcement, announcement_numbered

PUBLISHED = ("id", "state", "total", "sent", "failed", "blocked", "left", "waiting", "rate")


@dataclass(frozen=True)
class Status:
    """The published counters; `rate` is messages a second while it was being sent, without its pauses.

    total = sent + failed + blocked + left + waiting. `left` counts those who had left before it came to them, `doubtful` those
    to whom a process was sending when it died: to each of them it may have gone twice.
    """

    id: int
    state: str
    total: int
    sent: int
    failed: int
    blocked: int
    left: int
    waiting: int
    rate: float
    doubtful: int = 0
    clicked: int = 0
    departed: int = 0
    registered: int = 0

    @property
    def settled(self) -> int:
        return self.total - self.waiting

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self.settled / self.total if self.total else 1.0

    def time_left(self, allowed: float) -> timedelta:
        """How long it will still take at its own rate, or at the one allowed before it has one."""
        return timedelta(seconds=self.waiting / (self.rate or allowed))

    def published(self) -> dict[str, Any]:
        """The counters that scripts rely on, no others."""
        return {name: getattr(self, name) for name in PUBLISHED}


def status(found: Announcement, now: datetime) -> Status:
    """An announcement's counters as they stand."""
    return Status(found.id, _state(found, now), waiting=found.waiting, rate=_rate(found, now), **found.counters)


async def status_of(connection: AsyncConnection, number: int, now: datetime) -> Status | None:
    """The counters of the announcement of a number, None where there is none."""
    found = await announcement_numbered(connection, number)
    return status(found, now) if found else None


async def failures(connection: AsyncConnection, number: int) -> list[tuple[str, int]]:
    """How many failed for which reason, the commonest first; read from an index that holds nothing but failures."""
    many = func.count().label("many")
    rows = await connection.execute(
        select(delivery.c.reason, many).where(delivery.c.announcement_id == number, delivery.c.state == "failed")
        .group_by(delivery.c.reason).order_by(many.desc(), delivery.c.reason))
    return [(row.reason or "", row.many) for row in rows]


async def rows_of(connection: AsyncConnection, number: int) -> Sheet:
    """Every recipient with what became of the message; people appear by their chat's number only."""
    columns = ("chat", "channel", "language", "state", "at", "reason", "possibly_twice", "clicked", "left_at", "registered_at")
    found = await connection.execute(
        select(delivery, chat.c.language).join(chat, chat.c.id == delivery.c.chat_id)
        .where(delivery.c.announcement_id == number).order_by(delivery.c.chat_id))
    rows = [(row.chat_id, row.channel, row.language, row.state, row.at, row.reason, "yes" if row.doubtful else "", row.clicked,
             row.departed_at, row.registered_at) for row in found]
    return Sheet(f"announcement {number}", columns, rows)


def _state(found: Announcement, now: datetime) -> str:
    if found.state == "running" and found.start_at is not None and found.start_at > now:
        return "scheduled"
    return found.state


def _rate(found: Announcement, now: datetime) -> float:
    if found.started_at is None:
        return 0.0
    seconds = ((found.ended_at or found.paused_at or now) - found.started_at).total_seconds()
    return round(found.counters["sent"] / seconds, 2) if seconds > 0 else 0.0
