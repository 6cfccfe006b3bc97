"""One person's data: found by what names them, shown, put right, taken out and erased. There is no list to leaf through."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conferences.leaving import end_all
from bot.privacy import person as kept
from bot.privacy.finding import FINDERS
from bot.privacy.holdings import profile_of
from bot.privacy.register import REGISTER
from bot.store.schema import chat
from flows.contacts import is_email
from locales import Text

from .kinds import TABLES
from .visit import Visit, number_in
from .words import _

SEARCHES: Mapping[str, Text] = {
    "enquiry": _("Number of an enquiry (E-7K2M9Q)"),
    "registration": _("Code of a registration"),
    "case": _("Number of a checklist"),
    "chat": _("Chat (telegram:123) or number of the person"),
}
MOST = 50  # rows of one table on the page; the export has all
LONGEST_SHOWN = 5000  # characters of a value: more is a file, which the export has whole


@dataclass(frozen=True)
class Correctable:
    """A value that somebody entered and that may be put right."""

    label: Text
    longest: int
    fits: Callable[[str], bool]
    wrong: Text


def _name(longest: int, *, empty: bool = False) -> Correctable:
    return Correctable(_("Name"), longest, lambda text: (bool(text) or empty) and "\n" not in text and len(text) <= longest,
                       _("Please write a name of one line and at most {most} characters.", most=longest))


EMAIL = Correctable(_("E-mail address"), 254, lambda text: not text or is_email(text),
                    _("That is not a complete e-mail address. Leave it empty for an answer in the chat alone."))
CORRECTABLE: Mapping[tuple[str, str], Correctable] = {
    ("enquiry", "contact"): EMAIL,
    ("case_member", "name"): _name(100),
    ("listener", "name"): _name(60, empty=True),
    ("attendee", "names"): _name(100),
    ("attendee", "role"): _name(100, empty=True),
    ("attendee", "email"): EMAIL,
    ("attendee", "phone"): _name(32, empty=True),
    ("registration", "municipality"): _name(100),
}


async def searched(visit: Visit) -> web.Response:
    """/desk/people: a field for what names the person; one hit leads on to them."""
    by, name = visit.query("by"), visit.query("name")[:200]
    found: list[int] = []
    if by in FINDERS and name:
        async with visit.office.store.read() as connection:
            found = await FINDERS[by](connection, name)
    if len(found) == 1:
        return visit.back_to(f"/people/{found[0]}")
    return visit.page("people.html", searches=SEARCHES, by=by or "enquiry", name=name, found=found)


async def shown(visit: Visit) -> web.Response:
    """/desk/people/NUMBER: everything that is held; that somebody looked is entered."""
    return await _page(visit)


async def correct(visit: Visit) -> web.Response:
    """Puts one value right."""
    number, form = visit.number("number"), visit.form
    table, column, value = form.get("table", ""), form.get("column", ""), form.get("value", "")
    key = number_in(form.get("key", "")) or 0
    rule = CORRECTABLE.get((table, column))
    if rule is None:
        raise web.HTTPNotFound
    if not rule.fits(value):
        return await _page(visit, rule.wrong)
    async with visit.office.store.write() as connection:
        if await kept.row_of(connection, number, table, key) is None:
            raise web.HTTPNotFound
        await kept.correct(connection, table, key, column, value)
        await visit.record(connection, "person-corrected", "person", number, after={"table": table, "row": key, "field": column})
    return visit.back_to(f"/people/{number}", "corrected")


async def exported(visit: Visit) -> web.Response:
    """Everything that is held, as JSON: as the command line gives it."""
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        rows = await _rows(connection, number)
        counts = {table: len(each) for table, each in rows.items()}
        await visit.record(connection, "person-exported", "person", number, after=counts)
    body = json.dumps({"person": number, "held": rows}, ensure_ascii=False, indent=2)
    return web.Response(text=body, content_type="application/json",
                        headers={"Content-Disposition": f'attachment; filename="person-{number}.json"'})


async def erase(visit: Visit) -> web.Response:
    """Erases everything, once the number is typed to confirm it."""
    number = visit.number("number")
    if visit.form.get("confirm") != str(number):
        problem = _("Nothing is erased. Please type the person's number, {number}, to confirm it.", number=number)
        return await _page(visit, problem)
    async with visit.office.store.write() as connection:
        await _rows(connection, number)
        await end_all(connection, number, visit.now)
        counts = await kept.erase(connection, number)
        await visit.record(connection, "person-erased", "person", number, before=counts)
    return visit.back_to("/people", "erased")


async def _page(visit: Visit, problem: Text | None = None) -> web.Response:
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        rows = await _rows(connection, number)
        handles = list(await connection.scalars(select(chat.c.handle).where(chat.c.person_id == number).order_by(chat.c.id)))
        profiles = [(handle, await profile_of(connection, handle)) for handle in handles]
        if problem is None:
            await visit.record(connection, "person-shown", "person", number)
    return visit.page("person.html", 200 if problem is None else 422, number=number, held=rows, profiles=profiles, tables=TABLES,
                      register=REGISTER, most=MOST, problem=problem, correctable=_correctable(rows), written=_written)


def _correctable(rows: kept.Rows) -> list[tuple[str, int, str, Correctable, str]]:
    """Table, row, column, rule and value of what may be put right."""
    return [(table, row["id"] if "id" in row else row["chat_id"], column, rule, row[column] or "")
            for (table, column), rule in CORRECTABLE.items() for row in rows.get(table, ())]


async def _rows(connection: AsyncConnection, number: int) -> kept.Rows:
    rows = await kept.rows_of(connection, number)
    if not rows:
        raise web.HTTPNotFound
    return rows


def _written(value: Any) -> str:
    if value is None or value == "":
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
