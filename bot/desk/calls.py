"""Calls for proposals: the versions of the checklist that staff have published, and publishing one more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from aiohttp import web

from bot.cases.calls import all_calls
from bot.cases.publishing import publish
from knowledge.checklist import Call, Item, Owner
from knowledge.checklist.items import SUBMISSION
from knowledge.conferences import REGIONS
from locales import Spoken, Text, languages

from .visit import Visit
from .words import _

MOST_ADDED = 3
LONGEST = 2000  # characters of a text
OWNERS = {"both": _("both sides"), "south": _("the South"), "german": _("the German side")}


async def listed(visit: Visit) -> web.Response:
    """/desk/calls."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """Publishes a version; running checklists move on to it at once if it holds today."""
    read = _read(visit.form)
    if isinstance(read, Text):
        return await _page(visit, read)
    async with visit.office.store.write() as connection:
        moved = await publish(connection, read, visit.member.id, visit.now)
        await visit.record(connection, "call-published", "call", read.valid_from, after={
            "title": dict(read.title.ways), "checklists": moved})
    return visit.back_to("/calls", "published" if read.holds(visit.now.date()) else "published-later")


async def _page(visit: Visit, problem: Text | None = None) -> web.Response:
    async with visit.office.store.read() as connection:
        rows = await all_calls(connection)
    shipped = [item for item in visit.office.live.knowledge.checklist.items if item.id != SUBMISSION]
    return visit.page("calls.html", 200 if problem is None else 422, rows=rows, problem=problem, form=visit.form, items=shipped,
                      regions=REGIONS, owners=OWNERS, languages=languages(), added=range(1, MOST_ADDED + 1), longest=LONGEST,
                      shown=visit.words.value, day=visit.words.value, today=visit.now.date())


def _read(form: Mapping[str, str]) -> Call | Text:
    """The call of a form, or what is wrong with it."""
    days = {name: _day(form.get(name, "")) for name in ("valid_from", "valid_until", "deadline")}
    first, last, deadline = days["valid_from"], days["valid_until"], days["deadline"]
    if any(form.get(name) and day is None for name, day in days.items()) or first is None:
        return _("Please give the first day; days are written as 2027-03-15.")
    if (last and last < first) or (deadline and deadline < first):
        return _("The call ends before it begins.")
    title = _spoken(form, "title")
    if not title:
        return _("Please give the call a name in at least one language.")
    if any(len(text) > LONGEST for text in form.values()):
        return _("A text is too long: at most {most} characters, please.", most=LONGEST)
    left_out = tuple(name.removeprefix("without-") for name in form if name.startswith("without-"))
    regions = tuple(region for region in REGIONS if f"region-{region}" in form)
    return Call(0, title, first, last, deadline, regions, "no_partner" not in form, _spoken(form, "submission"), left_out,
                _added(form, first))


def _added(form: Mapping[str, str], first: date) -> tuple[Item, ...]:
    """Further points; their ids tell the call apart, so that two calls' points are never one."""
    found = []
    for number in range(1, MOST_ADDED + 1):
        title, owner = _spoken(form, f"title{number}"), form.get(f"owner{number}", "both")
        if title and owner in OWNERS:
            explanation = _spoken(form, f"explanation{number}") or title
            found.append(Item(f"call-{first:%Y%m%d}-{number}", "expectations", Owner(owner), title, explanation))
    return tuple(found)


def _spoken(form: Mapping[str, str], field: str) -> Spoken:
    return Spoken(tuple((code, form[f"{field}-{code}"]) for code in languages() if form.get(f"{field}-{code}")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
