"""Long polling: the offset moves on only past updates that are durable, so a crash loses none of them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from .api import JSON, Api
from .backoff import Backoff
from .incoming import KINDS
from .requests import SlowDown

log = structlog.get_logger()
Receive = Callable[[JSON], Awaitable[None]]


class Polling:
    """Asks for updates until stopped, and hands them to `receive`: in order per chat, the chats side by side."""

    def __init__(self, api: Api, receive: Receive, backoff: Backoff, wait: timedelta = timedelta(seconds=25)) -> None:
        self._api, self._receive, self._backoff, self._wait = api, receive, backoff, wait
        self._offset: int | None = None
        self._durable: set[int] = set()  # updates after the offset that need not be handed over again
        self._failures = 0
        self._stopping = asyncio.Event()
        self._asking: asyncio.Task[list[JSON]] | None = None

    async def run(self) -> None:
        """Polls until `stop`; a failure of Telegram's or of the engine's only makes it wait."""
        await self._delete_webhook()
        while not self._stopping.is_set():
            try:
                updates = await self._ask()
            except asyncio.CancelledError:
                if self._stopping.is_set():
                    return
                raise
            except TelegramError as error:
                await self._recover(error)
            except Exception:
                log.exception("telegram: no updates")
                await self._pause()
            else:
                await self._take(updates)

    def stop(self) -> None:
        """Ends the waiting at once; a batch that has arrived is still handed over."""
        self._stopping.set()
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self) -> list[JSON]:
        self._asking = asyncio.ensure_future(self._api.updates(self._offset, self._wait, KINDS))
        try:
            return await self._asking
        finally:
            self._asking.cancel()
            self._asking = None

    async def _take(self, updates: list[JSON]) -> None:
        """Hands a batch over, and moves the offset up to the first update that is not durable."""
        lines: defaultdict[int, list[JSON]] = defaultdict(list)
        for update in sorted(updates, key=_number):
            if _number(update) not in self._durable:
                lines[chat_of(update)].append(update)
        await asyncio.gather(*(self._take_in_order(line) for line in lines.values()))
        if self._move_on(sorted(map(_number, updates))):
            self._failures = 0
        else:
            await self._pause()

    async def _take_in_order(self, line: list[JSON]) -> None:
        for update in line:
            try:
                await self._receive(update)
            except Exception:
                log.exception("telegram: update not taken, it is asked for again", update=_number(update))
                return
            self._durable.add(_number(update))

    def _move_on(self, numbers: list[int]) -> bool:
        """True if all of them are durable."""
        for number in numbers:
            if number not in self._durable:
                return False
            self._durable.discard(number)
            self._offset = number + 1
        return True

    async def _recover(self, error: TelegramError) -> None:
        match error:
            case InvalidToken():
                log.error("telegram: the token is refused; check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL", error=str(error))
            case Conflict():
                log.error("telegram: a second program, or a webhook, takes this bot's updates", error=str(error))
                await self._delete_webhook()
            case _:
                log.warning("telegram: no updates", error=str(error))
        await self._pause(error.seconds if isinstance(error, SlowDown) else 0.0)

    async def _pause(self, at_least: float = 0.0) -> None:
        self._failures += 1
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), max(at_least, self._backoff.after(self._failures)))

    async def _delete_webhook(self) -> None:
        try:
            await self._api.delete_webhook()
        except (NetworkError, InvalidToken, SlowDown) as error:
            log.warning("telegram: webhook not removed", error=str(error))


def chat_of(update: JSON) -> int:
    """The number of the chat an update belongs to; 0 for those of no chat."""
    for content in update.values():
        if isinstance(content, dict):
            holder = content.get("message", content)
            if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
                return int(holder["chat"].get("id", 0))
    return 0


def _number(update: JSON) -> int:
    return int(update["update_id"])
