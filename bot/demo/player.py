"""Somebody who writes to the assistant in a demonstration: lines as they would be typed, buttons as they would be tapped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from bot.engine.engine import Engine
from bot.messages import Inbound, Message
from flows.turn import Incoming, Pressed, Said


class OffScript(Exception):
    """The assistant has changed, and the demonstration's script leads nowhere."""


@dataclass
class Player:
    """One chat with its language; "[key:option" presses the last replies' button whose id begins so, "?[" the same where there is
    one, "![" a button by its whole id wherever it stands, and all else is typed.
    """

    engine: Engine
    channel: str
    address: str
    language: str
    replies: tuple[Message, ...] = ()

    @property
    def handle(self) -> str:
        return f"{self.channel}:{self.address}"

    async def plays(self, *lines: str) -> str:
        """Says the lines, one after the other; returns all that comes back to the last one."""
        for line in lines:
            await self.says(line)
        return self.heard

    async def says(self, line: str) -> None:
        """One line."""
        match line[:2]:
            case "![":
                await self.taps(line[2:])
            case "?[":
                if self.offered(line[2:]):
                    await self.says(line[1:])
            case _:
                await self._sends(self._pressed(line[1:]) if line.startswith("[") else Said(line))

    async def taps(self, choice: str) -> None:
        """A button of some other message, by its id."""
        await self._sends(Pressed(choice))

    async def _sends(self, said: Incoming) -> None:
        key = f"example-{self.address}-{uuid4().hex}"
        self.replies = await self.engine.submit(Inbound(self.channel, self.address, key, said, hint=self.language))

    @property
    def heard(self) -> str:
        """All words of the last replies."""
        return "\n\n".join(reply.body.text for reply in self.replies)

    def offered(self, beginning: str) -> str:
        """The first button of the last replies whose id begins so; empty where there is none."""
        ids = (button.id for reply in self.replies for button in reply.body.buttons)
        return next((id for id in ids if id.startswith(beginning)), "")

    def _pressed(self, beginning: str) -> Incoming:
        choice = self.offered(beginning)
        if not choice:
            raise OffScript(f"{self.handle} finds no button {beginning!r} under: {self.heard[:300]}")
        return Pressed(choice)
