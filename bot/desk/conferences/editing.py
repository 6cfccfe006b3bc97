"""Entering a conference and changing it."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conferences.entering import add_conference, change_conference, is_taken
from bot.conferences.notifying import changed as differs
from bot.conferences.notifying import tell_everybody
from bot.conferences.places import hold
from bot.conferences.reading import conference_numbered
from bot.desk.visit import Visit
from bot.desk.words import _
from flows.conference.view import Conference
from knowledge.conferences import REGIONS
from locales import Text, is_country, languages

from .form import ADMISSIONS, LONGEST, Wrong, entered, filled_in

TAKEN = _("Another conference has this name in links already. Please choose another one.")
FRESH = {"country": "DE", "zone": "Europe/Berlin", "hold_hours": "48", "admission": "first_come"}


async def new(visit: Visit) -> web.Response:
    """/desk/conferences/new."""
    return _form(visit, FRESH)


async def add(visit: Visit) -> web.Response:
    """Keeps a new conference as a draft."""
    try:
        made = entered(visit.form)
    except Wrong as wrong:
        return _form(visit, visit.form, problem=wrong.text)
    async with visit.office.store.write() as connection:
        if await is_taken(connection, made.slug):
            return _form(visit, visit.form, problem=TAKEN)
        number = await add_conference(connection, made, visit.member.id, visit.now)
        await visit.record(connection, "conference-added", "conference", number, after=noted(made))
    return visit.back_to(f"/conferences/{number}", "conference-added")


async def edit(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/edit."""
    known = await found(visit)
    return _form(visit, filled_in(known), known)


async def change(visit: Visit) -> web.Response:
    """Keeps it as it is now; places that become free are offered to those who wait."""
    known = await found(visit)
    try:
        changed = entered(visit.form, known)
    except Wrong as wrong:
        return _form(visit, visit.form, known, wrong.text)
    async with visit.office.store.write() as connection:
        if await is_taken(connection, changed.slug, known.id):
            return _form(visit, visit.form, known, TAKEN)
        await change_conference(connection, changed, visit.now)
        news = differs(known, changed) if "tell" in visit.form else None
        if news is not None:
            await tell_everybody(connection, changed, news, visit.now)
        before, after = noted(known), noted(changed)
        altered = [name for name, value in after.items() if before[name] != value]
        await visit.record(connection, "conference-changed", "conference", known.id,
                           before={name: before[name] for name in altered}, after={name: after[name] for name in altered})
    return visit.back_to(f"/conferences/{known.id}", "conference-changed")


async def found(visit: Visit) -> Conference:
    """The conference that the address names."""
    async with visit.office.store.read() as connection:
        known = await conference_numbered(connection, visit.number("number"))
    if known is None:
        raise web.HTTPNotFound
    return known


async def found_again(visit: Visit, connection: AsyncConnection) -> Conference:
    """The same one, locked for this transaction: as it stands after whatever others have done meanwhile."""
    held = await hold(connection, visit.number("number"))
    known = await conference_numbered(connection, held.id) if held is not None else None
    if known is None:
        raise web.HTTPNotFound
    return known


def noted(conference: Conference) -> dict[str, str]:
    """What the audit log keeps of it: its form, which holds nothing of a person's."""
    return filled_in(conference) | {"state": conference.stored.value}


def _form(visit: Visit, form: Mapping[str, str], known: Conference | None = None, problem: Text | None = None) -> web.Response:
    codes = [code for code in map(str, visit.words.locale.territories) if is_country(code)]
    countries = sorted(((code, visit.words.country(code)) for code in codes), key=lambda pair: pair[1].casefold())
    return visit.page(
        "conference_form.html", 200 if problem is None else 422, form=form, known=known, problem=problem, longest=LONGEST,
        regions=named(visit, REGIONS), countries=countries, zones=sorted(available_timezones()),
        admissions=named(visit, ADMISSIONS), languages=ordered_languages(visit))


def named(visit: Visit, options: Mapping[str, Text]) -> list[tuple[str, str]]:
    """The options of a menu in the visitor's language."""
    return [(value, visit.say(label)) for value, label in options.items()]


def ordered_languages(visit: Visit) -> list[str]:
    """The visitor's own first: it is the one they write."""
    return sorted(languages(), key=lambda code: (code != visit.words.language, code != "en", code))
