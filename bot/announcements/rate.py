"""How fast: one row holds the moment up to which all replicas together have taken sending slots.

A slot is reserved in the transaction that claims its recipient, so the mean is exact however many replicas send. Replies to
people take slots too but never wait for theirs; announcements, which do, give way by themselves.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, case, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcing import rate
from bot.store.sql import clock

ROW = "telegram"
MARGIN = 0.992  # of the allowed rate: the network bunches messages by some milliseconds
SLOWER, SLOW_FOR = 0.8, 60.0  # of the rate, and for how many seconds after Telegram has asked for patience


@dataclass(frozen=True)
class Slots:
    """Reserved sending times: the first in so many seconds, the next ones `apart` seconds each."""

    first: float
    apart: float

    def offset(self, number: int) -> float:
        return self.first + number * self.apart


@dataclass(frozen=True)
class SharedRate:
    """The one row, with `per_second` messages for all replicas together."""

    per_second: float

    async def debit(self, connection: AsyncConnection, messages: int) -> None:
        """Takes slots for messages that go out at once."""
        await connection.execute(update(rate).where(rate.c.name == ROW).values(taken_until=self._taken(messages)))

    async def reserve(self, connection: AsyncConnection, messages: int) -> Slots:
        """Takes slots and tells when they are; the row is locked until the transaction ends, so this comes last in it."""
        row = (await connection.execute(
            update(rate).where(rate.c.name == ROW).values(taken_until=self._taken(messages))
            .returning((rate.c.taken_until - clock()).label("end"), self._apart().label("apart")))).one()
        return Slots(max(0.0, row.end - messages * row.apart), row.apart)

    async def push(self, connection: AsyncConnection, seconds: float) -> None:
        """Telegram wants silence from all replicas, and is sent to more slowly afterwards."""
        until = clock() + seconds
        await connection.execute(update(rate).where(rate.c.name == ROW).values(
            taken_until=_later(rate.c.taken_until, until), slow_until=_later(rate.c.slow_until, until + SLOW_FOR)))

    def _taken(self, messages: int) -> ColumnElement[float]:
        return _later(rate.c.taken_until, clock()) + messages * self._apart()

    def _apart(self) -> ColumnElement[float]:
        usual = 1 / (self.per_second * MARGIN)
        return case((rate.c.slow_until > clock(), usual / SLOWER), else_=usual)


@dataclass
class Window:
    """What this process has sent within any one second: a second look at the rate that no late timer can get past.

    Replies are noted and never wait.
    """

    per_second: float
    _sent: deque[float] = field(default_factory=deque)

    @property
    def most(self) -> int:
        """How many messages may go out within `span`."""
        return max(1, math.floor(self.per_second))

    @property
    def span(self) -> float:
        return max(1.0, self.most / self.per_second) * 1.007

    def note(self, now: float) -> None:
        """A message goes out."""
        self._sent.append(now)
        while len(self._sent) > self.most:
            self._sent.popleft()

    def wait(self, now: float) -> float:
        """Seconds until one more may go out."""
        if len(self._sent) < self.most:
            return 0.0
        return max(0.0, self._sent[0] + self.span - now)


def _later(one: ColumnElement[float], other: ColumnElement[float]) -> ColumnElement[float]:
    return case((one > other, one), else_=other)
