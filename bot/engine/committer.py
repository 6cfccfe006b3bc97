"""Group commit: messages of many chats become durable in one transaction, and the next group forms meanwhile.

A group holds at most one message of each chat, so the order within a chat stands. Nothing is acknowledged or sent
before its transaction is committed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.messages import Inbound, Message

from .brain import Fetched

log = structlog.get_logger()
MOST_IN_GROUP = 500
MOST_TRIES = 5
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 2.0  # seconds after a failed commit
UNREACHABLE = (OSError, OperationalError, InterfaceError)  # the database, whoever asks


@dataclass
class Pending:
    """A message on its way to being durable, and who waits for that."""

    inbound: Inbound
    done: asyncio.Future[tuple[Message, ...]]
    fetched: Fetched = field(default_factory=Fetched)
    tries: int = 0
    alone: bool = False  # its group failed: it goes by itself, so that only the culprit fails


@dataclass
class Marks:
    """What has become of messages that were sent, to be committed with the next group."""

    sent: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sent or self.failed or self.blocked)

    def add(self, others: Marks) -> None:
        """Takes in other marks as well."""
        self.sent.extend(others.sent)
        self.failed.extend(others.failed)
        self.blocked.extend(others.blocked)


class Results:
    """Where the sending side reports; each report wakes the committer."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self._marks = Marks()

    def __bool__(self) -> bool:
        return bool(self._marks)

    def report(self, marks: Marks) -> None:
        """Notes what has become of messages."""
        self._marks.add(marks)
        self.wake.set()

    def take(self) -> Marks:
        """What has been reported since the last time."""
        taken, self._marks = self._marks, Marks()
        return taken


Commit = Callable[[list[Pending], Marks], Awaitable[list[Pending]]]
"""Makes a group durable and settles its futures; returns those that have to be tried again."""


class Committer:
    """The one writer of chats in this process."""

    def __init__(self, commit: Commit, results: Results) -> None:
        self._commit = commit
        self._results = results
        self._waiting: deque[Pending] = deque()
        self._in_flight: dict[str, Pending] = {}
        self._held: set[str] = set()
        self._wake = results.wake
        self._pause = SHORTEST_PAUSE
        self._stopping = False

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        """Waits until the message and its replies are durable; a second copy gets the first one's replies."""
        twin = self._in_flight.get(inbound.unique_key)
        if twin is None:
            twin = Pending(inbound, asyncio.get_running_loop().create_future())
            self._in_flight[inbound.unique_key] = twin
            self._waiting.append(twin)
            self._wake.set()
        return await asyncio.shield(twin.done)

    def hold(self, pending: Pending) -> None:
        """Something has to be fetched for this message; later ones of its chat wait until it is back."""
        self._held.add(pending.inbound.handle)

    def again(self, pending: Pending) -> None:
        """Puts a held message back in line, ahead of later ones of its chat."""
        self._held.discard(pending.inbound.handle)
        self._waiting.appendleft(pending)
        self._wake.set()

    @property
    def length(self) -> int:
        """How many messages wait."""
        return len(self._waiting)

    async def run(self) -> None:
        """Commits groups until stopped and nothing waits any more."""
        while not (self._stopping and not self._waiting and not self._results and not self._held):
            await self._wake.wait()
            self._wake.clear()
            while self._ready() or self._results:
                await self._one_group()

    def _ready(self) -> bool:
        return any(pending.inbound.handle not in self._held for pending in self._waiting)

    def stop(self) -> None:
        """Finishes what waits, then lets `run` return."""
        self._stopping = True
        self._wake.set()

    async def _one_group(self) -> None:
        group, marks = self._next_group(), self._results.take()
        try:
            again = await self._commit(group, marks)
        except Exception as error:  # noqa: BLE001  whatever it was, the messages are kept and tried again
            self._results.report(marks)
            again = self._not_given_up(group, error)
            await self._wait_after(error, len(group))
        else:
            self._pause = SHORTEST_PAUSE
        for pending in reversed(again):
            self._waiting.appendleft(pending)
        for pending in group:
            if pending.done.done():
                self._in_flight.pop(pending.inbound.unique_key, None)

    async def _wait_after(self, error: Exception, messages: int) -> None:
        """Longer each time; the traceback is logged once for each outage."""
        first = self._pause == SHORTEST_PAUSE
        log.error("group not committed", messages=messages, error=type(error).__name__, exc_info=error if first else None)
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def _next_group(self) -> list[Pending]:
        chosen: list[Pending] = []
        later: list[Pending] = []
        busy = set(self._held)
        while self._waiting and len(chosen) < MOST_IN_GROUP:
            pending = self._waiting.popleft()
            (later if pending.inbound.handle in busy or (pending.alone and chosen) else chosen).append(pending)
            busy.add(pending.inbound.handle)
            if chosen and chosen[0].alone:
                break
        self._waiting.extendleft(reversed(later))
        return chosen

    def _not_given_up(self, group: list[Pending], error: Exception) -> list[Pending]:
        """Those worth another try; the others learn of the error, so that their channel asks for them again."""
        again: list[Pending] = []
        for pending in group:
            pending.tries += 1
            pending.alone = not isinstance(error, UNREACHABLE)
            if pending.done.done() or pending.inbound.handle in self._held:  # who is held comes back by `again`
                continue
            if pending.tries < MOST_TRIES:
                again.append(pending)
            else:
                pending.done.set_exception(error)
        return again
