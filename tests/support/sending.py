"""One replica's sending as a process of its own, so that it can be killed, several can share a database, and the server that
counts does not share its interpreter.

`python -m tests.support.sending DATABASE API RATE` sends what is running there until it is stopped.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete

from bot.announcements.rate import SharedRate, Window
from bot.announcements.tick import Tick
from bot.channels.telegram.channel import TelegramChannel
from bot.engine.unsent import beat
from bot.store import schema
from bot.store.database import Store
from tests.support.announcing import now
from tests.support.bot_api import TOKEN

SILENT_AFTER = 3.0  # seconds since the last heartbeat


@dataclass
class Sending:
    """A running replica."""

    child: asyncio.subprocess.Process

    async def kill(self) -> None:
        """kill -9."""
        self.child.send_signal(signal.SIGKILL)
        await self.child.wait()

    async def stop(self) -> None:
        """As an operator stops it."""
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self.child.wait(), 20)


async def start(database: str, api: str, per_second: float, log: Path) -> Sending:
    """Starts a replica."""
    with log.open("ab") as file:
        return Sending(await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.sending", database, api, str(per_second), stdout=file, stderr=file))


@asynccontextmanager
async def sending(database: str, api: str, per_second: float, log: Path, count: int = 1) -> AsyncIterator[list[Sending]]:
    """So many replicas for the length of a block; the block may replace them in the list."""
    replicas = [await start(database, api, per_second, log) for _number in range(count)]
    try:
        yield replicas
    finally:
        await asyncio.gather(*(replica.stop() for replica in replicas))


async def _main(database: str, api: str, per_second: float) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    store, me, beaten = Store(database), secrets.token_hex(8), [0.0]
    clock = asyncio.get_running_loop().time

    async def beats(*, is_first: bool = False) -> None:
        began = clock()
        async with store.write() as connection:
            if is_first and store.is_sqlite:
                await connection.execute(delete(schema.replica))
            await beat(connection, me, now())
        beaten[0] = began

    await beats(is_first=True)
    channel = TelegramChannel(TOKEN, api_url=api)
    tick = Tick(store, me, {"telegram": channel}, SharedRate(per_second), Window(per_second), now,
                lambda: store.is_sqlite or clock() - beaten[0] < SILENT_AFTER)
    tick.start()
    while not stop.is_set():
        await asyncio.wait({asyncio.ensure_future(stop.wait())}, timeout=1)
        if not store.is_sqlite:
            await beats()
    await tick.stop()
    await store.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
