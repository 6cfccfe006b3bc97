"""How fast: one row holds the moment up to which all replicas together have taken sending slots.

A slot is reserved in the transaction that claims its recipient, so the mean is exact however many replicas send. Replies to
people take slots too but never wait for theirs; announcements, which do, give way by themselves.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import rate
from bot.store.sql import clock

ROW = "telegram"
MARGIN, SPAN_MARGIN = 0.997, 1.001  # of the allowed rate and of its second: clocks are not exact
MOST_DELAY = 1.5  # messages' worth of time by which a slow trip may hold up later ones; in a dense stream it hardly matters
SLOWER, SLOW_FOR = 0.9, 30.0  # of the rate, and for how many seconds after Telegram has asked for patience


@dataclass(frozen=True)
class Slots:
    """Reserved sending times: the first in so many seconds, the next ones `apart` seconds each."""

    first: float
    apart: float

    def offset(self, number: int) -> float:
        return self.first + number * self.apart


@dataclass
class Passage:
    """One message's way: when it was sent, and how long the answer took."""

    sent_at: float
    trip: float = 0.0


@dataclass(frozen=True)
class SharedRate:
    """The one row, with `per_second` messages for all replicas together."""

    per_second: float

    async def begin(self, connection: AsyncConnection) -> None:
        """Makes the row where there is none yet."""
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        fresh = dialect.insert(rate).values(name=ROW, taken_until=0.0, slow_until=0.0)
        await connection.execute(fresh.on_conflict_do_nothing(index_elements=["name"]))

    async def debit(self, connection: AsyncConnection, messages: int) -> None:
        """Takes slots for messages that go out at once."""
        await connection.execute(update(rate).where(rate.c.name == ROW).values(taken_until=self._taken(messages)))

    async def reserve(self, connection: AsyncConnection, messages: int, given_back: int = 0) -> Slots:
        """Takes slots and tells when they are; the row is locked until the transaction ends, so this comes last in it.

        `given_back` slots were not used: others are taken in their place.
        """
        row = (await connection.execute(
            update(rate).where(rate.c.name == ROW).values(taken_until=self._taken(messages, given_back))
            .returning((rate.c.taken_until - clock()).label("end"), self._apart().label("apart")))).one()
        return Slots(max(0.0, row.end - messages * row.apart), row.apart)

    async def push(self, connection: AsyncConnection, seconds: float) -> None:
        """Telegram wants silence from all replicas, and is sent to more slowly afterwards."""
        until = clock() + seconds
        await connection.execute(update(rate).where(rate.c.name == ROW).values(
            taken_until=_later(rate.c.taken_until, until), slow_until=_later(rate.c.slow_until, until + SLOW_FOR)))

    def _taken(self, messages: int, given_back: int = 0) -> ColumnElement[float]:
        return _later(rate.c.taken_until - given_back * self._apart(), clock()) + messages * self._apart()

    def _apart(self) -> ColumnElement[float]:
        usual = 1 / (self.per_second * MARGIN)
        return case((rate.c.slow_until > clock(), usual / SLOWER), else_=usual)


class Window:
    """What this process has sent within any one second: a second look at the rate that no late timer can get past.

    What counts is when messages arrive, and of that only the latest possible moment is known: when the answer came, less the
    fastest trip so far. Replies are noted and never wait.
    """

    def __init__(self, per_second: float) -> None:
        self.most = max(1, math.floor(per_second))  # messages within `span` seconds
        self.span = max(1.0, self.most / per_second) * SPAN_MARGIN
        self._longest_delay = MOST_DELAY / per_second
        self._fastest = math.inf
        self._sent: deque[Passage] = deque(maxlen=self.most)

    def note(self, now: float) -> Passage:
        """A message goes out; tell `arrived` when it has."""
        passage = Passage(now)
        self._sent.append(passage)
        return passage

    def arrived(self, passage: Passage, now: float) -> None:
        """The answer to a message is there."""
        passage.trip = now - passage.sent_at
        self._fastest = min(self._fastest, passage.trip)

    def wait(self, now: float) -> float:
        """Seconds until one more may go out."""
        if len(self._sent) < self.most:
            return 0.0
        first = self._sent[0]
        delay = min(max(0.0, first.trip - self._fastest), self._longest_delay)
        return max(0.0, first.sent_at + delay + self.span - now)


def _later(one: ColumnElement[float], other: ColumnElement[float]) -> ColumnElement[float]:
    return case((one > other, one), else_=other)
