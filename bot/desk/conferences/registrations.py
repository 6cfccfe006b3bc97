"""Who has registered: the list, its files, and one registration with all that was said."""

from __future__ import annotations

from aiohttp import web

from bot.conferences.exporting import needs, pairs, participants
from bot.conferences.reading import conference_numbered, registration_numbered, registrations_of
from bot.desk.listing import Column, Filter, Listing
from bot.desk.visit import Visit
from bot.desk.words import _
from flows.codes import cleaned, shown_code
from flows.conference.own import answer_label
from flows.conference.people import Diet, diet_label
from flows.conference.view import GERMAN, SOUTH, Attendee, Conference, Registration
from flows.conference.words import STATUSES
from locales import Value

from .editing import found

SIDES = {SOUTH: _("the South"), GERMAN: _("the German side")}
NEEDS = {"interpretation": _("interpretation"), "diet": _("a diet"), "accessibility": _("accessibility"),
         "letter": _("an invitation letter")}


async def listed(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/registrations: in the order in which they came; files hold a row for each person."""
    one = await found(visit)
    async with visit.office.store.read() as connection:
        rows = await registrations_of(connection, one.id)
    listing = Listing(visit, f"conferences/{one.id}/registrations", _filters(visit, rows), _columns(visit), "line")
    chosen = [row for row in rows if _is_wanted(row, listing)]
    if listing.ending:
        return listing.file(participants([one], listing.pick(chosen).rows))
    return listing.answer("registrations.html", listing.pick(chosen), one=one, statuses=STATUSES, sides=SIDES, code=shown_code,
                          shown=visit.words.value)


async def counted(visit: Visit) -> web.Response:
    """What kitchen and interpreters have to count, as a file."""
    return await _file(visit, "needs")


async def paired(visit: Visit) -> web.Response:
    """Who comes together, as a file."""
    return await _file(visit, "pairs")


async def opened(visit: Visit) -> tuple[Conference, Registration]:
    """The registration that the address names, and its conference."""
    async with visit.office.store.read() as connection:
        row = await registration_numbered(connection, visit.number("number"))
        one = await conference_numbered(connection, row.conference) if row else None
    if row is None or one is None:
        raise web.HTTPNotFound
    return one, row


def vocabulary(visit: Visit, one: Conference, row: Registration) -> dict[str, object]:
    """What the page of one registration needs beside it."""
    def said(value: Value) -> str:
        return visit.words.value(value)

    own = [(said(question.words), said(answer_label(question, row.answers.get(question.key, ""))))
           for question in one.questions if row.answers.get(question.key)]
    return {"statuses": STATUSES, "sides": SIDES, "code": shown_code, "shown": said, "diet": lambda kept: said(diet_label(kept)),
            "own": own, "letter_link": f"/r/{row.code}"}


async def _file(visit: Visit, kind: str) -> web.Response:
    one = await found(visit)
    async with visit.office.store.read() as connection:
        rows = await registrations_of(connection, one.id)
    listing = Listing(visit, f"conferences/{one.id}/{kind}", (), _columns(visit), "line")
    return listing.file({"needs": needs, "pairs": pairs}[kind](rows))


def _filters(visit: Visit, rows: list[Registration]) -> tuple[Filter, ...]:
    countries = sorted({row.country for row in rows}, key=lambda code: visit.words.country(code).casefold())
    return (
        Filter("status", _("Status"), {"": _("all"), **{status.value: label for status, label in STATUSES.items()}}),
        Filter("side", _("Side"), {"": _("both"), **SIDES}),
        Filter("country", _("Country"), {"": _("all"), **{code: visit.words.country(code) for code in countries}}),
        Filter("needs", _("Needs"), {"": _("all"), **NEEDS}),
        Filter("text", _("Name, municipality or code")),
    )


def _columns(visit: Visit) -> tuple[Column, ...]:
    """What rows are shown and sorted by; of a file, `participants` makes the columns."""
    return (
        Column("who", lambda row: row.names, _("Who"), lambda row: (row.municipality.casefold(), row.id)),
        Column("country", lambda row: row.country, _("Country"), lambda row: visit.words.country(row.country).casefold()),
        Column("status", lambda row: row.status.value, _("Status"), lambda row: row.status.value),
        Column("people", lambda row: row.people, _("People"), lambda row: row.people, is_number=True),
        Column("line", lambda row: row.place, _("Registered"), lambda row: (row.created_at, row.id)),
    )


def _is_wanted(row: Registration, listing: Listing) -> bool:
    text = listing.chosen("text")
    return (listing.chosen("status") in ("", row.status.value) and listing.chosen("side") in ("", row.side)
            and listing.chosen("country") in ("", row.country) and (not listing.chosen("needs") or _needs(row, listing))
            and (not text or text.casefold() in _searched(row) or cleaned(text) == row.code))


def _needs(row: Registration, listing: Listing) -> bool:
    return any(listing.chosen("needs") in _needed(guest) for guest in row.attendees)


def _needed(guest: Attendee) -> set[str]:
    """What has to be seen to for somebody."""
    found = {"interpretation": guest.interpretation, "diet": guest.diet not in ("", Diet.ANYTHING.id),
             "accessibility": guest.accessibility, "letter": guest.visa}
    return {need for need, value in found.items() if value}


def _searched(row: Registration) -> str:
    partner = row.partner.municipality if row.partner else ""
    return " ".join((row.municipality, partner, *(f"{guest.names} {guest.email}" for guest in row.attendees))).casefold()
