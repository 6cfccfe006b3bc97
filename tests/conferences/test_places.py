"""Places are never sold twice, however many come at once, on both databases."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.conferences.reading import registrations_of
from bot.conferences.registering import register
from bot.store import chats
from bot.store.chats import ChatRow
from bot.store.database import Store
from flows.conference.effects import Register
from flows.conference.view import Attendee, Status
from flows.notices import Links
from flows.state import Session, State
from tests.support.conferences import entered, of
from tests.support.pairs import pair
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store
from tests.support.strangers import strangers
from tests.support.talk import NOW

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]


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


def about_to_send(number: int) -> dict[str, object]:
    """The state of a chat in which only the last "yes" is missing."""
    given = {"conference": "asia-2027", "consent": "yes", "company": "alone", "side": "south", "country": "VN",
             "municipality": "Hue", "people": "1", "names": f"Guest {number}", "role": "Mayor",
             "email": f"guest{number}@example.org", "phone": "-", "languages": "en", "interpretation": "-", "diet": "halal",
             "accessibility": "-", "travel": "-", "visa": "no"}
    return State("en", chosen=True, session=Session("conf_register", given)).to_json()


@pytest.mark.load
async def test_so_it_is_when_all_of_them_say_yes_in_chat_at_the_same_moment(any_store: Store) -> None:
    async with pair(any_store.url.render_as_string(hide_password=False)) as world:
        one = await entered(world.store, places=100)
        guests = [world.person(str(number), "en", "web") for number in range(500)]
        async with world.store.write() as connection:
            await chats.create_chats(connection, [{"handle": f"web:{number}", "language": "en", "state": about_to_send(number)}
                                                  for number in range(500)], NOW)
        began = time.monotonic()
        heard = await asyncio.gather(*(guest.tap("sure:yes") for guest in guests))
        print(time.monotonic() - began)
        kept = await of(world.store, one)
    assert [each.status for each in kept] == [Status.CONFIRMED] * 100 + [Status.WAITING] * 400
    assert sum("this is your confirmation" in words for words in heard) == 100
    assert sorted(int(words.partition("at place ")[2].partition(".")[0]) for words in heard if "at place" in words) == [
        *range(1, 401)]
