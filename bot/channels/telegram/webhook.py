"""The webhook: 200 means durable; anything else makes Telegram deliver the update again."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from .api import JSON
from .backoff import Backoff
from .incoming import KINDS
from .requests import SlowDown

log = structlog.get_logger()
PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1 << 20
MOST_CONNECTIONS = 100


class Webhook:
    """Checks and reads what is posted, and hands it to `receive`."""

    def __init__(self, receive: Callable[[JSON], Awaitable[None]], secret: str) -> None:
        self._receive, self._secret = receive, secret.encode()
        self.is_open = False

    async def taken(self, request: web.Request) -> web.Response:
        """403 for strangers, 400 and 413 for what is no update, 503 while an update cannot be made durable."""
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape"), self._secret):
            return web.Response(status=403, text="This address is Telegram's.\n")
        body = await _read(request)
        if body is None:
            return web.Response(status=413)
        update = _update(body)
        if update is None:
            return web.Response(status=400)
        if not self.is_open:
            return web.Response(status=503)
        try:
            await self._receive(update)
        except Exception:
            log.exception("telegram: update not taken, it will come again", update=update["update_id"])
            return web.Response(status=503)
        return web.Response()


async def register(bot: Bot, url: str, secret: str, backoff: Backoff) -> None:
    """Tells Telegram where to deliver, for as long as it takes."""
    failures = 0
    while True:
        try:
            await bot.set_webhook(url, secret_token=secret, allowed_updates=KINDS, max_connections=MOST_CONNECTIONS)
        except TelegramError as error:
            failures += 1
            pause = max(error.seconds if isinstance(error, SlowDown) else 0.0, backoff.after(failures))
            log.warning("telegram: webhook not set", url=url, error=str(error), again_in=pause)
            await asyncio.sleep(pause)
        else:
            log.info("telegram: webhook set", url=url)
            return


async def _read(request: web.Request) -> bytes | None:
    """The body, or None if it is longer than any update."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _update(body: bytes) -> JSON | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    is_update = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if is_update else None
