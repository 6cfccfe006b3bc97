"""`chat`: the same dialogues in the terminal, on the same store, also beside a running assistant."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from dataclasses import dataclass, field
from uuid import uuid4

import click

from bot.channels.terminal import CHANNEL, Recording, Screen, unstyled
from bot.engine.assembly import assembled
from bot.engine.engine import Engine
from bot.messages import Inbound
from bot.settings import Settings
from bot.store import chats
from bot.store.database import Store
from flows.turn import Incoming, Said
from locales import languages, shipped

from .failing import BadSetting
from .logs import log_to_stderr
from .opening import open_store, settings

LOOK_EVERY = 0.5  # seconds between looks for what the team has answered


@click.command("chat")
@click.option("--lang", help="Language to begin in.")
@click.option("--record", is_flag=True, help="Print the conversation as a test at the end.")
def command(lang: str | None, record: bool) -> None:
    """Talk with the assistant; a number presses a button, Ctrl+D ends."""
    if lang is not None and shipped(lang) is None:
        raise BadSetting(f"--lang {lang} is not spoken here: choose one of {', '.join(languages())}.")
    chosen = settings()
    log_to_stderr(chosen.log_format, logging.WARNING)
    recording = Recording(shipped(lang) or shipped(chosen.default_language) or "en")
    try:
        asyncio.run(_converse(chosen, lang, recording))
    except KeyboardInterrupt:
        click.echo()
    if record:
        click.echo(recording.as_test())


async def _converse(chosen: Settings, lang: str | None, recording: Recording) -> None:
    async with open_store(chosen) as store:
        engine = assembled(chosen, store, {})
        await engine.start(beside=True)
        try:
            await Terminal(engine, store, recording, lang).talk()
        finally:
            await engine.stop()


@dataclass
class Terminal:
    """One conversation from the keyboard to the screen."""

    engine: Engine
    store: Store
    recording: Recording
    hint: str | None
    address: str = field(default_factory=lambda: uuid4().hex)
    _shown: set[int] = field(default_factory=set)
    _looked_until: int = 0

    def __post_init__(self) -> None:
        self._screen = Screen(_styled if sys.stdout.isatty() else unstyled)

    async def talk(self) -> None:
        """Until the keyboard has no more lines."""
        lines = _keyboard()
        await self._hear(Said("/start"))
        while True:
            _prompt()
            line = await self._next(lines)
            if line is None:
                return
            await self._hear(self._screen.meaning(line))

    async def _hear(self, said: Incoming) -> None:
        inbound = Inbound(CHANNEL, self.address, uuid4().hex, said, hint=self.hint)
        buttons = list(self._screen.buttons)
        replies = await self.engine.submit(inbound)
        self._shown.update(reply.id for reply in replies)
        self.recording.add(said, buttons, replies)
        click.echo(f"\n{self._screen.show(replies)}\n")

    async def _next(self, lines: asyncio.Queue[str | None]) -> str | None:
        """The next typed line, showing meanwhile what comes from elsewhere."""
        while True:
            try:
                return await asyncio.wait_for(lines.get(), LOOK_EVERY)
            except TimeoutError:
                await self._look()

    async def _look(self) -> None:
        async with self.store.read() as connection:
            kept = await chats.messages_since(connection, f"{CHANNEL}:{self.address}", self._looked_until)
        self._looked_until = max((message.id for message in kept), default=self._looked_until)
        news = [message for message in kept if message.author != "person" and message.id not in self._shown]
        if news:
            click.echo(f"\n{self._screen.show(news)}\n")
            _prompt()


def _keyboard() -> asyncio.Queue[str | None]:
    """Lines as they are typed, None at the end; read by a thread that nobody has to wait for."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def read() -> None:
        # A file of its own: at exit Python would wait for the lock that a blocked reader holds on sys.stdin.
        with open(0, encoding="utf-8", errors="replace", closefd=False) as typed:
            for line in typed:
                loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _prompt() -> None:
    if sys.stdin.isatty():
        click.echo("> ", nl=False)


def _styled(text: str, tone: str) -> str:
    return click.style(text, bold=tone == "strong" or None, dim=tone == "small" or None)
