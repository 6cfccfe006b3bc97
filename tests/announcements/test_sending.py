"""From rows to messages: everybody once, in their language, at the pace allowed."""

from __future__ import annotations

from tests.support.announcing import Noting, queue, replica_of, states, subscribers, until_done
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store
from bot.store.database import Store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]


async def test_everybody_who_subscribed_hears_once(any_store: Store) -> None:
    await subscribers(any_store, 300)
    await subscribers(any_store, 10, 1001, topic="calls")
    channel = Noting(0.01)
    number = await queue(any_store)
    async with replica_of(any_store, channel):
        done = await until_done(any_store, number)
    assert sorted(map(int, channel.addresses)) == list(range(1, 301))
    assert (done.total, done.sent, done.waiting) == (300, 300, 0)
    assert await states(any_store, number) == {"sent": 300}
