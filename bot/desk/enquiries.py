"""Enquiries: the list, one of them with all that came of it, and what staff do with it."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import ColumnElement, func, or_, select

from bot.store import enquiries as kept
from bot.store.enquiries import Enquiry
from bot.store.schema import enquiry
from locales import Text

from .paging import ROWS, Paging
from .visit import Visit
from .words import _

LONGEST = 4000  # characters of a reply
STATUS_NAMES = {"open": _("open"), "answered": _("answered"), "closed": _("closed"), "all": _("all")}


async def listed(visit: Visit) -> web.Response:
    """/desk/enquiries: those of a status, those that wait the longest first."""
    status = visit.query("status") or "open"
    wanted = _wanted(status, visit.query("text"))
    order = enquiry.c.opened_at.asc() if status == "open" else enquiry.c.opened_at.desc()
    async with visit.office.store.read() as connection:
        total = await connection.scalar(select(func.count()).select_from(enquiry).where(*wanted)) or 0
        paging = Paging.of(visit, total, "status", "text")
        rows = list(await connection.execute(
            select(enquiry).where(*wanted).order_by(order, enquiry.c.id).offset(paging.start).limit(ROWS)))
    return visit.page("enquiries.html", rows=rows, paging=paging, chosen=status, status_names=STATUS_NAMES)


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
    if delivery.email:
        return visit.back_to(f"/enquiries/{asked.reference}", "replied-email" if delivery.in_chat else "only-email")
    return visit.back_to(f"/enquiries/{asked.reference}", "replied" if delivery.in_chat else "unreachable")


async def close(visit: Visit) -> web.Response:
    """Closes without an answer."""
    asked = await _asked(visit)
    async with visit.office.store.write() as connection:
        await kept.close(connection, asked.reference, visit.now)
    return visit.back_to(f"/enquiries/{asked.reference}", "closed")


async def reopen(visit: Visit) -> web.Response:
    """Opens again what was answered or closed."""
    asked = await _asked(visit)
    async with visit.office.store.write() as connection:
        await kept.reopen(connection, asked.reference)
    return visit.back_to(f"/enquiries/{asked.reference}", "reopened")


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


def _wanted(status: str, text: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [] if status == "all" else [enquiry.c.status == status]
    if text:
        columns = (enquiry.c.reference, enquiry.c.question)
        wanted.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return wanted
