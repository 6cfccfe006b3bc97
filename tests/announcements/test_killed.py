"""kill -9 while thousands are being written to: nobody is forgotten, and twice comes at most what was on its way."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from bot.store.database import Store
from tests.support.announcing import queue, states, status, subscribers
from tests.support.bot_api import BotApi
from tests.support.sending import sending, start

pytestmark = [pytest.mark.crash, pytest.mark.load]
PEOPLE, KILLS, RATE = 1200, 10, 150.0
IN_FLIGHT = RATE * 0.35  # what a worker may have under way: claimed, sent, and its result not yet saved


async def test_one_worker_on_sqlite(store: Store, tmp_path: Path) -> None:
    await _killed_and_restarted(store, tmp_path, 1)


@pytest.mark.postgres
@pytest.mark.parametrize("workers", [1, 2])
async def test_workers_on_postgres(postgres_store: Store, tmp_path: Path, workers: int) -> None:
    await _killed_and_restarted(postgres_store, tmp_path, workers)


async def _killed_and_restarted(store: Store, tmp_path: Path, workers: int) -> None:
    random = Random(workers)
    url = store.url.render_as_string(hide_password=False)
    await subscribers(store, PEOPLE)
    number = await queue(store)
    async with BotApi() as api:
        for address in range(1, PEOPLE + 1):
            api.world.messages[address] = {}
        async with sending(url, api.url, RATE, tmp_path / "log", workers) as replicas:
            for kill in range(1, KILLS + 1):
                await _until(store, number, PEOPLE * kill // (KILLS + 2))
                victim = random.randrange(workers)
                await replicas[victim].kill()
                replicas[victim] = await start(url, api.url, RATE, tmp_path / "log")
            await _until(store, number, PEOPLE)
        done = await status(store, number)
        received = [len(api.world.replies[address]) for address in range(1, PEOPLE + 1)]
    twice = sum(count - 1 for count in received)
    assert min(received) == 1
    assert await states(store, number) == {"sent": PEOPLE}
    assert (done.state, done.sent, done.waiting) == ("done", PEOPLE, 0)
    assert twice <= done.doubtful <= KILLS * RATE / 2
    assert twice <= KILLS * IN_FLIGHT


async def _until(store: Store, number: int, settled: int, timeout: float = 120.0) -> None:
    async with asyncio.timeout(timeout):
        while (await status(store, number)).settled < settled:
            await asyncio.sleep(0.1)
