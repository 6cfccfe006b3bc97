"""Pairs of municipalities at several stages of their checklists, and a call that asks for one more point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from .player import OffScript, Player
from .scene import Scene
from .scripts import script
from .stage import Stage

FIRST_ADDRESS = 905001
CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}")
NUMBER = re.compile(r"/case (\d+) ")
IN_DAYS = re.compile(r"\{in (\d+)\}")
POINTS = ("talked", "agreement", "long-term", "staff", "participation", "departments", "stakeholders")
CALL_OPENS, DEADLINE = 31, 60  # so many days ago, in so many days


@dataclass
class Pair:
    """Two municipalities and their checklist; `people` are who has come in on each side."""

    said: dict[str, Any]
    address: int
    people: dict[str, Player]
    number: str = ""

    def scenes(self) -> Iterator[Scene]:
        """From the first day to the last act."""
        yield Scene(self.said["days_ago"], 12, self.begins)
        for act in self.said["acts"]:
            yield Scene(act["days_ago"], 14, partial(self.acts, act))

    async def begins(self, stage: Stage) -> None:
        """The South opens the checklist and invites, and the German side comes in, if it does."""
        south, german = self.said["south"], self.said["german"]
        ana = self.people["south"] = stage.person("telegram", str(self.address), south["language"])
        await ana.plays("/checklist", "[/case start", "[consent:yes", "[writer:south", south["country"], south["name"],
                        german["name"], south["person"])
        found = NUMBER.match(ana.offered("/case "))
        if found is None:
            raise OffScript(f"No checklist came of: {ana.heard}")
        self.number = found[1]
        code = CODE.search(await ana.plays(f"[/case {self.number} invite german"))
        await stage.passes(minutes=20)
        if code is not None and german["person"]:
            bernd = self.people["german"] = stage.person("web", str(self.address + 1), "de")
            await bernd.plays(f"/start join-{code[0]}", "[consent:yes", "[right:yes", f"[land:{german['land']}", german["person"])

    async def acts(self, act: dict[str, Any], stage: Stage) -> None:
        """One side does something, or the team writes a note."""
        if act["who"] == "team":
            await stage.editor.sends(f"/cases/{self.number}/note", item=act["item"], text=act["text"])
            return
        lines = _all_done() if "all" in act else act["lines"]
        await self.people[act["who"]].plays(*(self._filled(line, stage) for line in lines))

    def _filled(self, line: str, stage: Stage) -> str:
        today = stage.clock().date()
        line = IN_DAYS.sub(lambda found: f"{today + timedelta(days=int(found[1])):%d.%m.%Y}", line)
        return line.replace("{n}", self.number)


def scenes() -> Iterator[Scene]:
    """All pairs, and the call."""
    read = script("cases")
    for number, said in enumerate(read["pairs"]):
        yield from Pair(said, FIRST_ADDRESS + 2 * number, {}).scenes()
    yield Scene(CALL_OPENS, 7, partial(_call, read["call"]))


async def _call(texts: dict[str, str], stage: Stage) -> None:
    today = stage.clock().date()
    await stage.editor.sends("/calls", valid_from=today.isoformat(), deadline=(stage.opened_at.date() + timedelta(days=DEADLINE)
                                                                               ).isoformat(), **texts)


def _all_done() -> Sequence[str]:
    return [f"![/case {{n}} set {point} done 0" for point in POINTS]
