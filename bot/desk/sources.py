"""The sources behind the answers: when each was last read, which are due, and noting that one still says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.store.source_checks import latest_checks, note_check
from knowledge.articles import Article

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

DUE_AFTER = 90  # days
TIMES = {"30": _("not for 30 days"), "90": _("not for 90 days"), "180": _("not for 180 days")}


@dataclass(frozen=True)
class Row:
    """A source as the list shows it; `by` is empty where it was last read for the shipped files."""

    id: str
    title: str
    url: str
    read: date
    by: str
    facts: int
    articles: tuple[Article, ...]
    age: int

    @property
    def is_due(self) -> bool:
        return self.age > DUE_AFTER


COLUMNS = (
    Column("title", lambda row: row.title, _("Source"), lambda row: row.title.casefold()),
    Column("id", lambda row: row.id),
    Column("url", lambda row: row.url),
    Column("read", lambda row: row.read.isoformat(), _("Last read"), lambda row: row.read),
    Column("read_by", lambda row: row.by),
    Column("articles", lambda row: len(row.articles), _("Answers on it"), lambda row: len(row.articles), is_number=True),
    Column("facts", lambda row: row.facts),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/sources: those that were read the longest ago first."""
    filters = (Filter("due", _("Read"), {"": _("all"), **TIMES}), Filter("text", _("Words of the title")))
    listing = Listing(visit, "sources", filters, COLUMNS, "read")
    least, text = int(listing.chosen("due") or 0), listing.chosen("text").casefold()
    rows = [row for row in await _rows(visit) if row.age >= least and text in row.title.casefold()]
    return listing.answer("sources.html", listing.pick(rows), day=visit.words.value, due_after=DUE_AFTER)


async def check(visit: Visit) -> web.Response:
    """Somebody has read the source today, and it says the same."""
    source = visit.office.live.knowledge.library.sources.get(visit.form.get("source", ""))
    if source is None:
        raise web.HTTPNotFound
    today = visit.now.date()
    async with visit.office.store.write() as connection:
        await note_check(connection, source.id, visit.member.id, visit.now)
        await visit.record(connection, "source-checked", "source", source.id, before={"read": source.read.isoformat()},
                           after={"read": today.isoformat()})
    return visit.back_to("/sources", "source-checked")


async def _rows(visit: Visit) -> list[Row]:
    library, today = visit.office.live.knowledge.library, visit.now.date()
    async with visit.office.store.read() as connection:
        checks = await latest_checks(connection)
    used = {source.id: library.resting_on(source.id) for source in library.sources.values()}
    return [Row(source.id, visit.say(source.title), source.url, source.read, checks[source.id].by if source.id in checks else "",
                len(library.facts_of(source.id)), used[source.id], (today - source.read).days)
            for source in library.sources.values()]
