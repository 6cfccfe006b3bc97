"""Badges to print and cut, and the list of who gets one; a page of eight, made by the browser's own printing."""

from __future__ import annotations

from aiohttp import web

from bot.conferences.reading import registrations_of
from bot.desk.visit import Visit
from flows.conference.view import Status

from .editing import found


async def shown(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/badges: all who have a place, by municipality."""
    one = await found(visit)
    async with visit.office.store.read() as connection:
        rows = [row for row in await registrations_of(connection, one.id) if row.status is Status.CONFIRMED]
    badges = [(guest, row) for row in rows for guest in row.attendees]
    by = visit.query("by")
    order = (lambda pair: pair[0].names.casefold()) if by == "name" else (
        lambda pair: (pair[1].municipality.casefold(), pair[0].names.casefold()))
    return visit.page("badges.html", one=one, badges=sorted(badges, key=order), by=by, shown=visit.words.value)
