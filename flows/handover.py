"""Between the assistant and the team: who begins a talk, who ends it, and how the assistant takes up where it was."""

from __future__ import annotations

from dataclasses import replace

from locales import Text, _

from . import play, talk
from .replies import Paragraph
from .state import State
from .turn import LeaveTalk, Turn
from .world import World


def leave(state: State, world: World) -> Turn:
    """The person ends the talk; what the team has yet to answer still arrives."""
    turn = back(state, world, _("You are back with the assistant. What the team still has to say will arrive here."))
    return replace(turn, effects=(LeaveTalk(state.talk),))


def handed_back(state: State, world: World, name: str) -> Turn:
    """Somebody of the team ends the talk."""
    return back(state, world, _("{name} of the team has ended the talk.", name=name), _("The assistant is back."))


def taken_over(state: State, reference: str, name: str) -> Turn:
    """Somebody of the team begins to talk, or joins who has asked for it; a talk about another enquiry goes on as this one."""
    return Turn(state if state.talk == reference else state.with_team(reference), (talk.joined(name),))


def back(state: State, world: World, *why: Text) -> Turn:
    """The assistant again, at the very question that was open."""
    return play.resume(replace(state, talk=""), world, *map(Paragraph, why))
