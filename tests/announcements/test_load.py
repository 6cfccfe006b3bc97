"""Many chats over a Bot API server with Telegram's limits: the pace is held, and whatever goes wrong is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Store
from tests.support.announcing import queue, states, subscribers, until_done
from tests.support.bot_api import BotApi
from tests.support.sending import sending

pytestmark = pytest.mark.load


async def test_the_pace_is_held_without_a_429(store: Store, tmp_path: Path) -> None:
    people, allowed = 450, 30
    await subscribers(store, people)
    async with BotApi() as api:
        _welcome(api, people)
        api.world.per_second, api.world.seconds_between = allowed, 1.0
        number = await queue(store)
        async with sending(_url(store), api.url, allowed, tmp_path / "log"):
            done = await until_done(store, number, timeout=90)
        times = api.world.accepted_at
    assert done.sent == people
    assert api.world.refused <= 1  # a busy machine may bunch two messages by more than the margin
    if not api.world.refused:
        assert (people - 1) / (times[-1] - times[0]) >= 0.97 * allowed


async def test_with_random_faults_everybody_is_accounted_for_and_nobody_hears_twice(store: Store, tmp_path: Path) -> None:
    people = 1000
    await subscribers(store, people)
    async with BotApi(fault_rate=0.03) as api:
        _welcome(api, people)
        api.world.blocked = set(range(20, people + 1, 20))
        number = await queue(store)
        async with sending(_url(store), api.url, 300, tmp_path / "log"):
            done = await until_done(store, number, timeout=150)
        received = [len(api.world.replies[address]) for address in range(1, people + 1)]
    assert (done.sent, done.blocked, done.failed, done.waiting) == (people - people // 20, people // 20, 0, 0)
    assert sum(received) == done.sent
    assert max(received) == 1
    assert await states(store, number) == {"sent": done.sent, "blocked": done.blocked}


def _welcome(api: BotApi, people: int) -> None:
    for address in range(1, people + 1):
        api.world.messages[address] = {}


def _url(store: Store) -> str:
    return store.url.render_as_string(hide_password=False)
