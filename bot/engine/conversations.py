"""Web conversations: opened with a secret token, read back, and waited on for what is new."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from bot.messages import Inbound, Message
from bot.store import chats
from bot.store.database import Store
from bot.store.schema import chat, message
from bot.store.staff import hashed
from flows.turn import Said

from .committer import Committer

log = structlog.get_logger()
CHANNEL = "web"
LOOK_EVERY = 0.5  # seconds between looks for what other processes have written
RECENT = timedelta(seconds=5)


@dataclass(frozen=True)
class Opened:
    """A new conversation; the token is told once and kept only as a hash."""

    conversation: str
    token: str
    language: str
    messages: tuple[Message, ...]


@dataclass
class StoredConversations:
    """Conversations of the web channel over the store."""

    store: Store
    committer: Committer
    now: Callable[[], datetime]
    _waiting: dict[str, set[asyncio.Event]] = field(default_factory=dict)

    async def open(self, language: str | None) -> Opened:
        """A new conversation with its welcome, in the language of the tag if it is shipped."""
        conversation, token = secrets.token_urlsafe(16), secrets.token_urlsafe(24)
        inbound = Inbound(CHANNEL, conversation, f"{conversation}:open", Said("/start"), hint=language)
        messages = await self.committer.submit(inbound)
        async with self.store.write() as connection:
            await connection.execute(chat.update().where(chat.c.handle == inbound.handle).values(token_hash=hashed(token)))
        spoken = messages[0].body.language if messages else "en"
        return Opened(conversation, token, spoken, messages)

    async def authorised(self, conversation: str, token: str) -> bool:
        """Whether the token opens this conversation."""
        query = select(chat.c.token_hash).where(chat.c.handle == f"{CHANNEL}:{conversation}")
        async with self.store.read() as connection:
            kept = await connection.scalar(query)
        return kept is not None and hmac.compare_digest(kept, hashed(token))

    async def since(self, conversation: str, after: int) -> tuple[Message, ...]:
        """Messages of all authors after a number, oldest first, at most 200."""
        async with self.store.read() as connection:
            return tuple(await chats.messages_since(connection, f"{CHANNEL}:{conversation}", after))

    async def news(self, conversation: str, after: int, timeout: float) -> tuple[Message, ...]:
        """What is newer than `after`, waiting up to `timeout` seconds for it."""
        handle = f"{CHANNEL}:{conversation}"
        fresh = asyncio.Event()
        self._waiting.setdefault(handle, set()).add(fresh)
        try:
            found = await self.since(conversation, after)
            deadline = asyncio.get_running_loop().time() + timeout
            while not found and (left := deadline - asyncio.get_running_loop().time()) > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(fresh.wait(), left)
                fresh.clear()
                found = await self.since(conversation, after)
            return found
        finally:
            self._waiting[handle].discard(fresh)
            if not self._waiting[handle]:
                del self._waiting[handle]

    async def watch(self) -> None:
        """Wakes those who wait, as long as it runs."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                if self._waiting:
                    await self._look()
            except Exception:
                log.exception("no look for news")

    async def _look(self) -> None:
        query = (select(chat.c.handle).join(message).where(message.c.at > self.now() - RECENT, chat.c.handle.like(f"{CHANNEL}:%"))
                 .distinct())
        async with self.store.read() as connection:
            handles = set(await connection.scalars(query))
        for handle in handles & self._waiting.keys():
            for fresh in self._waiting[handle]:
                fresh.set()
