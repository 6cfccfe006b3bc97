"""So that only what concerns them is sent: on which side and in which country subscribers are, and how to address them."""

from __future__ import annotations

from locales import _

from .dialogue import Chat
from .eligibility import Side
from .kinds import COUNTRY, Line, OneOf
from .turn import Described

NAMELESS = "-"


async def interests(chat: Chat) -> Described:
    """Asks for no more than what announcements are chosen by."""
    side = await chat.ask("side", _("Who receives the announcements?"), OneOf(Side))
    if side is Side.GERMAN:
        partner = await chat.ask("partner_country", _("Which country is the partner municipality in?"), COUNTRY)
        return Described(side.id, "DE", partner, await _name(chat))
    country = await chat.ask("country", _("Which country is the municipality in?"), COUNTRY)
    return Described(side.id, country, name=await _name(chat))


async def _name(chat: Chat) -> str:
    name = await chat.ask("name", _("How should announcements address you? Write a name, or “-” for none."), Line(1, 60))
    return "" if name == NAMELESS else name
