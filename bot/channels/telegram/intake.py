"""What this channel needs of the engine."""

from __future__ import annotations

from typing import Protocol

from bot.messages import Inbound, Message


class Intake(Protocol):
    """Takes messages in."""

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        """The replies, once the message and they are durable; a duplicate gets the same ones."""


class Presence(Protocol):
    """Learns, where somebody cares, what Telegram tells about chats besides messages."""

    async def reached(self, handle: str, is_open: bool) -> None:
        """The chat, with all conversations in it, can be written to again, or no longer."""

    async def moved(self, old: str, new: str) -> None:
        """The group of the first handle now has the second one."""
