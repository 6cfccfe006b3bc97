"""On which days somebody is reminded of a day that is set: before it, on it, and once after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

OF_DUE_DATE = (7, 1, 0, -3)  # days before
OF_DEADLINE = (30, 14, 7, 3, 1)


def reminder_days(day: date, before: tuple[int, ...]) -> tuple[date, ...]:
    """The days on which to remind of a day."""
    return tuple(day - timedelta(days=number) for number in before)


def is_time(day: date, before: tuple[int, ...], since: date, today: date) -> bool:
    """Whether one of the days has come since the last reminder; one that was missed is made up for."""
    return any(since < one <= today for one in reminder_days(day, before))


def next_reminder(days: Iterable[date], after: date) -> date | None:
    """The first of some days that is still to come."""
    return min((day for day in days if day > after), default=None)
