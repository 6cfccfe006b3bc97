"""Enquiries of all ages and languages: open, answered, closed, and opened again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .player import OffScript
from .scene import Scene
from .scripts import script
from .stage import Stage

FIRST_ADDRESS = 903001
REFERENCE = re.compile(r"E-[2-9A-Z]{6}")


@dataclass
class Asking:
    """One enquiry on its way."""

    address: str
    said: dict[str, Any]
    reference: str = ""

    def scenes(self) -> Iterator[Scene]:
        """When it is asked, and when the team sees to it."""
        asked = self.said["days_ago"]
        yield Scene(asked, 10, self.is_asked)
        if "answer" in self.said:
            yield Scene(asked - 2, 9, self.is_answered)
        if "close" in self.said:
            yield Scene(asked - 1, 9, self.is_closed)
        if "reopen" in self.said:
            yield Scene(asked - 5, 9, self.is_reopened)

    async def is_asked(self, stage: Stage) -> None:
        """By a person who has asked the assistant before."""
        channel = "web" if self.address.endswith(("2", "5", "8")) else "telegram"
        person = stage.person(channel, self.address, self.said["language"])
        way = ["[reach:email", self.said["email"]] if "email" in self.said else ["[reach:chat"]
        heard = await person.plays("/contact", "[consent:yes", self.said["question"], *way)
        found = REFERENCE.search(heard)
        if found is None:
            raise OffScript(f"No enquiry came of: {heard}")
        self.reference = found[0]

    async def is_answered(self, stage: Stage) -> None:
        """By an editor."""
        await stage.editor.sends(f"/enquiries/{self.reference}/reply", text=self.said["answer"])

    async def is_closed(self, stage: Stage) -> None:
        """Without an answer."""
        await stage.editor.sends(f"/enquiries/{self.reference}/close")

    async def is_reopened(self, stage: Stage) -> None:
        """Since there is more to say."""
        await stage.admin.sends(f"/enquiries/{self.reference}/reopen")


def scenes() -> Iterator[Scene]:
    """All of them."""
    for number, said in enumerate(script("enquiries")):
        yield from Asking(str(FIRST_ADDRESS + number), said).scenes()
