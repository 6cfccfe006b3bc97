"""How announcements perform, each figure by itself: `python -m tests.benchmarks.broadcast pace|fast|faults|kills|rows`.

pace    10,000 chats at 30 a second over a Bot API server that refuses the 31st within any second
fast    10,000 chats at 1,000 a second
faults  10,000 chats with random 429, 500 and lost connections, 5 % blocked
kills   10,000 chats, kill -9 ten times
rows    CPU per recipient from 1,000 to 1,000,000 rows, sent to nobody
With DATABASE_URL set it runs there, in an empty database, else on SQLite.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.announcements.report import Status
from bot.messages import Notice
from bot.store.database import Store
from bot.store.migrate import migrate
from tests.support.announcing import queue, replica_of, status, subscribers
from tests.support.bot_api import BotApi
from tests.support.sending import Sending, sending, start

PEOPLE = 10_000
Kill = Callable[[list[Sending], Store, int, str], Awaitable[None]]


async def pace() -> None:
    """The rate held, at Telegram's limit."""
    await _sent(30, 30)


async def fast() -> None:
    """The rate held, at the paid limit."""
    await _sent(1000, 1100)  # a strict 1,000 would count how evenly the two processes get the machine


async def faults() -> None:
    """Everybody accounted for, whatever goes wrong."""
    await _sent(500, 0, fault_rate=0.03, blocked=20)


async def kills() -> None:
    """Ten times kill -9."""

    async def kill(replicas: list[Sending], store: Store, number: int, api: str) -> None:
        for count in range(1, 11):
            while (await status(store, number)).settled < PEOPLE * count // 12:
                await asyncio.sleep(0.1)
            await replicas[0].kill()
            replicas[0] = await start(_url(store), api, 500, Path(os.devnull))

    await _sent(500, 0, kill=kill)


async def rows() -> None:
    """The cost of one recipient, by how many there are."""
    for people in (1000, 10_000, 100_000, 1_000_000):
        async with _store() as store:
            await subscribers(store, people)
            number = await queue(store)
            began, cpu = time.monotonic(), time.process_time()
            async with replica_of(store, Silent(), 100_000):
                done = await _watched(store, number)
            spent = time.process_time() - cpu
            _tell(people=people, sent=done.sent, us_cpu_each=round(spent / people * 1e6),
                  seconds=round(time.monotonic() - began, 1))


class Silent:
    """Sends to nobody."""

    async def announce(self, notice: Notice) -> str | None:
        return None


async def _sent(per_second: int, limit: int, *, fault_rate: float = 0.0, blocked: int = 0, kill: Kill | None = None) -> None:
    """Sends to everybody through a server in a process of its own, and tells what arrived there."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs, limit, fault_rate, blocked), daemon=True)
    server.start()
    api = await asyncio.to_thread(ours.recv)
    async with _store() as store:
        await subscribers(store, PEOPLE)
        number = await queue(store)
        async with sending(_url(store), api, per_second, Path(os.devnull)) as replicas:
            if kill is not None:
                await kill(replicas, store, number, api)
            done = await _watched(store, number)
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours.send("tell")
    _tell(allowed=per_second, **(await asyncio.to_thread(ours.recv)), sent=done.sent, blocked=done.blocked, failed=done.failed,
          in_doubt=done.doubtful, sender_cpu_s=round(cpu.ru_utime + cpu.ru_stime, 1))


def _serve(pipe: Any, limit: int, fault_rate: float, blocked: int) -> None:
    async def serve() -> None:
        async with BotApi(fault_rate=fault_rate) as api:
            for address in range(1, PEOPLE + 1):
                api.world.messages[address] = {}
            api.world.per_second, api.world.seconds_between = limit, 1.0 if limit else 0.0
            api.world.blocked = set(range(blocked, PEOPLE + 1, blocked)) if blocked else set()
            pipe.send(api.url)
            await asyncio.to_thread(pipe.recv)
            pipe.send(_arrived(api))

    asyncio.run(serve())


def _arrived(api: BotApi) -> dict[str, Any]:
    times, counts = api.world.accepted_at, [len(api.world.replies[address]) for address in range(1, PEOPLE + 1)]
    return {"per_second": round((len(times) - 1) / (times[-1] - times[0]), 2), "refused": api.world.refused,
            "never": counts.count(0), "twice": sum(count - 1 for count in counts if count > 1)}


async def _watched(store: Store, number: int) -> Status:
    """Waits without burdening the store."""
    while (found := await status(store, number)).state != "done":
        await asyncio.sleep(1)
    return found


@asynccontextmanager
async def _store() -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(os.environ.get("DATABASE_URL") or f"sqlite+aiosqlite:///{folder}/assistant.sqlite")
        await migrate(store)
        yield store
        await store.close()


def _url(store: Store) -> str:
    return store.url.render_as_string(hide_password=False)


def _tell(**figures: object) -> None:
    sys.stdout.write("  ".join(f"{name}={value}" for name, value in figures.items()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    FIGURES = {"pace": pace, "fast": fast, "faults": faults, "kills": kills, "rows": rows}
    asyncio.run(FIGURES[sys.argv[1]]())
