"""Codes that are typed while registering: an invited guest's, and the one that a partner was given; only their keys are kept."""

from __future__ import annotations

from dataclasses import dataclass

from flows.codes import Secret, key_of, likest
from flows.dialogue import Reading, Unclear, Understood
from flows.world import World
from locales import _


@dataclass(frozen=True)
class AccessCode(Secret):
    """An invited guest's code for a conference."""

    conference: str

    def read(self, text: str, world: World) -> Reading:
        found = world.access(key_of(text))
        if found is None or found.conference != self.conference:
            return Unclear(_("That code does not hold, or is used up. Please look at your invitation, or ask the team."))
        return Understood(found.key)


@dataclass(frozen=True)
class PartnerCode(Secret):
    """The code that a partner has been given at their own registration."""

    conference: str

    def read(self, text: str, world: World) -> Reading:
        found = world.pair(key_of(likest(text)))
        if found is None or found.conference != self.conference:
            return Unclear(_("That code does not hold. Your partner finds the right one with /conferences."))
        return Understood(found.key)
