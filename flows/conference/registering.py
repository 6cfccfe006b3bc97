"""Registering for a conference, or changing one's registration: the same dialogue, over the answers that are kept already."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.dialogue import Chat
from flows.kinds import COUNTRY, Line, OneOf, Options, YesNo
from knowledge.regions import programme_region
from locales import Country, Value, _

from .codes import AccessCode, PartnerCode
from .effects import Register
from .kinds import Number, Offered
from .own import PREFIX, applies, asked_of, kind_of, prompt_of
from .people import NAMES, ask_contact, ask_needs
from .summing import sum_up
from .view import GERMAN, SOUTH, Access, Attendee, Conference, PairOffer, Registration

CONSENT = "conference-2026-11"  # name the words of `AGREEMENT` anew whenever they change
AGREEMENT = _(
    "To register you, the programme's team keeps what you enter here, sees it, and writes to you here about the conference. What "
    "you need there is deleted 7 days after it, everything else 180 days after it. A partner who comes with you sees your "
    "municipality, whether you come, and answers that are asked of both together. You can delete all of it with /forget. Do you "
    "agree?"
)
MOST_PEOPLE = 6


class From(Options):
    """From which side somebody comes."""

    SOUTH = _("A municipality in the Global South")
    GERMAN = _("A German municipality or district")


class Company(Options):
    """With or without a partner."""

    CODE = _("With our partner, whose code we have")
    LATER = _("With our partner, who registers later")
    ALONE = _("Without a partner")


@dataclass(frozen=True)
class NoConference:
    """No conference takes registrations now."""


@dataclass(frozen=True)
class TooLate:
    """This one takes none any more, or not yet."""

    conference: Conference


@dataclass(frozen=True)
class NotInvited:
    """It is for other countries; `region` is whose conference would be the right one."""

    conference: Conference
    country: str
    region: str | None


@dataclass(frozen=True)
class NotAgreed:
    """Nothing is kept."""


async def register(chat: Chat) -> Register | NoConference | TooLate | NotInvited | NotAgreed:
    """Everything for one municipality: who comes, with whom, what they need; sent after a summary."""
    conference = await _which(chat)
    if conference is None:
        return NoConference()
    if not conference.takes_registrations(chat.world.now):
        return TooLate(conference)
    mine = _standing(conference)
    access = await _access(chat, conference) if conference.invitation_only and mine is None else None
    if mine is None and await chat.ask("consent", AGREEMENT, OneOf(YesNo)) is YesNo.NO:
        return NotAgreed()
    offer, later = await _company(chat, conference) if mine is None else (None, False)
    side = await _side(chat, access, offer)
    country = await _country(chat, side, access)
    if side == SOUTH and conference.invites(country, chat.world.knowledge.dac) is False:
        return NotInvited(conference, country, programme_region(country, chat.world.knowledge.dac).region)
    await _doubt(chat, conference, side, country)
    municipality = await chat.ask("municipality", _("What is your municipality called?"), Line(2, 100))
    people = await chat.ask("people", _("How many people come from your municipality, you included?"),
                            Number(1, MOST_PEOPLE, MOST_PEOPLE))
    first = await ask_needs(chat, conference, country, await ask_contact(chat, country))
    others = await _others(chat, people, mine)
    known = offer.answers if offer else mine.partner.answers if mine and mine.partner else {}
    answers = await _own(chat, conference, side, dict(known))
    wanted = Register(
        conference.id, chat.world.code, side, municipality, country, (first, *others), tuple(answers.items()), CONSENT,
        access.key if access else "", offer.key if offer else "", later, chat.world.second_code if later else "",
        mine.id if mine else 0)
    await sum_up(chat, conference, wanted)
    return wanted


async def _which(chat: Chat) -> Conference | None:
    """The one that was tapped before or is the only one, else asked."""
    now = chat.world.now
    open_now = [one for one in chat.world.conferences if one.takes_registrations(now)]
    choices: tuple[tuple[str, Value], ...] = tuple((one.slug, one.title) for one in chat.world.conferences)
    if not open_now:
        return None
    slug = await chat.ask("conference", _("Which conference would you like to register for?"),
                          Offered(choices, open=tuple(one.slug for one in open_now)))
    return next(one for one in chat.world.conferences if one.slug == slug)


def _standing(conference: Conference) -> Registration | None:
    mine = conference.mine
    return mine if mine is not None and mine.status.counts else None


async def _access(chat: Chat, conference: Conference) -> Access | None:
    key = await chat.ask("access", _("This conference is for invited guests. Please type the code from your invitation."),
                         AccessCode(conference.slug))
    return chat.world.access(key) or Access(key, conference.slug)  # used up meanwhile: the edge says so


async def _company(chat: Chat, conference: Conference) -> tuple[PairOffer | None, bool]:
    """The partner behind a code, or whether one comes who registers later."""
    company = await chat.ask("company", _("Do you come with your partner municipality? A place is kept for it, and on a waiting "
                                          "list you stay together."), OneOf(Company))
    if company is not Company.CODE:
        return None, company is Company.LATER
    key = await chat.ask("pair", _("Please type your partner's code."), PartnerCode(conference.slug))
    offer = chat.world.pair(key)
    if offer is not None:
        await chat.say(_("You come together with {municipality}, {country}.",
                         municipality=offer.municipality, country=Country(offer.country)))
    return offer or PairOffer(key, conference.slug, "", "", ""), False


async def _side(chat: Chat, access: Access | None, offer: PairOffer | None) -> str:
    given = (access.side if access else "") or (offer.side if offer else "")
    return given or (await chat.ask("side", _("From which side do you come?"), OneOf(From))).id


async def _country(chat: Chat, side: str, access: Access | None) -> str:
    if side == GERMAN:
        return "DE"
    if access and access.country:
        return access.country
    return await chat.ask("country", _("Which country is your municipality in?"), COUNTRY)


async def _doubt(chat: Chat, conference: Conference, side: str, country: str) -> None:
    if side == SOUTH and conference.invites(country, chat.world.knowledge.dac) is None:
        await chat.say(_("Whether municipalities of {country} belong to this conference is not published; the team decides. You "
                         "can register all the same.", country=Country(country)))


async def _others(chat: Chat, people: int, mine: Registration | None) -> tuple[Attendee, ...]:
    """The names of those who come along; what each needs is asked afterwards, one by one."""
    known = mine.attendees if mine else ()
    found: list[Attendee] = []
    for number in range(2, people + 1):
        names = await chat.ask(f"names.{number}", _("What is the name of person {number}? It stands on the badge.",
                                                    number=number), NAMES)
        before = known[number - 1] if number <= len(known) else Attendee(names)
        found.append(replace(before, names=names))
    return tuple(found)


async def _own(chat: Chat, conference: Conference, side: str, known: dict[str, str]) -> dict[str, str]:
    """The conference's own questions; what the partner has answered for both is taken over."""
    answers = dict(known)
    for question in asked_of(conference, side, known):
        if applies(question, answers):
            answers[question.key] = await chat.ask(PREFIX + question.key, prompt_of(question), kind_of(question))
    return answers
