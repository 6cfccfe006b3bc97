"""Two people of a partnership, each with a channel and a language of their own, talking with the real engine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.documents.shelf import Shelf
from bot.documents.sweeping import Sweeping
from bot.documents.taking import Taking
from bot.engine.brain import Brain
from bot.engine.engine import Engine
from bot.engine.jobs import HANDLERS, work_off
from bot.knowledge import LiveKnowledge
from bot.messages import Body, Inbound, Message
from bot.store.database import Store
from bot.store.files import SWEEP
from bot.store.schema import chat, job, message
from flows.notices import Links
from flows.turn import Attached, Incoming, Pressed, Said
from tests.support.engine import NotingSender, shelf_beside
from tests.support.migrated import migrated
from tests.support.talk import NOW, knowledge

CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}")
BASE = "https://chat.example.org"


@dataclass
class Clock:
    """The time in a test; it stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **by: int) -> None:
        """Lets time pass: `moves(days=2)`."""
        self.now += timedelta(**by)


@dataclass
class Person:
    """Somebody who types and taps on one channel."""

    engine: Engine
    channel: str
    address: str
    language: str
    replies: tuple[Message, ...] = ()
    _keys: list[int] = field(default_factory=list)

    async def say(self, text: str) -> str:
        """Types a text; returns all that comes back."""
        return await self.send(Said(text))

    async def press(self, label: str) -> str:
        """Taps the button with this label under the last replies."""
        return await self.send(Pressed(self.buttons[label]))

    async def tap(self, choice: str) -> str:
        """Taps a button by its id, also one of long ago."""
        return await self.send(Pressed(choice))

    async def attach(self, name: str, content: bytes, caption: str = "", album: str = "") -> str:
        """Sends a file."""
        return await self.send(Attached("file", f"file-{len(self._keys)}", name, len(content), caption, album), content)

    async def talk(self, *lines: str) -> str:
        """Says several things, one after the other; a line in [brackets] is a button."""
        heard = ""
        for line in lines:
            heard = await (self.press(line[1:-1]) if line.startswith("[") else self.say(line))
        return heard

    async def send(self, incoming: Incoming, content: bytes | None = None) -> str:
        """Sends whatever a channel can."""
        self._keys.append(len(self._keys))
        key = f"{self.address}-{len(self._keys)}"
        inbound = Inbound(self.channel, self.address, key, incoming, hint=self.language, content=content)
        self.replies = await self.engine.submit(inbound)
        return self.text

    @property
    def text(self) -> str:
        """All words of the last replies."""
        return "\n\n".join(reply.body.text for reply in self.replies)

    @property
    def buttons(self) -> dict[str, str]:
        """The last replies' buttons: ids by label."""
        return {button.label: button.id for reply in self.replies for button in reply.body.buttons}


@dataclass
class Pair:
    """The engine, its clock and its store, and those who talk."""

    engine: Engine
    store: Store
    clock: Clock
    sender: NotingSender
    shelf: Shelf

    def person(self, address: str, language: str, channel: str = "note") -> Person:
        """Somebody new."""
        return Person(self.engine, channel, address, language)

    async def works_off(self) -> None:
        """Does all that is due by now, as the tick does, or waits until the engine's own tick has done it."""
        chores = HANDLERS | {SWEEP: Sweeping(self.shelf)}
        while await self._is_due():
            await work_off(self.store, self.engine.replica, knowledge(), self.clock(), chores)
            await asyncio.sleep(0)

    async def _is_due(self) -> bool:
        async with self.store.read() as connection:
            return await connection.scalar(select(job.c.id).where(job.c.run_at <= self.clock()).limit(1)) is not None

    async def told(self, person: Person) -> list[Body]:
        """What has been written to a person without their asking, oldest first, once all that is due is done."""
        await self.works_off()
        query = (select(message.c.body).join(chat).where(
            chat.c.handle == f"{person.channel}:{person.address}", message.c.author != "person", message.c.reply_to.is_(None))
            .order_by(message.c.id))
        async with self.store.read() as connection:
            return [Body.from_json(body) for body in await connection.scalars(query)]


@asynccontextmanager
async def pair(url: str) -> AsyncIterator[Pair]:
    """Starts an engine on the database at `url` whose clock the test moves."""
    store, clock, sender = await migrated(url), Clock(), NotingSender()
    shelf = shelf_beside(store)
    brain = Brain(knowledge(), "en", Links(base=BASE))
    engine = Engine(store, brain, LiveKnowledge(knowledge()), {"note": sender}, clock, taking=Taking(shelf))
    await engine.start()
    try:
        yield Pair(engine, store, clock, sender, shelf)
    finally:
        await engine.stop()
        await store.close()


async def ana_starts(ana: Person) -> str:
    """Ana of Corinto opens the checklist with Köln."""
    return await ana.talk("/checklist", "[Start a checklist]", "[Yes]", "[The municipality in the Global South]", "Nicaragua",
                          "Corinto", "Köln", "Ana Pérez")


async def invited(person: Person, side: str = "german", case: int = 1) -> str:
    """A fresh code for a side."""
    found = CODE.search(await person.tap(f"/case {case} invite {side}"))
    assert found is not None
    return found[0]


async def bernd_joins(bernd: Person, code: str) -> str:
    """Bernd of Köln takes the invitation up."""
    return await bernd.talk(f"/start join-{code}", "[Yes]", "[Yes]", "[North Rhine-Westphalia]", "Bernd Maier")
