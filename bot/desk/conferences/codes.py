"""Codes that let guests register where a conference is by invitation: made here, shown once, kept only as a hash."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import delete, select

from bot.conferences.entering import add_access_code
from bot.desk.listing import Column, Filter, Listing
from bot.desk.visit import Visit, number_in
from bot.desk.words import _
from bot.engine.brain import secret_code
from bot.store.conference_tables import access_code
from flows.codes import shown_code
from locales import Text, is_country

from .editing import found, named
from .question_form import SIDES

MOST_USES = 1000
COLUMNS = (
    Column("label", lambda row: row.label, _("For whom"), access_code.c.label),
    Column("side", lambda row: row.side, _("Side"), access_code.c.side),
    Column("country", lambda row: row.country, _("Country"), access_code.c.country),
    Column("used", lambda row: row.used, _("Used"), access_code.c.used, is_number=True),
    Column("uses", lambda row: row.uses),
    Column("made", lambda row: row.created_at, _("Made"), access_code.c.created_at),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/codes."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """Makes a code; it is shown this once."""
    problem = _flaw(visit)
    if problem is not None:
        return await _page(visit, problem)
    one, form, code = await found(visit), visit.form, secret_code()
    side, country, uses = form["side"].replace("both", ""), form.get("country", "").upper(), int(form["uses"])
    async with visit.office.store.write() as connection:
        await add_access_code(connection, one.id, code, visit.now, label=form["label"], side=side, country=country, uses=uses)
        await visit.record(connection, "conference-code-made", "conference", one.id, after={
            "label": form["label"], "side": side, "country": country, "uses": uses})
    return await _page(visit, code=shown_code(code))


async def remove(visit: Visit) -> web.Response:
    """Takes a code back; who has registered with it stays registered."""
    one = await found(visit)
    mine = access_code.c.conference_id == one.id, access_code.c.id == (number_in(visit.form.get("code", "")) or 0)
    async with visit.office.store.write() as connection:
        label = await connection.scalar(select(access_code.c.label).where(*mine))
        await connection.execute(delete(access_code).where(*mine))
        await visit.record(connection, "conference-code-removed", "conference", one.id, before={"label": label or ""})
    return visit.back_to(f"/conferences/{one.id}/codes", "code-removed")


def _flaw(visit: Visit) -> Text | None:
    form = visit.form
    if not form.get("label") or len(form["label"]) > 100 or form.get("side") not in SIDES:
        return _("Please say for whom the code is, in at most {most} characters.", most=100)
    if form.get("country") and not is_country(form["country"].upper()):
        return _("“{code}” is no code of a country. Please give two letters, such as KE.", code=form["country"])
    if not 1 <= (number_in(form.get("uses", "")) or 0) <= MOST_USES:
        return _("Please say for how many registrations the code holds: from 1 to {most}.", most=MOST_USES)
    return None


async def _page(visit: Visit, problem: Text | None = None, code: str = "") -> web.Response:
    one = await found(visit)
    listing = Listing(visit, f"conferences/{one.id}/codes", (Filter("text", _("For whom")),), COLUMNS, "-made")
    query = select(access_code).where(access_code.c.conference_id == one.id,
                                      access_code.c.label.icontains(listing.chosen("text"), autoescape=True))
    async with visit.office.store.read() as connection:
        rows = await listing.fetch(connection, query, access_code.c.id)
    form = visit.form if problem else {"side": "both", "uses": "1"}
    return listing.answer("conference_codes.html", rows, problem, one=one, code=code, form=form, sides=named(visit, SIDES),
                          side_names={**SIDES, "": SIDES["both"]}, shown=visit.words.value)
