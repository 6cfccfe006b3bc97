"""Opening a case for a pair of municipalities, and joining one with an invitation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.codes import LENGTH, Secret, cleaned, key_of, likest
from flows.dialogue import Chat, Reading, Unclear, Understood
from flows.kinds import COUNTRY, Line, OneOf, Options, YesNo
from flows.verdict import country_sentences
from flows.world import World
from knowledge.checklist import Side
from locales import _

from .view import Invitation, Municipality
from .words import Land

CONSENT = "partnership-2026-11-documents"  # name the words of `AGREEMENT` anew whenever they change
AGREEMENT = _(
    "A checklist is worked on by both municipalities together. Everyone at work on it sees your name and what you enter, and the "
    "programme's team sees how far you are. You can leave at any time; with /forget your name, your notes and your documents are "
    "deleted. Do you agree?"
)
NAME = Line(2, 100)


class Writer(Options):
    """For which side somebody writes."""

    SOUTH = _("The municipality in the Global South")
    GERMAN = _("The German municipality or district")


@dataclass(frozen=True)
class Opening:
    """A pair that wants to begin, and who of it writes."""

    south: Municipality
    german: Municipality
    side: Side
    name: str


@dataclass(frozen=True)
class NotListed:
    """The country is not on the DAC List: there is nothing to begin."""

    country: str


@dataclass(frozen=True)
class Joining:
    """An invitation that is taken up; `municipality` only where the side's entry changes."""

    key: str
    name: str
    municipality: Municipality | None


@dataclass(frozen=True)
class NoInvitation:
    """The code leads nowhere, for whatever reason; more is not said to a stranger."""


@dataclass(frozen=True)
class NotAgreed:
    """Nothing is opened or joined, and nothing kept."""


class Code(Secret):
    """An invitation's code."""

    def read(self, text: str, world: World) -> Reading:
        word = likest(text)
        if len(cleaned(word)) != LENGTH:
            return Unclear(_("An invitation code has {count} letters and digits, such as K7M2Q-9XWTD.", count=LENGTH))
        return Understood(key_of(word))


async def case_start(chat: Chat) -> Opening | NotListed | NotAgreed:
    """Asks for the pair and who writes; the DAC List is looked up on the way."""
    if await chat.ask("consent", AGREEMENT, OneOf(YesNo)) is YesNo.NO:
        return NotAgreed()
    writer = await chat.ask("writer", _("Which municipality do you write for?"), OneOf(Writer))
    country = await chat.ask("country", _("Which country is the municipality in the Global South in?"), COUNTRY)
    status = chat.world.knowledge.dac.status(country, chat.world.today)
    if not status.listed:
        return NotListed(country)
    for sentence in country_sentences(status):
        await chat.say(sentence)
    south = await chat.ask("south", _("What is the municipality in the Global South called?"), NAME)
    german = await chat.ask("german", _("What is the German municipality or district called?"), NAME)
    land = ""
    if writer is Writer.GERMAN:
        land = (await chat.ask("land", _("In which Land is it?"), OneOf(Land))).id
    name = await chat.ask("name", _("Under which name should the others see you?"), NAME)
    side = Side.GERMAN if writer is Writer.GERMAN else Side.SOUTH
    return Opening(Municipality(Side.SOUTH, south, country), Municipality(Side.GERMAN, german, "DE", land), side, name)


async def case_join(chat: Chat) -> Joining | NoInvitation | NotAgreed:
    """Takes an invitation up; who is first on their side sees to their municipality's entry."""
    key = await chat.ask("code", _("Please type the invitation code."), Code())
    invitation = chat.world.invitation(key)
    if invitation is None:
        return NoInvitation()
    await chat.say(_("You are invited to the checklist of {title}, for {municipality}.",
                     title=invitation.title, municipality=invitation.municipality.name))
    if await chat.ask("consent", AGREEMENT, OneOf(YesNo)) is YesNo.NO:
        return NotAgreed()
    municipality = None if invitation.joined else await _own_entry(chat, invitation)
    name = await chat.ask("name", _("Under which name should the others see you?"), NAME)
    return Joining(key, name, municipality)


async def _own_entry(chat: Chat, invitation: Invitation) -> Municipality:
    own = invitation.municipality
    right = await chat.ask("right", _("Your partner has entered your municipality as “{name}”. Is that right?", name=own.name),
                           OneOf(YesNo))
    if right is YesNo.NO:
        own = replace(own, name=await chat.ask("municipality", _("What is your municipality called?"), NAME))
    if own.side is Side.GERMAN:
        own = replace(own, land=(await chat.ask("land", _("In which Land is it?"), OneOf(Land))).id)
    return own
