"""How often one conversation or one address may write: token buckets, generous for people, tight for floods."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from aiohttp import web

from . import problems

MOST_KEPT = 20_000


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many more each second."""

    burst: int
    per_second: float


OPENING = Rate(120, 2)  # conversations, per address: a whole conference may sit behind one
WRITING = Rate(600, 20)  # messages, per address
TALKING = Rate(100, 5)  # messages, per conversation
UPLOADING = Rate(60, 0.5)  # files, per address
MOST_UPLOADS = 8  # at once, since each is held in memory until it is looked into


class Limiter:
    """Counts per key; the keys seen longest ago are forgotten."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str | None) -> None:
        """Counts one; no key is not counted.

        Raises Problem (429) where nothing is left.
        """
        if key is None:
            return
        now = self._clock()
        left, since = self._left.pop(key, (float(self._rate.burst), now))
        left = min(self._rate.burst, left + (now - since) * self._rate.per_second)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        if left < 1:
            raise problems.too_many((1 - left) / self._rate.per_second)


def address_of(request: web.Request) -> str | None:
    """The sender's IP address (IPv6: its /64 network); None for this machine itself, which is a proxy that does not tell.

    X-Forwarded-For is believed from private addresses only, and there its last entry, which the proxy itself has added.
    """
    try:
        peer = ip_address(request.remote or "")
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if peer.is_private and forwarded:
            peer = ip_address(forwarded)
    except ValueError:
        return None
    if peer.is_loopback:
        return None
    return str(peer) if not isinstance(peer, IPv6Address) else str(IPv6Address(int(peer) >> 64 << 64))


@dataclass(frozen=True)
class Limits:
    """The limits that page and API share."""

    opening: Limiter
    writing: Limiter
    talking: Limiter
    uploading: Limiter = field(default_factory=lambda: Limiter(UPLOADING))
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_UPLOADS))

    @classmethod
    def usual(cls, clock: Callable[[], float] = time.monotonic) -> Limits:
        """The limits of production."""
        return cls(Limiter(OPENING, clock), Limiter(WRITING, clock), Limiter(TALKING, clock), Limiter(UPLOADING, clock))

    def open(self, request: web.Request) -> None:
        """Counts a new conversation."""
        self.opening.take(address_of(request))

    def write(self, request: web.Request, conversation: str) -> None:
        """Counts a message."""
        self.writing.take(address_of(request))
        self.talking.take(conversation)

    @asynccontextmanager
    async def upload(self, request: web.Request) -> AsyncIterator[None]:
        """Counts a file before it is read, and waits while too many others are being read."""
        self.uploading.take(address_of(request))
        async with self.uploads:
            yield
