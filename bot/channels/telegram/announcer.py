"""The way out for announcements: one try in the chat's order, which gives way to replies; the rest is the engine's."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.messages import Blocked, Notice, NotYet, Refused, TooFast

from .api import Api
from .lanes import Lanes
from .outgoing import parts
from .pace import PRIVATE_SPACING, Pace
from .places import Place
from .requests import SlowDown


class TelegramAnnouncer:
    """Sends announcements; lanes and pace are those of the replies."""

    def __init__(self, api: Api, lanes: Lanes, pace: Pace) -> None:
        self._api, self._lanes, self._pace = api, lanes, pace

    async def announce(self, notice: Notice) -> str | None:
        """See `bot.messages.Announcer`."""
        place = Place.parse(notice.address)
        wait = PRIVATE_SPACING if self._lanes.is_taken(place.chat) else self._pace.too_soon(place.chat)
        if wait > 0:
            raise NotYet(wait)
        async with self._lanes.turn(place.chat):
            try:
                file_id = await self._try(place, notice)
            except SlowDown as told:
                is_all = self._pace.slow_down(place.chat, told.seconds)
                raise (TooFast if is_all else NotYet)(told.seconds) from told
            except Forbidden as error:
                raise Blocked(error.message) from error
            except BadRequest as error:
                raise Refused(error.message) from error
            self._pace.wrote(place.chat)
        return file_id

    async def _try(self, place: Place, notice: Notice) -> str | None:
        try:
            return await self._deliver(place.chat, place.topic, notice)
        except ChatMigrated as moved:
            return await self._deliver(moved.new_chat_id, place.topic, notice)

    async def _deliver(self, chat: int, topic: int | None, notice: Notice) -> str | None:
        if notice.attachment is None:
            part, *_none = parts(notice.body)
            await self._api.say(chat, part.html, keyboard=part.keyboard, topic=topic)
            return None
        part, *_none = parts(notice.body.without_files())
        return await self._api.show(chat, notice.attachment, part.html, part.keyboard, topic)
