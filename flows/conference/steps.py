"""The commands about conferences: the list, one of them with what can be done, registering, and being told of the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flows import play
from flows.answers import region_sentences
from flows.codes import key_of
from flows.replies import MENU, Choice, Paragraph, Reply, say, small, stale, strong
from flows.sources import source_lines
from flows.state import State
from flows.subscriptions import CONSENT, REGIONAL
from flows.turn import Described, Effect, Subscribe, Turn
from flows.world import World
from knowledge.conferences import REGIONS, outlook_sentence
from knowledge.finding import Topic
from locales import Text, _, is_country

from . import card as cards
from .coming import FIND, coming
from .effects import Accept, Interested, InvitePartner
from .ending import interests, nothing_open, too_late
from .registering import MOST_PEOPLE
from .summing import kept_answers
from .telling import NOT_YOURS, partner_code
from .view import SIDES, Conference, Status
from .words import step

Step = Callable[[State, Conference, list[str], World], Turn]


def conferences(state: State, argument: str, world: World) -> Turn:
    """/conferences: per region what is announced or expected, in one line each; /conferences REGION tells also of past ones."""
    one_region = argument in REGIONS
    announced = [one for one in coming(world) if not one_region or one.region == argument]
    mine = [one for one in world.conferences if one.mine and one.mine.status.counts and one not in announced]
    source = world.knowledge.library.articles["conference-africa" if one_region else "conferences-cycle"]
    body = [*(strong(cards.line(one, world.now)) for one in (*announced, *mine)),
            *map(Paragraph, region_sentences(argument, world) if one_region else _outlook(announced, world)),
            *map(small, source_lines(source, world))]
    past = () if one_region else tuple(Choice(f"/conferences {id}", name) for id, name in REGIONS.items())
    subscribe = Choice("/subscribe conferences", _("Tell me about new conferences"))
    choices = (*(step(one, "", one.title) for one in (*announced, *mine)), FIND, *past, subscribe, MENU)
    return Turn(replace(state, topic=Topic("next-conference", None, argument or None)), (Reply(tuple(body), choices),))


def _outlook(announced: Sequence[Conference], world: World) -> tuple[Text, ...]:
    """A line for each region in which nothing is announced."""
    known = {one.region for one in announced}
    return tuple(outlook_sentence(world.knowledge.conferences, region, world.today) for region in REGIONS if region not in known)


def register(state: State, argument: str, world: World) -> Turn:
    """/register, or /register SLUG."""
    found = _named(argument, world)
    if found is not None:
        return _register(state, found, [], world)
    if not any(one.takes_registrations(world.now) for one in world.conferences):
        return Turn(state, (nothing_open(world),))
    return play.begin(state, "conf_register", world)


def find(state: State, argument: str, world: World) -> Turn:
    """/find: which conference is for me?"""
    return play.begin(state, "conf_find", world)


def interest(state: State, argument: str, world: World) -> Turn:
    """/interest REGION COUNTRY SIDE, given by buttons; the region is "-" where the team decides which one it is."""
    region, country, side = (*argument.split(), "", "", "")[:3]
    if region not in (*REGIONS, "-") or (country and not is_country(country)) or side not in ("", *SIDES):
        return Turn(state, (say(_("Which region's conference would you like to hear about?"), choices=(*interests(), MENU)),))
    known = REGIONS.get(region)
    topic = REGIONAL.get(region, "conferences")
    text = (_("You will be told here as soon as the next conference is announced: {region}.", region=known) if known
            else _("You will be told here as soon as conferences are announced."))
    kept = _("For this your chat's address, language, region, country and side are kept. You can leave with /unsubscribe.")
    effects: tuple[Effect, ...] = (Subscribe((topic,), CONSENT), Interested(region if known else "", country, side))
    if side and country:
        own = "DE" if side == "german" else country
        effects = (*effects, Described(side, own, partner=country if side == "german" else ""))
    return Turn(state, (say(text, kept, choices=(MENU,)),), effects)


def conf(state: State, argument: str, world: World) -> Turn:
    """/conf SLUG STEP, given by buttons and links; without a known conference the list of them."""
    slug, *rest = argument.split() or [""]
    found = _named(slug, world)
    if found is None:
        return conferences(state, "", world)
    name, *others = rest or ["show"]
    wanted = STEPS.get(name)
    return Turn(state, (stale(),)) if wanted is None else wanted(state, found, others, world)


def pair(state: State, code: str, world: World) -> Turn:
    """A link with a partner's code: registering with it, or linking a registration that is there already."""
    key = key_of(code)
    offer = world.pair(key)
    found = _named(offer.conference, world) if offer else None
    if found is None:
        return Turn(state, (say(_("That code does not hold. Your partner finds the right one with /conferences."),
                                choices=(MENU,)),))
    if found.mine and found.mine.status.counts:
        return play.begin(state, "conf_pair", world, {"conference": found.slug, "pair": key})
    return play.begin(state, "conf_register", world, {"conference": found.slug, "company": "code", "pair": key})


def _named(slug: str, world: World) -> Conference | None:
    return next((one for one in world.conferences if slug and one.slug == slug), None)


def _show(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    return Turn(state, (cards.card(conference, world.now, world.links),))


def _register(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    if conference.mine and conference.mine.status.counts:
        return _show(state, conference, rest, world)
    if not conference.takes_registrations(world.now):
        return Turn(state, (too_late(conference, world),))
    if _is_under_way(state, conference):
        return play.proceed(state, world)
    return play.begin(state, "conf_register", world, {"conference": conference.slug})


def _is_under_way(state: State, conference: Conference) -> bool:
    """Whether this registration has been begun and is open still: what has been answered must not be lost."""
    session = state.session
    return session is not None and session.flow == "conf_register" and session.answers.get("conference") == conference.slug


def _change(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    mine = conference.mine
    if mine is None or not mine.status.counts:
        return _show(state, conference, rest, world)
    if not conference.takes_registrations(world.now):
        return Turn(state, (too_late(conference, world),))
    return play.begin(state, "conf_register", world, kept_answers(conference, mine))


def _accept(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    mine = conference.mine
    if mine is None or mine.status is not Status.OFFERED:
        return Turn(state, (say(NOT_YOURS, choices=(step(conference, "", conference.title), MENU)),))
    return Turn(state, (), (Accept(mine.id),))


def _invite(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    mine = conference.mine
    if mine is None or not mine.status.counts or mine.partner:
        return _show(state, conference, rest, world)
    text = _("It holds for your partner's registration for this conference; codes that you were given before hold no more.")
    return Turn(state, (say(*partner_code(world.code, world.links), text),), (InvitePartner(mine.id, key_of(world.code)),))


def _person(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    known = {"person": rest[0]} if rest and rest[0].isdecimal() and 1 < int(rest[0]) <= MOST_PEOPLE else {}
    return play.begin(state, "conf_person", world, {"conference": conference.slug, **known})


def _programme(state: State, conference: Conference, rest: list[str], world: World) -> Turn:
    return Turn(state, (cards.programme(conference),)) if conference.programme else _show(state, conference, rest, world)


def _dialogue(flow: str) -> Step:
    return lambda state, conference, rest, world: play.begin(state, flow, world, {"conference": conference.slug})


STEPS: Mapping[str, Step] = {
    "show": _show, "register": _register, "change": _change, "accept": _accept, "invite": _invite, "person": _person,
    "programme": _programme, "withdraw": _dialogue("conf_withdraw"), "pair": _dialogue("conf_pair"),
    "feedback": _dialogue("conf_feedback"),
}
