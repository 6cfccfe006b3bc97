"""Order per chat: whoever comes first goes first, and other chats go side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Lanes:
    """A lock per key that exists only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: dict[Hashable, asyncio.Lock] = {}
        self._waiting: dict[Hashable, int] = {}

    @property
    def is_busy(self) -> bool:
        """Whether anybody holds a lane or waits for one."""
        return bool(self._locks)

    def is_taken(self, key: Hashable) -> bool:
        """Whether somebody holds this lane."""
        return key in self._locks

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """One at a time per key, in the order of asking."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]
