"""When the next message may go, after Telegram has asked for patience (429).

The error does not say whether one chat got too much (about one message a second) or the whole bot sends too much. It is the
chat's own limit if that chat was written to a moment ago; then the others need not wait.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

GROUP_MEMORY, PRIVATE_MEMORY = 60.0, 3.0  # seconds within which an earlier message may be what was too much
SLOW_FOR = 60.0  # seconds of careful sending after a 429
ALL_SPACING, PRIVATE_SPACING, GROUP_SPACING = 1 / 25, 1.0, 3.0  # seconds between messages meanwhile


class NotYet(Exception):
    """Telegram wants a longer silence than a sender should wait for."""


@dataclass
class Gate:
    """Closed until `opens`, then lets one through every `spacing` seconds until `careful_until`."""

    spacing: float
    opens: float = 0.0
    careful_until: float = 0.0

    def close(self, now: float, seconds: float) -> None:
        """Nobody goes through for so long."""
        self.opens = max(self.opens, now + seconds)
        self.careful_until = self.opens + SLOW_FOR

    def reserve(self, now: float) -> float:
        """Takes the next slot and returns the seconds until it."""
        start = max(self.opens, now)
        if start < self.careful_until:
            self.opens = start + self.spacing
        return start - now


@dataclass
class Pace:
    """One gate for the bot, and one for each chat that was too fast."""

    longest_wait: float = 30.0
    clock: Callable[[], float] = time.monotonic
    _all: Gate = field(default_factory=lambda: Gate(ALL_SPACING))
    _chats: dict[int, Gate] = field(default_factory=dict)
    _written: OrderedDict[int, float] = field(default_factory=OrderedDict)

    async def turn(self, chat: int) -> None:
        """Waits until this chat may be written to.

        Raises NotYet instead of waiting longer than `longest_wait`.
        """
        now = self.clock()
        gates = [self._all, *(gate for gate in [self._chats.get(chat)] if gate)]
        wait = max(gate.opens - now for gate in gates)
        if wait > self.longest_wait:
            raise NotYet(f"Telegram wants {wait:.0f} s of silence")
        wait = max(gate.reserve(now) for gate in gates)
        if wait > 0:
            await asyncio.sleep(wait)

    def too_soon(self, chat: int) -> float:
        """Seconds for which a message that can wait should leave this chat alone: one a second, or as Telegram has asked."""
        now = self.clock()
        gate = self._chats.get(chat)
        return max(self._written.get(chat, -PRIVATE_SPACING) + PRIVATE_SPACING - now, gate.opens - now if gate else 0.0)

    def wrote(self, chat: int) -> None:
        """A message has gone to this chat."""
        now = self.clock()
        self._written[chat] = now
        self._written.move_to_end(chat)
        while next(iter(self._written.values())) < now - GROUP_MEMORY:
            self._written.popitem(last=False)
        gate = self._chats.get(chat)
        if gate is not None and gate.careful_until < now:
            del self._chats[chat]
        elif gate is not None:
            gate.opens = now + gate.spacing  # counted from when Telegram had it, however long that took

    def slow_down(self, chat: int, seconds: float) -> bool:
        """Telegram has refused a message to this chat for so many seconds; whether all chats have to wait."""
        now, is_group = self.clock(), chat < 0
        memory = GROUP_MEMORY if is_group else PRIVATE_MEMORY
        if now - self._written.get(chat, -memory) < memory:
            self._chats.setdefault(chat, Gate(GROUP_SPACING if is_group else PRIVATE_SPACING)).close(now, seconds)
            return False
        self._all.close(now, seconds)
        return True
