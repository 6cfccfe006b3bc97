"""Files that people have sent: Telegram keeps them, and they are had from it once they are wanted."""

from __future__ import annotations

import asyncio

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.messages import Unreachable

from .api import Api
from .backoff import Backoff
from .requests import SlowDown

MOST_TRIES = 4
LONGEST_SILENCE = 20.0  # seconds that Telegram may ask to wait; the person waits as well


class Downloads:
    """Gets files, with some patience."""

    def __init__(self, api: Api, backoff: Backoff) -> None:
        self._api, self._backoff = api, backoff

    async def fetch(self, reference: str, most: int) -> bytes:
        """See `bot.messages.Fetcher`."""
        last: Exception = Unreachable(reference)
        for tries in range(1, MOST_TRIES + 1):
            try:
                return await self._try(reference, most)
            except (BadRequest, Forbidden) as error:
                raise Unreachable(error.message) from error
            except TelegramError as error:
                last = error
                wait = error.seconds if isinstance(error, SlowDown) else self._backoff.after(tries)
                if tries < MOST_TRIES and wait <= LONGEST_SILENCE:
                    await asyncio.sleep(wait)
        raise Unreachable(str(last)) from last

    async def _try(self, reference: str, most: int) -> bytes:
        file = await self._api.get_file(reference)
        return bytes(await file.download_as_bytearray())[:most + 1]
