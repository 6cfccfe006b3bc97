"""A Bot API server, an engine that only takes notes, and the channel between them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

import pytest
from aiohttp import web

from bot.channels.telegram.backoff import Backoff
from bot.channels.telegram.channel import TelegramChannel
from bot.messages import Body, Button, Inbound, Message
from flows.turn import Corrected, Pressed, Said
from tests.support.bot_api import TOKEN, BotApi

QUICK = Backoff(0.01, 0.05)


@dataclass
class Notes:
    """An engine that writes down what it takes, refuses the next `refusals`, and answers through `channel` with an echo."""

    channel: TelegramChannel | None = None
    taken: list[Inbound] = field(default_factory=list)
    refusals: int = 0
    delay: Callable[[Inbound], float] = lambda inbound: 0.0
    presence: list[tuple[object, ...]] = field(default_factory=list)

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        await asyncio.sleep(self.delay(inbound))
        if self.refusals:
            self.refusals -= 1
            raise RuntimeError("the database is away")
        is_new = inbound.key not in {earlier.key for earlier in self.taken}
        if is_new:
            self.taken.append(inbound)
        reply = Message(int(inbound.key), 1, inbound.handle, "assistant", echo(inbound))
        if is_new and self.channel is not None:
            await self.channel.send(reply)
        return (reply,)

    async def reached(self, handle: str, is_open: bool) -> None:
        self.presence.append((handle, is_open))

    async def moved(self, old: str, new: str) -> None:
        self.presence.append((old, new))

    @property
    def incoming(self) -> list[object]:
        return [inbound.incoming for inbound in self.taken]


def echo(inbound: Inbound) -> Body:
    """What was taken in, with two buttons."""
    match inbound.incoming:
        case Said(text) | Corrected(text):
            heard = text
        case Pressed(choice):
            heard = choice
        case other:
            heard = repr(other)
    return Body((("plain", heard or "nothing"),), "en", (Button("side:south", "Global South"), Button("/menu", "Menu")))


Open = Callable[..., Awaitable[TelegramChannel]]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def opened(api: BotApi, notes: Notes) -> AsyncIterator[Open]:
    """Opens a channel on the server, its webhook served by an HTTP server of its own."""
    async with AsyncExitStack() as stack:

        async def open_channel(mode: Literal["polling", "webhook"] = "polling", secret: str = "s3cret") -> TelegramChannel:
            place = socket.create_server(("127.0.0.1", 0))
            channel = TelegramChannel(TOKEN, api_url=api.url, mode=mode, webhook_secret=secret, backoff=QUICK,
                                      public_url=f"http://127.0.0.1:{place.getsockname()[1]}", poll=timedelta(seconds=2))
            app = web.Application()
            app.add_routes(channel.routes())
            runner = web.AppRunner(app)
            await runner.setup()
            await web.SockSite(runner, place).start()
            stack.push_async_callback(runner.cleanup)
            notes.channel = channel
            await channel.start(notes, notes)
            stack.push_async_callback(channel.stop)
            return channel

        yield open_channel


def message(text: str, address: str = "7", number: int = 1, *buttons: Button) -> Message:
    """A message of the assistant's to a chat."""
    return Message(number, 1, f"telegram:{address}", "assistant", Body((("plain", text),), "en", buttons))
