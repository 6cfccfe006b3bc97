"""What the buttons under an announcement lead to; which one was pressed is counted with its delivery."""

from __future__ import annotations

from dataclasses import replace

from flows.conference.steps import conferences, register
from flows.replies import MENU, Choice, say, stale
from flows.state import State
from flows.subscriptions import TOPICS, covered
from flows.turn import Heard, Turn, Unsubscribe
from flows.world import World
from locales import _

from .looking import show_article


def heard(state: State, argument: str, world: World) -> Turn:
    """/heard NUMBER BUTTON TOPIC."""
    number, button, topic = (*argument.split(), "", "", "")[:3]
    if not number.isdecimal() or topic not in TOPICS:
        return Turn(state, (stale(),))
    match button:
        case "register":
            turn = register(state, "", world)
        case "more":
            turn = _more(state, topic, world)
        case "not_interested":
            turn = Turn(state, (say(_("Thank you for telling us."), choices=(_stop(number, topic), MENU)),))
        case "leave":
            text = _("You will receive no more announcements about: {topics}.", topics=TOPICS[topic])
            turn = Turn(state, (say(text, choices=(MENU,)),), (Unsubscribe(covered(topic)),))
        case _:
            return Turn(state, (stale(),))
    return replace(turn, effects=(*turn.effects, Heard(int(number), button)))


def _more(state: State, topic: str, world: World) -> Turn:
    if topic == "conferences":
        return conferences(state, "", world)
    return show_article(state, "how-to-apply" if topic == "calls" else "what-is-the-project", world)


def _stop(number: str, topic: str) -> Choice:
    return Choice(f"/heard {number} leave {topic}", _("Stop these announcements"))
