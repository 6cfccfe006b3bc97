"""Many subscribers, and a replica that sends announcements to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.announcements.compose import Composed
from bot.announcements.rate import SharedRate, Window
from bot.announcements.report import Status, status_of
from bot.announcements.store import keep, start
from bot.announcements.tick import Tick
from bot.messages import Announcer, Notice
from bot.store.announcement_tables import delivery, listener
from bot.store.database import Store
from bot.store.schema import chat, person, replica, subscription

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CHUNK = 5000


def now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


async def subscribers(store: Store, count: int, first: int = 1, *, topic: str = "general", channel: str = "telegram",
                      **values: Any) -> None:
    """So many people with one chat each ("telegram:1", "telegram:2", ...), subscribed to a topic."""
    row = {"language": "en", "state": {}, "version": 0, "created_at": LONG_AGO, "seen_at": LONG_AGO, **values}
    for begin in range(first, first + count, CHUNK):
        numbers = range(begin, min(begin + CHUNK, first + count))
        async with store.write() as connection:
            people = await connection.scalars(insert(person).returning(person.c.id, sort_by_parameter_order=True),
                                              [{"created_at": LONG_AGO} for _number in numbers])
            chats = await connection.scalars(
                insert(chat).returning(chat.c.id, sort_by_parameter_order=True),
                [{**row, "person_id": owner, "handle": f"{channel}:{number}"}
                 for owner, number in zip(people.all(), numbers, strict=True)])
            await connection.execute(insert(subscription), [
                {"chat_id": number, "topic": topic, "since": LONG_AGO} for number in chats.all()])


async def describe(store: Store, handle: str, **said: str) -> None:
    """What a subscriber has said of themselves."""
    async with store.write() as connection:
        number = await connection.scalar(select(chat.c.id).where(chat.c.handle == handle))
        await connection.execute(insert(listener).values(chat_id=number, at=LONG_AGO, **said))


async def queue(store: Store, texts: Mapping[str, str] | None = None, content: bytes | None = None, **fields: Any) -> int:
    """An announcement that goes out at its time."""
    composed = Composed.model_validate({"texts": texts or {"en": "News for you"}, "topic": "general", **fields})
    async with store.write() as connection:
        number = await keep(connection, composed, None, now(), content)
        await start(connection, number, now())
    return number


async def status(store: Store, number: int) -> Status:
    """Its counters now."""
    async with store.read() as connection:
        found = await status_of(connection, number, now())
    assert found is not None
    return found


async def until_done(store: Store, number: int, timeout: float = 60.0) -> Status:
    """Waits until every recipient is settled."""
    async with asyncio.timeout(timeout):
        while (found := await status(store, number)).state != "done":
            await asyncio.sleep(0.05)
    return found


async def states(store: Store, number: int) -> dict[str, int]:
    """How many rows are in which state, counted row by row."""
    found: dict[str, int] = {}
    async with store.read() as connection:
        for state in await connection.scalars(select(delivery.c.state).where(delivery.c.announcement_id == number)):
            found[state] = found.get(state, 0) + 1
    return found


@dataclass
class Noting:
    """A channel that writes down when it sent to whom, after `takes` seconds."""

    takes: float = 0.0
    sent: list[tuple[float, Notice]] = field(default_factory=list)
    errors: dict[str, list[Exception]] = field(default_factory=dict)

    async def announce(self, notice: Notice) -> str | None:
        if self.takes:
            await asyncio.sleep(self.takes)
        waiting = self.errors.get(notice.address)
        if waiting:
            raise waiting.pop(0)
        self.sent.append((asyncio.get_running_loop().time(), notice))
        return "file-1" if notice.attachment else None

    @property
    def addresses(self) -> list[str]:
        return [notice.address for _time, notice in self.sent]


@asynccontextmanager
async def replica_of(store: Store, announcer: Announcer, per_second: float = 1000.0,
                     name: str = "replica") -> AsyncIterator[Tick]:
    """One replica's sending of announcements, alive for the length of the block."""
    async with store.write() as connection:
        await connection.execute(insert(replica).values(id=name, seen_at=now() + timedelta(days=1)))
    tick = Tick(store, name, {"telegram": announcer}, SharedRate(per_second), Window(per_second), now, lambda: True)
    tick.start()
    try:
        yield tick
    finally:
        await tick.stop()
