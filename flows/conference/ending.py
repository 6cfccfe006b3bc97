"""What the dialogues about conferences end with: the words, and what is to be done."""

from __future__ import annotations

from flows.replies import ASK_TEAM, BACK, MENU, Choice, Reply, say
from flows.world import World
from knowledge.conferences import REGIONS
from locales import Country, _

from .coming import FIND, next_sentences
from .dialogues import NotRegistered, Stays
from .effects import ConferenceEffect, Detail, GiveFeedback, JoinPair, Register, Withdraw
from .finding import Search, found
from .registering import NoConference, NotAgreed, NotInvited, TooLate
from .telling import OVERVIEW
from .view import Conference
from .words import STATES, step

OUTCOMES = (Register, Detail, GiveFeedback, JoinPair, Withdraw, Search, NoConference, NotAgreed, NotInvited, TooLate, Stays,
            NotRegistered)
LIST = Choice("/conferences", _("Partnership conferences"))


def conclude_conference(outcome: object, world: World) -> tuple[tuple[Reply, ...], tuple[ConferenceEffect, ...]]:
    """The words and effects of an outcome; how a registration went is said by the edge, which looks at the places."""
    match outcome:
        case Search() as search:
            return (found(search, world),), ()
        case Register() | Detail() | GiveFeedback() | JoinPair() | Withdraw() as effect:
            return (), (effect,)
        case outcome:
            return (_refused(outcome, world),), ()


def _refused(outcome: object, world: World) -> Reply:
    match outcome:
        case TooLate(conference):
            return too_late(conference, world)
        case NotInvited(conference, country, region):
            return _not_invited(conference, country, region)
        case NotAgreed():
            return say(_("Nothing was kept, and you are not registered."), choices=(MENU,))
        case Stays():
            return say(_("Your registration stands."), choices=(LIST, MENU))
        case NotRegistered():
            return say(_("You have no registration that this could be about."), choices=(LIST, MENU))
        case _:
            return nothing_open(world)


def too_late(conference: Conference, world: World) -> Reply:
    """One conference that takes no registrations, and no changes, any more or not yet."""
    text = _("{title}: {state}. No registration or change is possible now.", title=conference.title,
             state=STATES[conference.state(world.now)])
    return say(text, choices=(step(conference, "", OVERVIEW), ASK_TEAM, MENU))


def _not_invited(conference: Conference, country: str, region: str | None) -> Reply:
    text = _("{title} is for municipalities of other countries than {country}. If you were invited all the same, please ask the "
             "team.", title=conference.title, country=Country(country))
    other = (_("For {country} it is the conference of the region {region}.", country=Country(country),
               region=REGIONS[region]),) if region and region != conference.region else ()
    return say(text, *other, choices=(BACK, FIND, ASK_TEAM, MENU))


def nothing_open(world: World) -> Reply:
    """No conference takes registrations: what is expected, and how to hear of it."""
    lines = [sentence for region in REGIONS for sentence in next_sentences(region, world)]
    return say(_("No conference is open for registration now."), *lines, choices=(FIND, *interests(), ASK_TEAM, MENU))


def interests() -> tuple[Choice, ...]:
    """To be told of a region's next conference."""
    return tuple(Choice(f"/interest {region}", _("Tell me: {region}", region=name)) for region, name in REGIONS.items())
