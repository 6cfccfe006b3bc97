"""Which conference is for whom: by the side and the country, what is announced, what is expected, and what the team decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.dialogue import Chat
from flows.kinds import COUNTRY, OneOf, Options, YesNo
from flows.replies import ASK_TEAM, MENU, Choice, Paragraph, Reply, small, strong
from flows.verdict import country_sentences
from flows.world import World
from knowledge.conferences import REGIONS, expectation_sentence
from knowledge.dac import DacList
from knowledge.regions import programme_region
from locales import Country, Text, _

from .coming import announced, coming, next_sentences
from .view import GERMAN, SOUTH, Conference
from .words import step


class Asker(Options):
    """For whom a conference is looked for."""

    SOUTH = _("For a municipality in the Global South")
    GERMAN = _("For a German municipality or district")


@dataclass(frozen=True)
class Search:
    """Whose conference it is: the country is the Southern municipality's, empty where there is no partner yet."""

    side: str
    country: str = ""
    partner: bool = False


async def find_conference(chat: Chat) -> Search:
    """Asks for the side, the Southern country and the partner."""
    asker = await chat.ask("side", _("For whom are you looking?"), OneOf(Asker))
    if asker is Asker.GERMAN:
        partner = await chat.ask("abroad", _("Is there a partner municipality in the Global South?"), OneOf(YesNo))
        if partner is YesNo.NO:
            return Search(GERMAN)
        country = await chat.ask("partner_country", _("Which country is the partner municipality in?"), COUNTRY)
        return Search(GERMAN, country, partner=True)
    country = await chat.ask("country", _("Which country is the municipality in?"), COUNTRY)
    partner = await chat.ask("partner", _("Does it have a partner municipality in Germany?"), OneOf(YesNo))
    return Search(SOUTH, country, partner is YesNo.YES)


def found(search: Search, world: World) -> Reply:
    """What there is for them; an unclear region is the team's to decide, never refused here."""
    if not search.country:
        return _without_country(world)
    dac = world.knowledge.dac
    region = programme_region(search.country, dac)
    head = strong(headline(search.country, region.region, certain=region.certain))
    status = [Paragraph(text) for text in country_sentences(dac.status(search.country, world.today))]
    fitting = tuple(one for one in coming(world) if _fits(one, search.country, region.region, dac))
    addressed = _addressed(search.country, dac, world.today)
    body = [head, *status, *map(Paragraph, addressed), *map(Paragraph, map(announced, fitting))]
    if not fitting and region.region:
        body.append(Paragraph(expectation_sentence(world.knowledge.conferences, region.region, world.today)))
    body += [Paragraph(_partner(search))]
    body.append(small(_("Regions and years are those of the programme's conference page.")))
    return Reply(tuple(body), (*(step(one, "", one.title) for one in fitting), tell_me(search, region.region), ASK_TEAM, MENU))


def headline(country: str, region: str | None, *, certain: bool) -> Text:
    """Which regional conference a country belongs to, as far as that is published."""
    name = Country(country)
    if region is None:
        return _("For {country} no regional conference is published; which one it could be, the team decides.", country=name)
    if certain:
        return _("For {country} it is the conference of the region {region}.", country=name, region=REGIONS[region])
    return _("For {country} it could be the conference of the region {region}; that is not published, the team decides.",
             country=name, region=REGIONS[region])


def tell_me(search: Search, region: str | None) -> Choice:
    """To be told of the region's next conference."""
    return Choice(f"/interest {region or '-'} {search.country} {search.side}", _("Tell me about the next one"))


def _fits(conference: Conference, country: str, region: str | None, dac: DacList) -> bool:
    """Invited for sure, or left to the team: by the region where it has one."""
    invited = conference.invites(country, dac)
    return invited or (invited is None and region in (None, conference.region))


def _addressed(country: str, dac: DacList, today: date) -> tuple[Text, ...]:
    if dac.lists(country, today):
        return ()
    return (_("Within the regions, the conferences address only countries on the DAC List. Whether a municipality from elsewhere "
              "can come, the team decides."),)


def _partner(search: Search) -> Text:
    if search.partner:
        return _("You are invited to come together with your partner municipality; you can register as a pair.")
    return _("Participants are invited to come together with their partner. Whether one can come without is not published; "
             "please ask the team.")


def _without_country(world: World) -> Reply:
    text = _("Which region's conference is for you depends on the country of your partner municipality. Without one, please ask "
             "the team.")
    lines = [Paragraph(sentence) for region in REGIONS for sentence in next_sentences(region, world)]
    choices = tuple(step(one, "", one.title) for one in coming(world))
    return Reply((strong(text), *lines), (*choices, ASK_TEAM, MENU))
