"""Places are never sold twice, however many come at once, on both databases."""

from __future__ import annotations

import asyncio

import pytest

from bot.conferences.reading import registrations_of
from bot.conferences.registering import register
from bot.store import chats
from bot.store.chats import ChatRow
from bot.store.database import Store
from flows.conference.effects import Register
from flows.conference.view import Attendee, Status
from flows.notices import Links
from tests.support.conferences import entered
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store
from tests.support.talk import NOW

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]


async def strangers(store: Store, many: int) -> list[ChatRow]:
    """Chats of people who have written nothing yet."""
    handles = [f"note:{number}" for number in range(many)]
    async with store.write() as connection:
        await chats.create_chats(connection, [{"handle": handle, "language": "en", "state": {}} for handle in handles], NOW)
        found = await chats.chats_by_handle(connection, handles)
    return [found[handle] for handle in handles]


def wanted(conference: int, number: int, people: int = 1) -> Register:
    """A registration from Hue."""
    guests = tuple(Attendee(f"Guest {number}.{each}") for each in range(people))
    return Register(conference, f"CODE{number:06}", "south", "Hue", "VN", guests, (), "conference-test")


async def come(store: Store, row: ChatRow, asked: Register) -> None:
    """One of them, in a transaction of its own."""
    async with store.write() as connection:
        await register(connection, row, asked, "en", NOW, Links())


@pytest.mark.load
async def test_of_500_who_come_at_once_100_are_confirmed_and_400_wait_in_order(any_store: Store) -> None:
    one = await entered(any_store, places=100)
    rows = await strangers(any_store, 500)
    await asyncio.gather(*(come(any_store, row, wanted(one.id, number)) for number, row in enumerate(rows)))
    async with any_store.read() as connection:
        kept = await registrations_of(connection, one.id)
    assert [each.status for each in kept] == [Status.CONFIRMED] * 100 + [Status.WAITING] * 400
    assert [each.place for each in kept[100:]] == list(range(1, 401))
