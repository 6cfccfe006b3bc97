"""The channel of a demonstration: it takes every message and brings it nowhere."""

from __future__ import annotations

from collections.abc import Container

from bot.messages import Blocked, Message, Notice, Refused


class Nowhere:
    """Stands in for Telegram; some addresses have blocked the assistant, some no longer exist."""

    def __init__(self, blocked: Container[str] = (), gone: Container[str] = ()) -> None:
        self._blocked, self._gone = blocked, gone

    async def send(self, message: Message) -> None:
        """Takes a message."""

    async def announce(self, notice: Notice) -> str | None:
        """Takes an announcement's message."""
        if notice.address in self._blocked:
            raise Blocked
        if notice.address in self._gone:
            raise Refused("Bad Request: chat not found")
        return "example" if notice.attachment else None
