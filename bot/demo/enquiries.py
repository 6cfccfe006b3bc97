"""Enquiries of all ages and languages: open, answered, closed, opened again, and talked about with a person of the team."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from .player import OffScript, Player
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
    person: Player | None = None
    reference: str = ""

    def scenes(self) -> Iterator[Scene]:
        """When it is asked, and what comes of it."""
        asked = self.said["days_ago"]
        yield Scene(asked, 6, self.is_asked)
        for step in self.said["then"]:
            yield Scene(asked - step["after"], 7, partial(self.goes_on, step))

    async def is_asked(self, stage: Stage) -> None:
        """In the chat, with where the answer should go."""
        channel = "web" if self.address.endswith(("2", "5", "8")) else "telegram"
        self.person = stage.person(channel, self.address, self.said["language"])
        heard = await self.person.plays("/contact", "[consent:yes", self.said["question"], *self._way())
        found = REFERENCE.search(heard)
        if found is None:
            raise OffScript(f"No enquiry came of: {heard}")
        self.reference = found[0]

    async def goes_on(self, step: dict[str, Any], stage: Stage) -> None:
        """The person says more, or the team does something at the desk."""
        await stage.passes(minutes=7)
        if "says" in step and self.person is not None:
            await self.person.plays(*step["says"])
            return
        fields = {name: value for name, value in step.items() if name not in ("after", "do")}
        await stage.editor.sends(f"/enquiries/{self.reference}/{step['do']}", **fields)

    def _way(self) -> tuple[str, ...]:
        if "email" in self.said:
            return ("[reach:email", self.said["email"])
        return ("[reach:talk",) if "talk" in self.said else ("[reach:chat",)


def scenes() -> Iterator[Scene]:
    """All of them."""
    for number, said in enumerate(script("enquiries")):
        yield from Asking(str(FIRST_ADDRESS + number), said).scenes()
