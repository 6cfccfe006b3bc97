"""Who of the team did what: for administrators only."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.desk_tables import audit

from .deeds import DEEDS, KINDS, PLACES
from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

COMMAND_LINE = "-"  # in the address, since an empty value means everybody
COLUMNS = (
    Column("at", lambda row: row.at, _("When"), audit.c.at),
    Column("who", lambda row: row.name, _("Who"), audit.c.name),
    Column("action", lambda row: row.action, _("What"), audit.c.action),
    Column("kind", lambda row: row.kind, _("On what"), audit.c.kind),
    Column("subject", lambda row: row.subject),
    Column("before", lambda row: written(row.before), _("Before")),
    Column("after", lambda row: written(row.after), _("After")),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/audit: the newest first."""
    async with visit.office.store.read() as connection:
        listing = Listing(visit, "audit", await _filters(visit, connection), COLUMNS, "-at")
        found = await listing.fetch(connection, select(audit).where(*_wanted(listing)), audit.c.id)
    return listing.answer("audit.html", found, deeds=DEEDS, kinds=KINDS, places=PLACES)


def written(facts: dict[str, Any]) -> str:
    """What was before or after, for a file."""
    return json.dumps(facts, ensure_ascii=False) if facts else ""


async def _filters(visit: Visit, connection: AsyncConnection) -> tuple[Filter, ...]:
    names = await connection.scalars(select(audit.c.name).distinct().order_by(audit.c.name))
    people = {name or COMMAND_LINE: name or _("Command line") for name in names}
    return (
        Filter("who", _("Who"), {"": _("everybody"), **people}),
        Filter("action", _("What"), {"": _("everything"), **_sorted(visit, DEEDS)}),
        Filter("kind", _("On what"), {"": _("everything"), **_sorted(visit, KINDS)}),
        Filter("subject", _("Number or name")),
        Filter("since", _("From"), is_date=True),
        Filter("until", _("Until"), is_date=True),
    )


def _sorted(visit: Visit, names: Any) -> dict[str, str]:
    return dict(sorted(((key, visit.say(text)) for key, text in names.items()), key=lambda pair: pair[1].casefold()))


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if who := listing.chosen("who"):
        wanted.append(audit.c.name == ("" if who == COMMAND_LINE else who))
    for name in ("action", "kind", "subject"):
        if chosen := listing.chosen(name):
            wanted.append(audit.c[name] == chosen)
    if since := _day(listing.chosen("since"), listing.visit.now):
        wanted.append(audit.c.at >= since)
    if until := _day(listing.chosen("until"), listing.visit.now):
        wanted.append(audit.c.at < until + timedelta(days=1))
    return wanted


def _day(text: str, now: datetime) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), now.tzinfo)
    except ValueError:
        return None
