"""Steering a dialogue: start one, go back, change an answer, start over, stop."""

from __future__ import annotations

from dataclasses import replace

from flows import handover, play
from flows.conclusions import ended
from flows.replies import MENU, Choice, say, stale
from flows.state import State
from flows.turn import JoinTalk, Turn
from flows.world import World
from locales import _

from .menus import welcome


def check(state: State, argument: str, world: World) -> Turn:
    """/check."""
    return play.begin(state, "eligibility", world)


def contact(state: State, argument: str, world: World) -> Turn:
    """/contact; a question that was just not understood is passed on as it was asked."""
    turn = play.insert(state, "enquiry", world, _known(state))
    direct = world.notices.reaching(world.language)
    return replace(turn, replies=(say(*direct), *turn.replies)) if direct else turn


def talk_with_team(state: State, argument: str, world: World) -> Turn:
    """/talk; with an enquiry's number, given by buttons, it goes on with that one."""
    if argument:
        return Turn(state, (), (JoinTalk(argument),))
    return play.insert(state, "enquiry", world, {**_known(state), "reach": "talk"})


def assistant(state: State, argument: str, world: World) -> Turn:
    """/assistant ends the talk with the team."""
    if state.talk:
        return handover.leave(state, world)
    return Turn(state, (say(_("You are with the assistant."), choices=(MENU,)),))


def _known(state: State) -> dict[str, str]:
    return {"question": state.missed} if len(state.missed) >= 5 else {}


def interests(state: State, argument: str, world: World) -> Turn:
    """/interests, given by buttons: what announcements should be about."""
    return play.begin(state, "interests", world)


def forget(state: State, argument: str, world: World) -> Turn:
    """/forget, after one question."""
    return play.begin(state, "forget", world)


def stop(state: State, argument: str, world: World) -> Turn:
    """/stop ends the talk with the team or the dialogue; said again, it offers to end announcements too."""
    if state.talk and state.session is None:
        return handover.leave(state, world)
    parked = state.parked if state.talk else None
    after = replace(state, session=None, done=None, missed="", stopped=True, parked=parked)
    if state.session is not None:
        return Turn(after, (say(ended(), choices=(MENU,)),))
    if state.stopped and world.profile.topics:
        offer = Choice("/unsubscribe", _("Stop announcements"))
        return Turn(after, (say(_("Would you like to receive no more announcements either?"), choices=(offer, MENU)),))
    return Turn(after, (say(_("No dialogue is open. You can write again at any time."), choices=(MENU,)),))


def back(state: State, argument: str, world: World) -> Turn:
    """/back."""
    turn = play.step_back(state, world)
    if turn is not None:
        return turn
    return Turn(state, (say(_("There is no earlier question to go back to."), choices=(MENU,)),))


def restart(state: State, argument: str, world: World) -> Turn:
    """/restart: the open flow from its first question, else the welcome."""
    session = state.session or state.done
    if session is None:
        return welcome(state, "", world)
    return play.begin(replace(state, done=None), session.flow, world)


def change(state: State, argument: str, world: World) -> Turn:
    """/change KEY: asks one answer again and keeps the others."""
    turn = play.change(state, argument, world)
    if turn is not None:
        return turn
    if state.session is not None:
        doubt = replace(state, session=state.session.without(argument))
        return play.proceed(doubt, world)
    return Turn(state, (stale(),))
