"""/announce, for staff: without more it begins to compose; with a number it tells how one is doing, and steers it."""

from __future__ import annotations

from flows import play
from flows.replies import MENU, say
from flows.state import State
from flows.turn import SteerAnnouncement, Turn
from flows.world import World
from locales import _

STEPS = ("status", "pause", "resume", "stop", "approve")


def announce(state: State, argument: str, world: World) -> Turn:
    """/announce, /announce 12, /announce stop 12."""
    if world.office.role not in ("editor", "admin"):
        text = _("Only the team can do this. If you belong to it, link this chat first: /staff with a code from the desk.")
        return Turn(state, (say(text, choices=(MENU,)),))
    if not argument:
        return play.begin(state, "announce", world)
    step, _space, number = argument.rpartition(" ")
    if not number.isdecimal() or (step or "status") not in STEPS:
        text = _("Please write /announce, or one of these with the announcement's number: {steps}.",
                 steps=", ".join(f"/announce {one} 12" for one in STEPS))
        return Turn(state, (say(text),))
    return Turn(state, (), (SteerAnnouncement(step or "status", int(number)),))
