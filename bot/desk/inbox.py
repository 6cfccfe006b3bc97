"""The inbox: enquiries and talks in one list, with what is new to whoever looks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.inbox.entries import newest
from bot.inbox.finding import Wish, countries, tags, unread, wished
from bot.store.schema import enquiry, staff
from locales import Country, Text, languages

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

STATUS_NAMES = {"open": _("open"), "talk": _("talking now"), "answered": _("answered"), "closed": _("closed"), "all": _("all")}
SIDES = {"south": _("Global South"), "german": _("Germany")}
WHO = {"": _("everybody"), "mine": _("me"), "nobody": _("nobody yet")}
COLUMNS = (
    Column("reference", lambda row: row.reference, _("Enquiry"), enquiry.c.reference),
    Column("status", lambda row: row.status, _("Status"), enquiry.c.status),
    Column("assignee", lambda row: row.assignee, _("Seen to by"), staff.c.name),
    Column("opened_at", lambda row: row.opened_at, _("Received"), enquiry.c.opened_at),
    Column("last_at", lambda row: row.last_at, _("Last word"), enquiry.c.last_at),
    Column("closed_at", lambda row: row.closed_at),
    Column("language", lambda row: row.language),
    Column("side", lambda row: row.side),
    Column("country", lambda row: row.country),
    Column("tags", lambda row: row.tags),
    Column("contact", lambda row: row.contact),
    Column("question", lambda row: row.question),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/enquiries: those of a status; of the open ones, those that wait the longest first."""
    async with visit.office.store.read() as connection:
        listing = Listing(visit, "enquiries", await _filters(visit, connection), COLUMNS, "-opened_at")
        if listing.chosen("status") == "open":
            listing = replace(listing, usual="opened_at")
        query = await wished(connection, _wish(listing), visit.member.id)
        found = await listing.fetch(connection, query, enquiry.c.id)
        last = {} if listing.ending else await newest(connection, [row.id for row in found.rows])
        new = (await unread(connection, [visit.member.id]))[visit.member.id]
    return listing.answer("inbox.html", found, status_names=STATUS_NAMES, sides=SIDES, last=last, new=new,
                          country=lambda code: country_name(visit, code))


def country_name(visit: Visit, code: str) -> str:
    """A country in the visitor's language."""
    return visit.words.value(Country(code))


async def _filters(visit: Visit, connection: AsyncConnection) -> tuple[Filter, ...]:
    names = sorted((country_name(visit, code), code) for code in await countries(connection))
    used = {tag: tag for tag in await tags(connection)}
    everything: dict[str, Text | str] = {"": _("all")}
    return (
        Filter("status", _("Status"), STATUS_NAMES, "open"),
        Filter("who", _("Seen to by"), WHO),
        Filter("new", _("New words"), {"": _("all"), "yes": _("unread")}),
        Filter("language", _("Language"), visit.language_options(languages())),
        Filter("country", _("Country"), everything | {code: name for name, code in names}),
        Filter("tag", _("Tag"), everything | used),
        Filter("text", _("Number or words")),
    )


def _wish(listing: Listing) -> Wish:
    chosen: dict[str, Any] = {name: listing.chosen(name) for name in ("who", "language", "country", "tag", "text")}
    status = listing.chosen("status")
    return Wish(status="" if status == "all" else status, unread=listing.chosen("new") == "yes", **chosen)


async def live(visit: Visit) -> web.StreamResponse:
    """/desk/live: what is new, as server-sent events."""
    return await visit.office.watch.serve(visit.request, visit.member.id)
