"""Announcements: which topics there are, joining and leaving them. Nobody is written to who has not asked for it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.conferences import REGIONS
from locales import Listing, Text, _, listing

from .replies import MENU, Choice, say
from .state import State
from .turn import Described, Effect, Subscribe, Turn, Unsubscribe
from .world import World

CONSENT = "announcements-2026-11-b"  # name the words of `_subscribed` anew whenever they change
REGIONAL = {region: f"conferences-{region}" for region in REGIONS}
MAIN = ("general", "calls", "conferences")  # what "all" stands for; "conferences" covers those of every region
TOPICS: dict[str, Text] = {
    "general": _("General news"),
    "calls": _("Calls for proposals"),
    "conferences": _("Conferences"),
    **{topic: _("Conferences: {region}", region=REGIONS[region]) for region, topic in REGIONAL.items()},
}


def offer(state: State, argument: str, world: World) -> Turn:
    """/subscribe: one topic if it is named, else all of them to choose from."""
    if argument in (*TOPICS, "all"):
        return _subscribed(state, MAIN if argument == "all" else (argument,))
    choices = [Choice(f"/subscribe {topic}", label) for topic, label in TOPICS.items()]
    question = _("What would you like to hear about? You can leave again at any time.")
    return Turn(state, (say(question, choices=(*choices, Choice("/subscribe all", _("All of these")), MENU)),))


def leave(state: State, argument: str, world: World) -> Turn:
    """/unsubscribe: one topic if it is named, else all."""
    chosen = world.profile.topics
    if not chosen:
        return Turn(state, (say(_("You receive no announcements."), choices=(MENU,)),))
    left = covered(argument) if argument in TOPICS else tuple(topic for topic in TOPICS if topic in chosen)
    text = _("You will receive no more announcements about: {topics}.", topics=_named(left))
    return Turn(replace(state, stopped=False), (say(text, choices=(MENU,)),), (Unsubscribe(left),))


def covered(topic: str) -> tuple[str, ...]:
    """The topics that one stands for: conferences are those of all regions too."""
    return (topic, *REGIONAL.values()) if topic == "conferences" else (topic,)


def known_of(state: State) -> Described | None:
    """What the person has said of themselves in the eligibility check, open or finished."""
    session = state.session or state.done
    if session is None or session.flow != "eligibility" or "side" not in session.answers:
        return None
    return described(dict(session.answers))


def described(answers: dict[str, str]) -> Described:
    """Side and country out of the answers of the eligibility check."""
    german = "german" in (answers["side"], answers.get("behalf"))
    country = "DE" if german else answers.get("country", "")
    return Described(answers["side"], country, partner=answers.get("partner_country", ""))


def _subscribed(state: State, topics: tuple[str, ...]) -> Turn:
    text = _("You will now receive announcements here about: {topics}. For this your chat's address and language are kept, and "
             "your side and country if you name them. You can leave at any time with /unsubscribe.", topics=_named(topics))
    effects: tuple[Effect, ...] = (Subscribe(topics, CONSENT),)
    known = known_of(state)
    choices = (MENU,) if known else (Choice("/interests", _("Only what concerns us")), MENU)
    return Turn(state, (say(text, choices=choices),), (*effects, known) if known else effects)


def _named(topics: tuple[str, ...]) -> Listing:
    return listing([TOPICS[topic] for topic in topics])
