"""Conferences: a draft, an open one, one with a waiting list, one that is over, one called off, and who registers for them.

Their guests' registrations go in where the end of the dialogue would put them: fourteen times fifteen questions take too long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.conferences.registering import register
from bot.engine.brain import secret_code
from bot.store import chats
from bot.store.conference_tables import attendee, registration
from flows.conference.effects import Register
from flows.conference.registering import CONSENT
from flows.conference.view import Attendee

from .scene import Scene
from .scripts import script
from .stage import Stage

FIRST_ADDRESS = 909001
LASTS = timedelta(days=2)


@dataclass
class Event:
    """One conference from its first draft on."""

    said: dict[str, Any]
    address: int
    number: int = 0

    def scenes(self) -> Iterator[Scene]:
        """Entering, announcing, guests, and the end."""
        yield Scene(self.said["entered"], 8, self.is_entered)
        for place, guest in enumerate(self.said["guests"]):
            yield Scene(max(self.said["from"] - 2 * place, 0), 9, partial(self.takes, guest, self.address + place))
        if "arrive" in self.said:
            yield Scene(self.said["arrive"], 8, self.receives)
        if "cancel" in self.said:
            yield Scene(self.said["cancel"], 8, self.is_called_off)

    async def is_entered(self, stage: Stage) -> None:
        """By an editor, who announces it if it is not to stay a draft."""
        today = stage.opened_at.date()
        first = today + timedelta(days=self.said["first"])
        titles = {f"title-{language}": title for language, title in self.said["title"].items()}
        deadline = today + timedelta(days=self.said["deadline"])
        led = await stage.editor.sends(
            "/conferences/new", **titles, slug=self.said["slug"], region=self.said["region"], city="Beispielstadt", country="DE",
            zone="Europe/Berlin", first=first.isoformat(), last=(first + LASTS).isoformat(), deadline=deadline.isoformat(),
            places=str(self.said["places"]), admission="first_come", hold_hours="48", contact="conference@example.org")
        self.number = int(led.partition("?")[0].rpartition("/")[2])
        for action in self.said["do"]:
            await stage.editor.sends(f"/conferences/{self.number}/{action}")

    async def takes(self, guest: list[Any], address: int, stage: Stage) -> None:
        """A registration, by somebody who has written before."""
        side, country, place, name, people = guest
        person = stage.person("telegram", str(address), "de" if side == "german" else "en")
        await person.plays("/conferences")
        others = [Attendee(f"{name} ({number})") for number in range(2, people + 1)]
        first = Attendee(name, "Example role", "guest@example.org", languages=("en",), diet="vegetarian")
        wanted = Register(self.number, secret_code(), side, place, country, (first, *others), (), CONSENT)
        async with stage.store.write() as connection:
            row = (await chats.chats_by_handle(connection, [person.handle]))[person.handle]
            await register(connection, row, wanted, person.language, stage.clock(), stage.engine.brain.links)

    async def receives(self, stage: Stage) -> None:
        """All but one arrive."""
        query = (select(attendee.c.id).join(registration).where(registration.c.conference_id == self.number)
                 .order_by(attendee.c.id))
        async with stage.store.read() as connection:
            guests = list(await connection.scalars(query))
        for guest in guests[:-1]:
            await stage.editor.sends(f"/conferences/{self.number}/check-in", guest=str(guest), to="here")

    async def is_called_off(self, stage: Stage) -> None:
        """With a message to everybody."""
        await stage.admin.sends(f"/conferences/{self.number}/cancel", sure="yes", **{
            "message-en": "Example: the conference does not take place.", "message-de": "Beispiel: Die Konferenz fällt aus."})


def scenes() -> Iterator[Scene]:
    """All of them."""
    for number, said in enumerate(script("conferences")):
        yield from Event(said, FIRST_ADDRESS + 100 * number).scenes()
