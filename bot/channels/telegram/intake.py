"""What this channel needs of the engine."""

from __future__ import annotations

from typing import Protocol

from bot.messages import Inbound, Message


class Intake(Protocol):
    """Takes messages in."""

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        """The replies, once the message and they are durable; a duplicate gets the same ones."""


class Team(Protocol):
    """Takes in what the team replies in its group."""

    async def answered(self, handle: str, told: str, text: str, key: str) -> str:
        """What to say in the group when this is durable, "" for nothing; `handle` is the chat of who has replied.

        `told` is what they replied to; a second one of the same key changes nothing.
        """


class Presence(Protocol):
    """Learns, where somebody cares, what Telegram tells about chats besides messages."""

    async def reached(self, handle: str, is_open: bool) -> None:
        """The chat, with all conversations in it, can be written to again, or no longer."""

    async def moved(self, old: str, new: str) -> None:
        """The group of the first handle now has the second one."""
