"""A web channel over a small engine in memory, on a real port."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web.channel import WebChannel
from bot.channels.web.limits import Limits
from bot.messages import Body, Button, File, Inbound, Message
from bot.render import render
from bot.settings import Settings
from flows.handlers.menus import greeting
from flows.turn import Pressed, Said

Client = TestClient[web.Request, web.Application]
FRAGMENT = {"Chat-Fragment": "1"}  # what the page's script sends along
SIDES = (Button("side:south", "Global South"), Button("side:german", "Germany"), Button("/contact", "Ask the team"))


@dataclass(frozen=True)
class Opened:
    conversation: str
    token: str
    language: str
    messages: tuple[Message, ...]


@dataclass
class Memory:
    """Says back what it hears; `taken` are the messages that counted, `broken` refuses all."""

    messages: dict[str, list[Message]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    taken: list[Inbound] = field(default_factory=list)
    broken: bool = False
    replies: dict[str, tuple[Message, ...]] = field(default_factory=dict)
    fresh: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        if self.broken:
            raise OSError("the disk is full")
        if inbound.key not in self.replies:
            self.taken.append(inbound)
            self._keep(inbound.address, "person", _said(inbound))
            answer = self._answer(inbound)
            self.replies[inbound.key] = (await self.write(inbound.address, answer, "assistant"),)
        return self.replies[inbound.key]

    async def open(self, language: str | None) -> Opened:
        conversation = f"conversation{len(self.messages) + 1}"
        self.languages[conversation] = language or "en"
        self.messages[conversation] = []
        self._keep(conversation, "person", Body((("plain", "/start"),), "en"))
        welcome = await self.write(conversation, render(greeting(), self.languages[conversation]), "assistant")
        return Opened(conversation, f"secret-{conversation}", self.languages[conversation], (welcome,))

    async def authorised(self, conversation: str, token: str) -> bool:
        return conversation in self.messages and token == f"secret-{conversation}"

    async def since(self, conversation: str, after: int) -> tuple[Message, ...]:
        return tuple(message for message in self.messages[conversation] if message.id > after)[:200]

    async def news(self, conversation: str, after: int, timeout: float) -> tuple[Message, ...]:
        async with self.fresh:
            try:
                async with asyncio.timeout(timeout):
                    while not (found := await self.since(conversation, after)):
                        await self.fresh.wait()
            except TimeoutError:
                return ()
        return found

    async def write(self, conversation: str, body: Body, author: str) -> Message:
        """Puts a message into a conversation and wakes who waits."""
        message = self._keep(conversation, author, body)
        async with self.fresh:
            self.fresh.notify_all()
        return message

    def _keep(self, conversation: str, author: str, body: Body) -> Message:
        kept = self.messages[conversation]
        message = Message(sum(map(len, self.messages.values())) + 1, 1, f"web:{conversation}", author, body)
        kept.append(message)
        return message

    def _answer(self, inbound: Inbound) -> Body:
        language = self.languages[inbound.address]
        match inbound.incoming:
            case Pressed(choice) if choice.startswith("/language "):
                language = self.languages[inbound.address] = choice.partition(" ")[2]
                return plain(f"language {language}", language)
            case Said("/start check"):
                return Body((("plain", "Which side do you write from?"),), language, SIDES)
            case Said("checklist"):
                return Body((("plain", "Corinto – Köln"),), language, (Button("/case 1", "Overview"),))
            case Said("sources"):
                paragraphs = (("strong", "Yes <b>"), ("plain", "See https://example.org/a?b=1&c=2."), ("small", "Source: a page"))
                return Body(paragraphs, language, (), (File("Form", "https://example.org/form.pdf"), File("Bad", "javascript:x")))
            case Said(text):
                return plain(f"heard {text}", language)
            case Pressed(choice):
                return plain(f"pressed {choice}", language)
            case _:
                return plain("?", language)


def plain(text: str, language: str = "en") -> Body:
    """A message of one paragraph."""
    return Body((("plain", text),), language)


def _said(inbound: Inbound) -> Body:
    labels = {button.id: button.label for button in SIDES}
    text = inbound.incoming.text if isinstance(inbound.incoming, Said) else ""
    return plain(text or (labels.get(inbound.incoming.choice, "•") if isinstance(inbound.incoming, Pressed) else "•"))


@asynccontextmanager
async def served(memory: Memory, *, settings: Settings | None = None, limits: Limits | None = None,
                 keep_alive: float = 15.0) -> AsyncIterator[Client]:
    """A client of the web channel, with a cookie jar as a browser has one."""
    application = web.Application(client_max_size=64 * 1024)
    channel = WebChannel(memory, memory, settings or Settings(_env_file=None), limits=limits, keep_alive=keep_alive)
    channel.setup(application)
    server = TestServer(application)
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


def texts(html: str) -> Sequence[str]:
    """The paragraphs of the messages on a page, in order."""
    found = re.findall(r'<div class="words".*?</div>', html, re.DOTALL)
    paragraphs = [part for words in found for part in re.findall(r"<p[^>]*>(.*?)</p>", words, re.DOTALL)]
    return [re.sub(r"<[^>]+>", "", paragraph) for paragraph in paragraphs]


async def page(client: Client, path: str = "/") -> str:
    """A page as it comes."""
    return await (await client.get(path)).text()
