"""What comes next in a region: what staff have announced, and otherwise what the cycle lets one expect."""

from __future__ import annotations

from flows.replies import Choice
from flows.world import World
from knowledge.conferences import expectation_sentence
from locales import Text, _

from .view import Conference, State
from .words import days, place

COMING = frozenset({State.OPEN, State.FULL, State.CLOSED})


def coming(world: World) -> tuple[Conference, ...]:
    """What is announced and neither past nor cancelled."""
    return tuple(one for one in world.conferences if one.state(world.now) in COMING)


FIND = Choice("/find", _("Which conference is for me?"))


def conference_choices(world: World) -> tuple[Choice, ...]:
    """What leads on from an answer about conferences: registering where one is open, and finding the right one."""
    is_open = any(one.takes_registrations(world.now) for one in world.conferences)
    return (Choice("/register", _("Register for a conference")), FIND) if is_open else (FIND,)


def announced(conference: Conference) -> Text:
    """That a conference is announced, with its days and its place."""
    return _("Announced: {title}. {days}, {place}.", title=conference.title, days=days(conference), place=place(conference))


def next_sentences(region: str, world: World) -> tuple[Text, ...]:
    """The region's next conferences as they are announced, else the expectation."""
    found = tuple(announced(one) for one in coming(world) if one.region == region)
    return found or (expectation_sentence(world.knowledge.conferences, region, world.today),)
