"""Enquiries: the list, one of them with all that came of it, and what staff do with it."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import enquiries as kept
from bot.store.enquiries import Enquiry
from bot.store.schema import enquiry
from locales import Text, languages

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

LONGEST = 4000  # characters of a reply
STATUS_NAMES = {"open": _("open"), "answered": _("answered"), "closed": _("closed"), "all": _("all")}
COLUMNS = (
    Column("reference", lambda row: row.reference, _("Enquiry"), enquiry.c.reference),
    Column("status", lambda row: row.status, _("Status"), enquiry.c.status),
    Column("opened_at", lambda row: row.opened_at, _("Received"), enquiry.c.opened_at),
    Column("closed_at", lambda row: row.closed_at),
    Column("language", lambda row: row.language),
    Column("contact", lambda row: row.contact),
    Column("question", lambda row: row.question),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/enquiries: those of a status, those that wait the longest first."""
    filters = (Filter("status", _("Status"), STATUS_NAMES, "open"),
               Filter("language", _("Language"), visit.language_options(languages())),
               Filter("text", _("Number or words of the question")))
    listing = Listing(visit, "enquiries", filters, COLUMNS, "-opened_at")
    if listing.chosen("status") == "open":
        listing = replace(listing, usual="opened_at")
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, select(enquiry).where(*_wanted(listing)), enquiry.c.id)
    return listing.answer("enquiries.html", found, status_names=STATUS_NAMES)


async def shown(visit: Visit) -> web.Response:
    """/desk/enquiries/REFERENCE."""
    return _page(visit, await _asked(visit))


async def reply(visit: Visit) -> web.Response:
    """Answers into the person's chat."""
    asked, text = await _asked(visit), visit.form.get("text", "")
    problem = _problem(text)
    if problem is not None:
        return _page(visit, asked, problem, text)
    async with visit.office.store.write() as connection:
        delivery = await kept.reply(connection, asked.reference, text, visit.member.id, visit.now)
        if delivery is None:
            raise web.HTTPNotFound
        await _record(connection, visit, asked, "enquiry-replied", "answered")
    if delivery.email:
        return visit.back_to(f"/enquiries/{asked.reference}", "replied-email" if delivery.in_chat else "only-email")
    return visit.back_to(f"/enquiries/{asked.reference}", "replied" if delivery.in_chat else "unreachable")


async def close(visit: Visit) -> web.Response:
    """Closes without an answer."""
    asked = await _asked(visit)
    async with visit.office.store.write() as connection:
        await kept.close(connection, asked.reference, visit.now)
        await _record(connection, visit, asked, "enquiry-closed", "closed")
    return visit.back_to(f"/enquiries/{asked.reference}", "closed")


async def reopen(visit: Visit) -> web.Response:
    """Opens again what was answered or closed."""
    asked = await _asked(visit)
    async with visit.office.store.write() as connection:
        await kept.reopen(connection, asked.reference)
        await _record(connection, visit, asked, "enquiry-reopened", "open")
    return visit.back_to(f"/enquiries/{asked.reference}", "reopened")


async def _record(connection: AsyncConnection, visit: Visit, asked: Enquiry, action: str, status: str) -> None:
    await visit.record(connection, action, "enquiry", asked.reference, before={"status": asked.status}, after={"status": status})


async def _asked(visit: Visit) -> Enquiry:
    async with visit.office.store.read() as connection:
        asked = await kept.enquiry_named(connection, visit.request.match_info["reference"])
    if asked is None:
        raise web.HTTPNotFound
    return asked


def _page(visit: Visit, asked: Enquiry, problem: Text | None = None, text: str = "") -> web.Response:
    return visit.page("enquiry.html", 200 if problem is None else 422, asked=asked, problem=problem, text=text, longest=LONGEST,
                      status_names=STATUS_NAMES)


def _problem(text: str) -> Text | None:
    if not text:
        return _("Please write a reply first.")
    if len(text) > LONGEST:
        return _("The reply is too long: at most {most} characters, please.", most=LONGEST)
    return None


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    status, language, text = (listing.chosen(name) for name in ("status", "language", "text"))
    wanted: list[ColumnElement[bool]] = [] if status == "all" else [enquiry.c.status == status]
    if language:
        wanted.append(enquiry.c.language == language)
    if text:
        columns = (enquiry.c.reference, enquiry.c.question)
        wanted.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return wanted
