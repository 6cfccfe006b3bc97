"""What each command does. Menus, lists and open questions are ordinary handlers beside the flows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows import subscriptions
from flows.case import steps
from flows.commands import Command
from flows.conference import steps as conference
from flows.language import change_language
from flows.state import State
from flows.turn import Turn
from flows.world import World

from . import announcing, hearing, looking, menus, personal, steering

Handler = Callable[[State, str, World], Turn]

HANDLERS: Mapping[str, Handler] = {
    "start": menus.welcome,
    "menu": menus.menu,
    "help": menus.show_help,
    "check": steering.check,
    "contact": steering.contact,
    "talk": steering.talk_with_team,
    "assistant": steering.assistant,
    "forget": steering.forget,
    "back": steering.back,
    "restart": steering.restart,
    "stop": steering.stop,
    "change": steering.change,
    "checklist": steps.checklist,
    "case": steps.case,
    "conferences": conference.conferences,
    "register": conference.register,
    "conf": conference.conf,
    "find": conference.find,
    "interest": conference.interest,
    "ask": looking.show_article,
    "status": looking.status,
    "privacy": personal.about_privacy,
    "mydata": personal.my_data,
    "helped": personal.helped,
    "later": personal.hear_later,
    "staff": personal.staff,
    "language": change_language,
    "subscribe": subscriptions.offer,
    "unsubscribe": subscriptions.leave,
    "interests": steering.interests,
    "heard": hearing.heard,
    "announce": announcing.announce,
}


def carry_out(command: Command, state: State, world: World) -> Turn:
    """The turn of a command."""
    return HANDLERS[command.name](state, command.argument, world)
