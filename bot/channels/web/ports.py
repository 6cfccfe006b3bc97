"""What the web channel needs of the engine."""

from __future__ import annotations

from typing import Protocol

from bot.messages import Inbound, Message


class Intake(Protocol):
    """Takes in what people send."""

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        """The replies, once they are durable; a key seen before gives the same replies."""


class Opened(Protocol):
    """A new conversation; the token is told once."""

    @property
    def conversation(self) -> str: ...

    @property
    def token(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def messages(self) -> tuple[Message, ...]: ...


class Conversations(Protocol):
    """Web conversations as they are stored."""

    async def open(self, language: str | None) -> Opened:
        """A new conversation with its welcome."""

    async def authorised(self, conversation: str, token: str) -> bool:
        """Whether the token opens this conversation."""

    async def since(self, conversation: str, after: int) -> tuple[Message, ...]:
        """Messages of all authors after a number, oldest first, at most 200."""

    async def news(self, conversation: str, after: int, timeout: float) -> tuple[Message, ...]:
        """What is newer than `after`; waits up to `timeout` seconds for it, then gives nothing."""
