"""The way out: one message after the other in each chat, with the patience that Telegram and the network ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.messages import Blocked, Message, Refused

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


class TelegramSender:
    """Sends messages; `heard` tells what to reply to in a group."""

    def __init__(self, api: Api, heard: Mapping[str, int], backoff: Backoff, pace: Pace | None = None) -> None:
        self._api, self._heard, self._backoff = api, heard, backoff
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
            for number, part in enumerate(parts(message.body)[sent:], start=sent):
                try:
                    await self._deliver(place, part, self._heard.get(message.address))
                except (Blocked, Refused):
                    raise
                except Exception:
                    self._parts_sent[message.id] = number
                    raise

    async def finish(self, patience: float) -> None:
        """Waits a little for what is under way."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self.lanes.is_busy:
                    await asyncio.sleep(0.02)

    async def _deliver(self, place: Place, part: Part, reply_to: int | None) -> None:
        """One Telegram message, tried again while that may help."""
        as_html = True
        for tries in range(1, MOST_TRIES + 1):
            chat = self._moved.get(place.chat, place.chat)
            await self.pace.turn(chat)
            try:
                await self._api.say(chat, part.html if as_html else part.plain, as_html=as_html, keyboard=part.keyboard,
                                    topic=place.topic, reply_to=reply_to)
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
