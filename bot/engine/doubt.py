"""After a crash nobody knows whether the reply that was being sent has arrived; Telegram cannot be asked, and takes it twice.

So such replies wait a moment. Whoever answers the question that a reply put has seen it, and it is not sent again;
without an answer it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import chat, message

from .unsent import abandoned

GRACE = 2.0  # seconds


class Doubts:
    """Chats with a reply in doubt, since when; empty nearly always."""

    def __init__(self, grace: float = GRACE) -> None:
        self._grace = grace
        self._since: dict[int, float] = {}

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._since

    async def look(self, connection: AsyncConnection, channels: Collection[str]) -> None:
        """Notes the chats whose replies a dead process was sending, and forgets those that are settled."""
        query = select(message.c.chat_id).join(chat).where(*abandoned(channels), message.c.owner.is_not(None)).distinct()
        now = asyncio.get_running_loop().time()
        self._since = {number: self._since.get(number, now) for number in await connection.scalars(query)}

    @property
    def still_waiting(self) -> list[int]:
        """Chats whose doubt is too young to send again."""
        now = asyncio.get_running_loop().time()
        return [number for number, since in self._since.items() if now - since < self._grace]


async def settle(connection: AsyncConnection, chats: Collection[int], me: str, now: datetime) -> None:
    """The replies that another process was sending to these chats have arrived: they were answered."""
    await connection.execute(
        update(message).where(message.c.chat_id.in_(chats), message.c.sent_at.is_(None), message.c.owner != me,
                              message.c.reply_to.is_not(None))
        .values(sent_at=now, owner=None))
