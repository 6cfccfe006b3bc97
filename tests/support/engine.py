"""The real engine on a real store, with a channel that only takes notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from bot.documents.shelf import Shelf
from bot.documents.taking import Taking
from bot.engine.brain import Brain
from bot.engine.engine import Engine
from bot.knowledge import LiveKnowledge
from bot.messages import Blocked, Inbound, Message, Refused
from bot.store.database import Store
from flows.notices import Links
from flows.turn import Corrected, Pressed, Said
from tests.support.migrated import migrated
from tests.support.talk import knowledge


@dataclass
class NotingSender:
    """A way out that writes down what it is given, and fails as it is told to."""

    sent: dict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))
    blocked: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    failures: int = 0

    async def send(self, message: Message) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("no way through")
        if message.address in self.blocked:
            raise Blocked
        if message.address in self.refused:
            raise Refused("can't parse entities")
        self.sent[message.address].append(message)


@dataclass
class Party:
    """An engine and who can be heard through it."""

    engine: Engine
    store: Store
    sender: NotingSender
    _keys: int = 0

    async def say(self, text: str, address: str = "1", key: str | None = None, channel: str = "note") -> str:
        """A person's text; returns the words that come back."""
        return await self._submit(channel, address, key, Said(text))

    async def press(self, choice: str, address: str = "1", channel: str = "note") -> str:
        """A tapped button, by its id."""
        return await self._submit(channel, address, None, Pressed(choice))

    async def correct(self, text: str, external: str, address: str = "1") -> str:
        """An edit of the message with that external number."""
        inbound = Inbound("note", address, self._key(None), Corrected(text, None), external=external)
        return _words(await self.engine.submit(inbound))

    async def _submit(self, channel: str, address: str, key: str | None, incoming: Said | Pressed) -> str:
        number = self._key(key)
        inbound = Inbound(channel, address, number, incoming, hint="en", external=f"m{number}")
        return _words(await self.engine.submit(inbound))

    def _key(self, key: str | None) -> str:
        self._keys += 1
        return key or str(self._keys)


def _words(messages: tuple[Message, ...]) -> str:
    return "\n\n".join(message.body.text for message in messages)


def shelf_beside(store: Store) -> Shelf:
    """The folder of documents beside an SQLite database; for PostgreSQL a new one."""
    folder = Path(store.url.database or "").parent if store.is_sqlite else Path(mkdtemp())
    return Shelf(folder / "documents")


@asynccontextmanager
async def party(url: str, sender: NotingSender | None = None) -> AsyncIterator[Party]:
    """Starts an engine on the database at `url`, and stops it."""
    store = await migrated(url)
    noting = sender or NotingSender()
    brain = Brain(knowledge(), "en", Links())
    engine = Engine(store, brain, LiveKnowledge(knowledge()), {"note": noting}, taking=Taking(shelf_beside(store)))
    await engine.start()
    try:
        yield Party(engine, store, noting)
    finally:
        await engine.stop()
        await store.close()
