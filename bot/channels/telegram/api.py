"""The Bot API as this channel calls it: python-telegram-bot's calls on our connections, and updates still as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from telegram import Bot

from .requests import AiohttpRequest

TELEGRAM = "https://api.telegram.org"
JSON = dict[str, Any]


class Api(Bot):
    """A bot whose updates come one by one as JSON, so that one that cannot be read does not hold up the others."""

    async def updates(self, offset: int | None, wait: timedelta, kinds: Sequence[str]) -> list[JSON]:
        """The updates from `offset` on; waits for the first one as long as it is told."""
        seconds = int(wait.total_seconds())
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": list(kinds)}
        return cast("list[JSON]", await self._post("getUpdates", asked, read_timeout=seconds + 10))


def connect(token: str, api_url: str = TELEGRAM) -> Api:
    """The bot of this token on that server; calls nothing yet."""
    connections = AiohttpRequest()
    return Api(token, base_url=f"{api_url.rstrip('/')}/bot", base_file_url=f"{api_url.rstrip('/')}/file/bot",
               request=connections, get_updates_request=connections)
