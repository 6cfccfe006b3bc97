"""All conferences, and one of them at a glance."""

from __future__ import annotations

from collections import Counter

from aiohttp import web

from bot.conferences.reading import conferences, registrations_of
from bot.desk.listing import Column, Filter, Listing
from bot.desk.visit import Visit
from bot.desk.words import _, day
from flows.conference.view import Conference, Registration, State, Status
from flows.conference.words import STATUSES
from knowledge.conferences import REGIONS

from .editing import found

STATES = {
    State.DRAFT: _("draft"), State.OPEN: _("open"), State.FULL: _("full"), State.CLOSED: _("closed"), State.PAST: _("past"),
    State.CANCELLED: _("cancelled"),
}


async def listed(visit: Visit) -> web.Response:
    """/desk/conferences: the latest first."""
    filters = (
        Filter("state", _("State"), {"": _("all"), **{state.value: label for state, label in STATES.items()}}),
        Filter("region", _("Region"), {"": _("all"), **REGIONS}), Filter("text", _("Title or city")))
    listing = Listing(visit, "conferences", filters, _columns(visit), "-first")
    async with visit.office.store.read() as connection:
        rows = await conferences(connection)
    rows = [one for one in rows if listing.chosen("state") in ("", one.state(visit.now).value)
            and listing.chosen("region") in ("", one.region) and listing.chosen("text").casefold() in _searched(one)]
    return listing.answer("conferences.html", listing.pick(rows), states=STATES, state=lambda one: one.state(visit.now),
                          shown=visit.words.value, regions=REGIONS, day=lambda when: day(when, visit.words))


async def shown(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER."""
    one = await found(visit)
    async with visit.office.store.read() as connection:
        rows = await registrations_of(connection, one.id)
    return visit.page("conference.html", one=one, state=one.state(visit.now), states=STATES, shown=visit.words.value,
                      regions=REGIONS, statuses=STATUSES, counts=counts(rows), people=people(rows),
                      here=len([1 for row in rows for guest in row.attendees if guest.checked_in_at]),
                      address=f"{visit.origin}/conferences/{one.slug}")


def counts(rows: list[Registration]) -> Counter[Status]:
    """How many registrations there are of each status."""
    return Counter(row.status for row in rows)


def people(rows: list[Registration]) -> Counter[Status]:
    """How many people are registered with each status."""
    found: Counter[Status] = Counter()
    for row in rows:
        found[row.status] += row.people
    return found


def _columns(visit: Visit) -> tuple[Column, ...]:
    def title(one: Conference) -> str:
        return visit.words.value(one.title)

    return (
        Column("title", title, _("Conference"), lambda one: title(one).casefold()),
        Column("state", lambda one: one.state(visit.now).value, _("State"), lambda one: one.state(visit.now).value),
        Column("first", lambda one: one.first.isoformat(), _("Days"), lambda one: (one.first, one.id)),
        Column("last", lambda one: one.last.isoformat()),
        Column("city", lambda one: one.city),
        Column("region", lambda one: one.region),
        Column("places", lambda one: one.places),
        Column("taken", lambda one: one.taken, _("Places taken"), lambda one: one.taken),
        Column("waiting", lambda one: one.waiting, _("Waiting"), lambda one: one.waiting, is_number=True),
    )


def _searched(one: Conference) -> str:
    return " ".join((one.city, *(text for _language, text in one.title.ways))).casefold()
