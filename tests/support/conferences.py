"""A conference as staff would enter it, and people who register for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.conferences.entering import add_conference
from bot.conferences.reading import registrations_of
from bot.conferences.registering import register
from bot.engine.brain import secret_code
from bot.render import render
from bot.store import chats
from bot.store.database import Store
from flows.codes import cleaned, key_of
from flows.conference.effects import Register
from flows.conference.view import Attendee, Conference, Registration, State
from flows.notices import Links
from locales import Spoken
from tests.support.pairs import Pair, Person
from tests.support.talk import NOW

ASIA = Conference(
    "asia-2027", "asia", "Leipzig", date(2027, 9, 14), date(2027, 9, 16), "Europe/Berlin",
    Spoken((("en", "Partnership Conference Asia"), ("de", "Partnerschaftskonferenz Asien"))), 2, date(2027, 6, 30),
    stored=State.OPEN, contact="conference@example.org")


def conference(**changes: Any) -> Conference:
    """A conference in Asia with two places, but for what is said otherwise."""
    return replace(ASIA, **changes)


async def entered(store: Store, **changes: Any) -> Conference:
    """Has staff enter it."""
    new = conference(**changes)
    async with store.write() as connection:
        return replace(new, id=await add_conference(connection, new, None, NOW))


async def of(store: Store, one: Conference) -> list[Registration]:
    """Who has registered for it, in the order in which they came."""
    async with store.read() as connection:
        return await registrations_of(connection, one.id)


async def registers(person: Person, name: str = "Linh Tran", *, town: str = "Hue", company: str = "Without a partner",
                    slug: str = "asia-2027", code: str = "") -> str:
    """Somebody from Vietnam registers alone; returns what they hear in the end."""
    await person.tap(f"/conf {slug} register")
    await person.talk("[Yes]", f"[{company}]", *([code] if code else []))
    if not code:
        await person.talk("[A municipality in the Global South]")
    return await person.talk("Vietnam", *answers(name, town), "[No]", "[Yes, send it]")


async def german_registers(person: Person, name: str = "Bernd Maier", *, town: str = "Jena", company: str = "Without a partner",
                           slug: str = "asia-2027", code: str = "") -> str:
    """Somebody from Germany registers alone, or with a partner's code."""
    await person.tap(f"/conf {slug} register")
    await person.talk("[Yes]", f"[{company}]", *([code] if code else []))
    if not code:
        await person.talk("[A German municipality or district]")
    return await person.talk(*answers(name, town), "[Yes, send it]")


async def comes(world: Pair, one: Conference, person: Person, *, german: bool = False, people: int = 1, invite: str = "",
                pair: str = "") -> str:
    """Somebody registers without the long dialogue before it; returns what they would read.

    `invite` is the code under which the partner may come later, `pair` the code of a partner who came before.
    """
    await person.say("/menu")
    guests = tuple(Attendee(f"Guest {number} of {person.address}") for number in range(1, people + 1))
    side, town, country = ("german", "Jena", "DE") if german else ("south", "Hue", "VN")
    wanted = Register(one.id, secret_code(), side, town, country, guests, (), "conference-test",
                      pair=key_of(pair) if pair else "", partner_comes=bool(invite), invite=cleaned(invite))
    handle = f"{person.channel}:{person.address}"
    async with world.store.write() as connection:
        row = (await chats.chats_by_handle(connection, [handle]))[handle]
        return render(await register(connection, row, wanted, "en", world.clock(), Links()), "en").text


def answers(name: str, town: str, people: str = "1") -> tuple[str, ...]:
    """From the municipality to the way one travels."""
    mail = f"{name.split()[0].lower()}@example.org"
    return (town, people, name, "Head of office", mail, "[Skip]", "English", "[None]", "[Vegetarian]", "[Skip]", "[Skip]")


async def running(world: Pair, people: int, **changes: Any) -> tuple[Conference, list[Person]]:
    """A conference, and people who have not registered yet."""
    return await entered(world.store, **changes), [world.person(f"p{number}", "en") for number in range(1, people + 1)]
