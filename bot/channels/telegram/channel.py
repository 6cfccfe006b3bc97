"""The Telegram channel put together: its settings in, a running channel out."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import structlog
from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.messages import Message, Notice

from .announcer import TelegramAnnouncer
from .api import TELEGRAM, connect
from .backoff import Backoff
from .downloads import Downloads
from .errands import Errands
from .incoming import Me
from .intake import Intake, Presence, Team
from .polling import Polling
from .reception import Reception
from .sender import Lend, TelegramSender
from .setup import introduce
from .webhook import PATH, Webhook, register

log = structlog.get_logger()
NAME_TRIES = 8


class TelegramChannel:
    """Long polling or webhook in, messages out; it starts whatever Telegram may answer, and catches up when it does.

    `named` is told the bot's name once it is known: links into a chat with it are made of it. `lend` opens own links, so that
    what they lead to is sent as a file. `group` is the team's own.
    """

    def __init__(self, token: str, *, api_url: str = TELEGRAM, mode: Literal["polling", "webhook"] = "polling",
                 webhook_secret: str | None = None, public_url: str = "", backoff: Backoff | None = None,
                 poll: timedelta = timedelta(seconds=25), named: Callable[[str | None], None] = lambda name: None,
                 lend: Lend | None = None, group: int | None = None) -> None:
        self._mode, self._backoff, self._named = mode, backoff or Backoff(), named
        self._api = connect(token, api_url)
        self._secret = webhook_secret or hashlib.sha256(f"webhook of {token}".encode()).hexdigest()
        self._url = public_url.rstrip("/") + PATH
        self._errands = Errands()
        self._reception = Reception(self._api, self._errands, Me(_own_number(token)), group)
        self._sender = TelegramSender(self._api, self._reception.heard, self._backoff, lend=lend)
        self._downloads = Downloads(self._api, self._backoff)
        self._announcer = TelegramAnnouncer(self._api, self._sender.lanes, self._sender.pace)
        self._polling = Polling(self._api, self._reception.receive, self._backoff, poll)
        self._webhook = Webhook(self._reception.receive, self._secret)
        self._tasks: list[asyncio.Task[None]] = []

    def routes(self) -> list[web.RouteDef]:
        """What the HTTP server has to serve for this channel."""
        return [web.post(PATH, self._webhook.taken)] if self._mode == "webhook" else []

    async def send(self, message: Message) -> None:
        """Sends one message; see `bot.messages.Sender`."""
        await self._sender.send(message)

    async def announce(self, notice: Notice) -> str | None:
        """Tries to send an announcement; see `bot.messages.Announcer`."""
        return await self._announcer.announce(notice)

    async def fetch(self, reference: str, most: int) -> bytes:
        """Gets a file that a person has sent; see `bot.messages.Fetcher`."""
        return await self._downloads.fetch(reference, most)

    async def start(self, intake: Intake, presence: Presence | None = None, team: Team | None = None) -> None:
        """Begins to take updates in; returns without waiting for Telegram."""
        await self._api.request.initialize()
        self._reception.open(intake, presence, team)
        self._webhook.is_open = True
        arrivals = (self._polling.run() if self._mode == "polling"
                    else register(self._api, self._url, self._secret, self._backoff))
        self._tasks = [asyncio.create_task(work) for work in (self._learn_own_name(), arrivals, introduce(self._api))]

    async def stop(self, patience: float = 10.0) -> None:
        """Takes nothing more in, finishes what has arrived and what is being sent, and closes the connections."""
        self._webhook.is_open = False
        self._polling.stop()
        learning, arrivals, introducing = self._tasks
        for task in (learning, introducing, *([arrivals] if self._mode == "webhook" else [])):
            task.cancel()
        _done, late = await asyncio.wait(self._tasks, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sender.finish(patience=3.0)
        await self._errands.finish()
        await self._api.request.shutdown()

    async def _learn_own_name(self) -> None:
        """Updates wait for the first answer, whatever it is: without the name, mentions in groups go unseen."""
        for failures in range(1, NAME_TRIES + 1):
            try:
                name = await self._api.own_name()
            except InvalidToken as error:
                log.error("telegram: the token is refused; check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL", error=str(error))
            except TelegramError as error:
                log.warning("telegram: own name not learned", error=str(error))
            else:
                self._reception.me = Me(self._reception.me.id, name)
                self._named(name)
                log.info("telegram: signed in", bot=name, mode=self._mode)
                return
            finally:
                self._reception.introduced.set()
            await asyncio.sleep(self._backoff.after(failures))


def _own_number(token: str) -> int:
    """A token begins with the bot's own number."""
    number = token.partition(":")[0]
    return int(number) if number.isdecimal() else 0
