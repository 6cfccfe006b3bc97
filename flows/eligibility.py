"""Can this town take part? The questions; the rules stand in `knowledge.eligibility`, the words of the end in `verdict`."""

from __future__ import annotations

from knowledge import eligibility as rules
from locales import _

from .dialogue import Chat
from .kinds import COUNTRY, OneOf, Options, YesNo
from .verdict import Asker, Verdict


class Side(Options):
    """Who writes."""

    SOUTH = _("A municipality in the Global South")
    GERMAN = _("A German municipality or district")
    OTHER = _("An association or somebody else")


class Behalf(Options):
    """Whose case somebody else asks about."""

    SOUTH = _("For a municipality in the Global South")
    GERMAN = _("For a German municipality or district")
    NONE = _("For no municipality")


class GermanPartner(Options):
    """What a Southern municipality has for partners."""

    ONE = _("Yes, one")
    SEVERAL = _("Yes, two or more")
    ELSEWHERE = _("Only in another country")
    NONE = _("No, none")


class SouthernPartner(Options):
    """What a German municipality has for partners."""

    ONE = _("Yes, one")
    SEVERAL = _("Yes, two or more")
    NONE = _("No, none")


class Body(Options):
    """What the German side is."""

    MUNICIPALITY = _("City or municipality")
    DISTRICT = _("District (Landkreis)")


async def eligibility(chat: Chat) -> Verdict:
    """Leads to yes, not yet or no, with who must act and what comes next."""
    side = await chat.ask("side", _("Who is asking?"), OneOf(Side))
    if side is Side.OTHER:
        return await _on_behalf(chat)
    if side is Side.SOUTH:
        return await _southern(chat, Asker.SOUTH)
    return await _german(chat, Asker.GERMAN)


async def _on_behalf(chat: Chat) -> Verdict:
    await chat.say(_("The project is for municipalities: only they can take part. Others can be involved by them."))
    behalf = await chat.ask("behalf", _("For whom would you like to check?"), OneOf(Behalf))
    if behalf is Behalf.NONE:
        return Verdict(rules.NOT_A_MUNICIPALITY, Asker.OTHER)
    return await (_southern if behalf is Behalf.SOUTH else _german)(chat, Asker.OTHER)


async def _southern(chat: Chat, asker: Asker) -> Verdict:
    country = await chat.ask("country", _("Which country is the municipality in?"), COUNTRY)
    standing = rules.countries_ground((country,), chat.world.knowledge.dac, chat.world.today)
    if standing.ground is not rules.Ground.CONDITIONS_MET:
        return Verdict(standing, asker)
    partner = await chat.ask("partner", _("Does it have a partner municipality in Germany?"), OneOf(GermanPartner))
    if partner in (GermanPartner.NONE, GermanPartner.ELSEWHERE):
        return Verdict(rules.no_german_partner(standing), asker, elsewhere=partner is GermanPartner.ELSEWHERE)
    talked = await chat.ask("talked", _("Have you talked with the German partner about taking part?"), OneOf(YesNo))
    several = partner is GermanPartner.SEVERAL
    return Verdict(rules.conditions_met(standing), asker, talked=talked is YesNo.YES, several=several)


async def _german(chat: Chat, asker: Asker) -> Verdict:
    body = await chat.ask("body", _("What is the German side?"), OneOf(Body))
    partner = await chat.ask("abroad", _("Is there a partner municipality in the Global South?"), OneOf(SouthernPartner))
    district = body is Body.DISTRICT
    if partner is SouthernPartner.NONE:
        return Verdict(rules.NO_SOUTHERN_PARTNER, asker, german=True, district=district)
    countries = [await chat.ask("partner_country", _("Which country is the partner municipality in?"), COUNTRY)]
    if partner is SouthernPartner.SEVERAL:
        countries.append(await chat.ask("second_country", _("Which country is the second partner in?"), COUNTRY))
    standing = rules.countries_ground(tuple(dict.fromkeys(countries)), chat.world.knowledge.dac, chat.world.today)
    if standing.ground is not rules.Ground.CONDITIONS_MET:
        return Verdict(standing, asker, german=True, district=district)
    talked = await chat.ask("talked_abroad", _("Have you talked with the partner about taking part?"), OneOf(YesNo))
    several = partner is SouthernPartner.SEVERAL
    return Verdict(rules.conditions_met(standing), asker, german=True, district=district,
                   talked=talked is YesNo.YES, several=several)
