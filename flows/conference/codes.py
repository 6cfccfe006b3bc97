"""Codes that are typed while registering: an invited guest's, and the one that a partner was given; only their keys are kept."""

from __future__ import annotations

from dataclasses import dataclass

from flows.case.codes import LENGTH, cleaned, key_of
from flows.dialogue import Reading, Unclear, Understood
from flows.world import World
from locales import _


@dataclass(frozen=True)
class AccessCode:
    """An invited guest's code for a conference; only its key is kept."""

    conference: str
    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if len(canonical) == 64 else None

    def label(self, canonical: str) -> str:
        return "•" * LENGTH

    def read(self, text: str, world: World) -> Reading:
        found = world.access(key_of(text))
        if found is None or found.conference != self.conference:
            return Unclear(_("That code does not hold, or is used up. Please look at your invitation, or ask the team."))
        return Understood(found.key)


@dataclass(frozen=True)
class PartnerCode:
    """The code that a partner has been given at their own registration; only its key is kept."""

    conference: str
    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if len(canonical) == 64 else None

    def label(self, canonical: str) -> str:
        return "•" * LENGTH

    def read(self, text: str, world: World) -> Reading:
        word = max(text.split(), key=lambda word: len(cleaned(word)), default="")
        found = world.pair(key_of(word))
        if found is None or found.conference != self.conference:
            return Unclear(_("That code does not hold. Your partner finds the right one with /conferences."))
        return Understood(found.key)
