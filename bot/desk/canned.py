"""Replies kept ready: written once per language, put into the box with the names filled in, and changed before they go."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.inbox_tables import canned_reply
from locales import Text, languages

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

LONGEST, LONGEST_TITLE = 4000, 100
PLACES = ("name", "reference")
PLACE = re.compile(r"\{(\w*)\}")
COLUMNS = (
    Column("title", lambda row: row.title, _("Reply"), canned_reply.c.title),
    Column("language", lambda row: row.language, _("Language"), canned_reply.c.language),
    Column("text", lambda row: row.text),
)


@dataclass(frozen=True)
class Canned:
    """A reply kept ready."""

    id: int
    title: str
    language: str
    text: str

    def filled(self, name: str, reference: str) -> str:
        """The text with the member's name and the enquiry's number in their places."""
        return self.text.replace("{name}", name).replace("{reference}", reference)


async def kept(connection: AsyncConnection, language: str) -> list[Canned]:
    """Those of a language, by title."""
    query = select(canned_reply).where(canned_reply.c.language == language).order_by(canned_reply.c.title)
    return [Canned(row.id, row.title, row.language, row.text) for row in await connection.execute(query)]


async def listed(visit: Visit) -> web.Response:
    """/desk/canned."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """A new one."""
    return await _keep(visit, None)


async def shown(visit: Visit) -> web.Response:
    """/desk/canned/NUMBER: one of them, to be changed."""
    row = await _row(visit)
    return visit.page("canned_reply.html", row=row, problem=None, languages=languages(), longest=LONGEST, form={})


async def change(visit: Visit) -> web.Response:
    """Other words for one of them."""
    return await _keep(visit, await _row(visit))


async def remove(visit: Visit) -> web.Response:
    """One of them is no longer needed."""
    row = await _row(visit)
    async with visit.office.store.write() as connection:
        await connection.execute(delete(canned_reply).where(canned_reply.c.id == row.id))
        await visit.record(connection, "canned-removed", "canned", row.title, before={"text": row.text})
    return visit.back_to("/canned", "canned-removed")


async def _keep(visit: Visit, row: Row[tuple[object, ...]] | None) -> web.Response:
    values = {name: visit.form.get(name, "") for name in ("title", "language", "text")}
    problem = _problem(values)
    try:
        if problem is None:
            async with visit.office.store.write() as connection:
                await _write(connection, visit, row, values)
            return visit.back_to("/canned", "canned-kept")
    except IntegrityError:
        problem = _("There is a reply of that name in this language already. Please choose another name.")
    if row is None:
        return await _page(visit, problem)
    return visit.page("canned_reply.html", 422, row=row, problem=problem, languages=languages(), longest=LONGEST, form=visit.form)


async def _write(connection: AsyncConnection, visit: Visit, row: Row[tuple[object, ...]] | None, values: dict[str, str]) -> None:
    kept = {**values, "staff_id": visit.member.id, "at": visit.now}
    if row is None:
        await connection.execute(insert(canned_reply).values(kept))
        await visit.record(connection, "canned-added", "canned", values["title"], after=values)
    else:
        await connection.execute(update(canned_reply).where(canned_reply.c.id == row.id).values(kept))
        before = {"title": row.title, "language": row.language, "text": row.text}
        await visit.record(connection, "canned-changed", "canned", values["title"], before=before, after=values)


async def _row(visit: Visit) -> Row[tuple[object, ...]]:
    async with visit.office.store.read() as connection:
        query = select(canned_reply).where(canned_reply.c.id == visit.number("number"))
        row: Row[tuple[object, ...]] | None = (await connection.execute(query)).first()
    if row is None:
        raise web.HTTPNotFound
    return row


async def _page(visit: Visit, problem: Text | None = None) -> web.Response:
    filters = (Filter("language", _("Language"), visit.language_options(languages())), Filter("text", _("Words")))
    listing = Listing(visit, "canned", filters, COLUMNS, "title")
    query = select(canned_reply)
    if language := listing.chosen("language"):
        query = query.where(canned_reply.c.language == language)
    if text := listing.chosen("text"):
        query = query.where((canned_reply.c.title + " " + canned_reply.c.text).icontains(text, autoescape=True))
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, query, canned_reply.c.id)
    return listing.answer("canned.html", found, problem, languages=languages(), longest=LONGEST, form=visit.form)


def _problem(values: dict[str, str]) -> Text | None:
    if not values["title"] or not values["text"] or values["language"] not in languages():
        return _("Please give the reply a name, a language and a text.")
    if len(values["text"]) > LONGEST or len(values["title"]) > LONGEST_TITLE:
        return _("The reply is too long: at most {most} characters, please.", most=LONGEST)
    unknown = [name for name in PLACE.findall(values["text"]) if name not in PLACES]
    if unknown:
        return _("{place} cannot be filled in. There are {name} for your name and {reference} for the enquiry's number.",
                 place=f"{{{unknown[0]}}}", name="{name}", reference="{reference}")
    return None
