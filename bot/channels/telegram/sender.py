"""The way out: one message after the other in each chat, with the patience that Telegram and the network ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from html import escape
from typing import Protocol

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.messages import Attachment, Blocked, Body, File, Message, Refused

from .api import Api
from .backoff import Backoff
from .lanes import Lanes
from .outgoing import Part, parts
from .pace import Pace
from .places import Place
from .requests import SlowDown

MOST_TRIES = 6
# What Telegram says, without regard to case, when nobody can be reached under that number any more.
GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked", "user not found", "chat_id is empty",
        "group chat was deleted", "input_user_deactivated")
KEYBOARD_WORDS = ("button", "keyboard", "reply markup")
Lend = Callable[[str], Awaitable[Attachment | None]]
"""What one of the assistant's own links leads to; None where it holds no longer."""
log = structlog.get_logger()


class Call(Protocol):
    """One call of the Bot API that sends to a chat."""

    async def __call__(self, chat: int, part: Part, *, as_html: bool) -> None: ...


class TelegramSender:
    """Sends messages; `heard` tells what to reply to in a group, `lend` opens links of one's own."""

    def __init__(self, api: Api, heard: Mapping[str, int], backoff: Backoff, pace: Pace | None = None, *,
                 lend: Lend | None = None) -> None:
        self._api, self._heard, self._backoff, self._lend = api, heard, backoff, lend
        self.pace = pace or Pace()
        self.lanes = Lanes()
        self._moved: dict[int, int] = {}
        self._parts_sent: dict[int, int] = {}  # of messages that were left half-way, by their id

    async def send(self, message: Message) -> None:
        """Sends all parts of a message; called again after a failure, it goes on where it stopped.

        Raises Blocked or Refused for good; anything else means: again later.
        """
        place = Place.parse(message.address)
        async with self.lanes.turn(place.chat):
            sent = self._parts_sent.pop(message.id, 0)
            for number, item in enumerate(self._items(message.body)[sent:], start=sent):
                try:
                    await self._send(item, place, self._heard.get(message.address))
                except (Blocked, Refused):
                    raise
                except Exception:
                    self._parts_sent[message.id] = number
                    raise

    def _items(self, body: Body) -> list[File | Part]:
        """The Telegram messages that a body becomes: files of its own before the words, so that the buttons stand last."""
        lent = [file for file in body.files if file.is_file and self._lend is not None]
        linked = replace(body, files=tuple(file for file in body.files if file not in lent))
        return [*lent, *parts(linked)]

    async def _send(self, item: File | Part, place: Place, reply_to: int | None) -> None:
        if isinstance(item, Part):
            await self._patiently(place, partial(self._say, place=place, reply_to=reply_to), item)
            return
        opened = await self._lend(item.url) if self._lend is not None else None
        words = _as_words(item)
        if opened is None:
            return  # the link has run out meanwhile: the words that come after it stand by themselves
        try:
            await self._patiently(place, partial(self._show, place=place, attachment=opened), words)
        except Refused as error:
            log.warning("telegram: file refused, its link is sent", error=str(error))
            await self._patiently(place, partial(self._say, place=place, reply_to=reply_to), words)

    async def _say(self, chat: int, part: Part, *, as_html: bool, place: Place, reply_to: int | None) -> None:
        await self._api.say(chat, part.html if as_html else part.plain, as_html=as_html, keyboard=part.keyboard,
                            topic=place.topic, reply_to=reply_to)

    async def _show(self, chat: int, _words: Part, *, as_html: bool, place: Place, attachment: Attachment) -> None:
        if not as_html:
            raise Refused("the file is refused")
        await self._api.show(chat, attachment, "", None, place.topic)

    async def finish(self, patience: float) -> None:
        """Waits a little for what is under way."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self.lanes.is_busy:
                    await asyncio.sleep(0.02)

    async def _patiently(self, place: Place, call: Call, part: Part) -> None:
        """One Telegram message, tried again while that may help."""
        as_html = True
        for tries in range(1, MOST_TRIES + 1):
            chat = self._moved.get(place.chat, place.chat)
            await self.pace.turn(chat)
            try:
                await call(chat, part, as_html=as_html)
            except SlowDown as told:
                self.pace.slow_down(chat, told.seconds)
                last: Exception = told
            except ChatMigrated as moved:
                self._moved[place.chat] = moved.new_chat_id
                last = moved
            except Forbidden as error:
                raise Blocked(error.message) from error
            except BadRequest as error:
                part, as_html = _plainer(part, as_html, error), False
                last = error
            except NetworkError as error:
                last = error
                if tries < MOST_TRIES:
                    await asyncio.sleep(self._backoff.after(tries))
            else:
                self.pace.wrote(chat)
                return
        raise last


def _as_words(file: File) -> Part:
    """A file by its link, where Telegram does not take the file."""
    return Part(f'<a href="{escape(file.url)}">{escape(file.name, quote=False)}</a>', f"{file.name}: {file.url}")


def _plainer(part: Part, as_html: bool, error: BadRequest) -> Part:
    """What to try after a refusal: the bare text, without the buttons if they were the reason.

    Raises Blocked if the chat is gone, Refused if the bare text was refused too.
    """
    reason = error.message.lower()
    if any(words in reason for words in GONE):
        raise Blocked(error.message) from error
    if not as_html:
        raise Refused(error.message) from error
    is_keyboard = any(word in reason for word in KEYBOARD_WORDS)
    return Part(part.html, part.plain, None if is_keyboard else part.keyboard)
