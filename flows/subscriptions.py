"""Announcements: which topics there are, joining and leaving them. Nobody is written to who has not asked for it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.conferences import REGIONS
from locales import Listing, Text, _, listing

from .replies import MENU, Choice, say
from .state import State
from .turn import Subscribe, Turn, Unsubscribe
from .world import World

CONSENT = "announcements-2026-11"  # name the words of `_subscribed` anew whenever they change
TOPICS: dict[str, Text] = {
    "general": _("General news"),
    "calls": _("Calls for proposals"),
    "conferences": _("Conferences"),
}
REGIONAL = {region: f"conferences-{region}" for region in REGIONS}


def offer(state: State, argument: str, world: World) -> Turn:
    """/subscribe: one topic if it is named, else all of them to choose from."""
    if argument in (*TOPICS, "all"):
        return _subscribed(state, tuple(TOPICS) if argument == "all" else (argument,))
    choices = [Choice(f"/subscribe {topic}", label) for topic, label in TOPICS.items()]
    question = _("What would you like to hear about? You can leave again at any time.")
    return Turn(state, (say(question, choices=(*choices, Choice("/subscribe all", _("All of these")), MENU)),))


def leave(state: State, argument: str, world: World) -> Turn:
    """/unsubscribe: one topic if it is named, else all."""
    if not world.profile.topics:
        return Turn(state, (say(_("You receive no announcements."), choices=(MENU,)),))
    topics = (argument,) if argument in TOPICS else tuple(TOPICS)
    text = _("You will receive no more announcements about: {topics}.", topics=_named(topics))
    return Turn(replace(state, stopped=False), (say(text, choices=(MENU,)),), (Unsubscribe(topics),))


def _subscribed(state: State, topics: tuple[str, ...]) -> Turn:
    text = _("You will now receive announcements here about: {topics}. For this your chat's address and language are kept. "
             "You can leave at any time with /unsubscribe.", topics=_named(topics))
    return Turn(state, (say(text, choices=(MENU,)),), (Subscribe(topics, CONSENT),))


def _named(topics: tuple[str, ...]) -> Listing:
    return listing([TOPICS[topic] for topic in topics])
