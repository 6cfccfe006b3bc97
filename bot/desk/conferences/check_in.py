"""The entrance, on a phone: a name or a code, one press, undone by another; what was pressed without a connection comes later."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.conferences.entrance import arrived, press, pressed_at, tally
from bot.conferences.reading import registration_coded, registrations_of
from bot.desk.visit import Visit, number_in
from flows.codes import cleaned, shown_code
from flows.conference.view import Registration, Status
from flows.conference.words import STATUSES

from .editing import found


async def shown(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/check-in: everybody who is expected, or those that a text names."""
    one, text = await found(visit), visit.query("text")[:200]
    async with visit.office.store.read() as connection:
        rows = [row for row in await registrations_of(connection, one.id) if row.status.counts]
        counts = await tally(connection, one.id)
    rows = [row for row in rows if _fits(row, text)]
    return visit.page("check_in.html", one=one, rows=sorted(rows, key=lambda row: row.municipality.casefold()), counts=counts,
                      text=text, confirmed=Status.CONFIRMED, statuses=STATUSES, code=shown_code, shown=visit.words.value)


async def pressed(visit: Visit) -> web.Response:
    """One press; sent twice, it counts once."""
    one, form = await found(visit), visit.form
    guest = number_in(form.get("guest", "")) or 0
    here, at = form.get("to") == "here", pressed_at(form.get("at", ""), visit.now)
    async with visit.office.store.write() as connection:
        changed = await press(connection, one.id, guest, here=here, staff=visit.member.id, at=at)
        if changed:
            await visit.record(connection, "conference-checked-in" if here else "conference-checked-out", "attendee", guest,
                               after={"conference": one.id})
        counts = await tally(connection, one.id)
    if "application/json" in visit.request.headers.get("Accept", ""):
        return web.json_response({"here": counts.here, "expected": counts.expected}, status=200 if changed is not None else 404)
    if changed is None:
        raise web.HTTPNotFound
    query = urlencode({"text": form.get("text", "")}) if form.get("text") else ""
    return visit.back_to(f"/conferences/{one.id}/check-in" + (f"?{query}" if query else ""))


async def standing(visit: Visit) -> web.Response:
    """Who has arrived by now, for phones that have the list already."""
    one = await found(visit)
    async with visit.office.store.read() as connection:
        numbers, counts = await arrived(connection, one.id), await tally(connection, one.id)
    return web.json_response({"arrived": numbers, "here": counts.here, "expected": counts.expected})


async def scanned(visit: Visit) -> web.Response:
    """/desk/check-in/CODE: where a phone's own camera leads staff from a guest's page."""
    code = cleaned(visit.request.match_info["reference"])
    async with visit.office.store.read() as connection:
        row = await registration_coded(connection, code)
    if row is None:
        raise web.HTTPNotFound
    return visit.back_to(f"/conferences/{row.conference}/check-in?{urlencode({'text': shown_code(row.code)})}")


def _fits(row: Registration, text: str) -> bool:
    """Whether a registration is meant: by its code, also as the address in its QR code, or by words in its names."""
    code = cleaned(text.rstrip("/").rpartition("/")[2])
    return bool(code and code == row.code) or text.casefold() in " ".join(
        (row.municipality, *(guest.names for guest in row.attendees))).casefold()
