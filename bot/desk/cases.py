"""Partnerships' checklists as the team sees them: a list, one of them, a table of all; notes only where it is asked in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from aiohttp import web
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.events import hold, record
from bot.cases.exporting import checklists
from bot.cases.finding import TITLE, Places, Rules, said
from bot.cases.reading import case_numbered, cases_numbered
from bot.documents.kinds import KINDS
from bot.links.lending import Opened
from bot.links.pages import served
from bot.store.case_tables import case_enquiry, case_note, partnership
from bot.store.case_tables import document as document_table
from bot.store.schema import enquiry
from flows.case.view import Case
from flows.case.words import STATUSES, Land, event_sentence, whereabouts
from knowledge.checklist import Side, Status
from knowledge.checklist.progress import Progress, is_done
from knowledge.dac import DacList
from locales import Text

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

LONGEST = 1000  # characters of a note
STATES = {
    "all": _("all"), "working": _("being worked on"), "help": _("a point needs help"), "team": _("the team is asked in"),
    "alone": _("one side alone"), "ready": _("ready to submit"), "submitted": _("submitted"),
}


async def listed(visit: Visit) -> web.Response:
    """/desk/cases: those of a state or with certain words, the newest first; the file has a row for each part."""
    filters = Filter("state", _("State"), STATES, "all"), Filter("text", _("Municipality, Land or country"))
    knowledge = visit.office.live.knowledge
    async with visit.office.store.read() as connection:
        rules = await Rules.now(connection, knowledge.checklist, knowledge.dac, visit.now.date())
        listing = Listing(visit, "cases", filters, _columns(visit, rules), "-opened")
        wanted = rules.state(listing.chosen("state")), *said(listing.chosen("text"), _places(rules, visit))
        found = await listing.fetch(connection, select(partnership.c.id).where(*wanted), partnership.c.id)
        numbers = [row.id for row in found.rows]
        cases = {case.id: case for case in await cases_numbered(connection, numbers, knowledge.checklist, visit.now)}
    found = replace(found, rows=[cases[number] for number in numbers if number in cases])
    if listing.ending:
        return listing.file(checklists(found.rows, knowledge, visit.now))
    return listing.answer("cases.html", found, whereabouts=whereabouts, sides=tuple(Side),
                          progress=lambda case: _progress(case, visit),
                          tags=lambda case: [STATES[state] for state in STATES if state in _tags(case, visit)])


async def shown(visit: Visit) -> web.Response:
    """/desk/cases/NUMBER."""
    return await _page(visit, await _case(visit))


async def note(visit: Visit) -> web.Response:
    """A note from the team at a point, where it is asked in; the members hear of it with their next digest."""
    case, text, item = await _case(visit), visit.form.get("text", ""), visit.form.get("item", "")
    problem = _flaw(case, item, text)
    if problem is not None:
        return await _page(visit, case, problem)
    async with visit.office.store.write() as connection:
        if not await hold(connection, case.id):
            raise web.HTTPNotFound
        await connection.execute(insert(case_note).values(partnership_id=case.id, item=item, text=text, at=visit.now))
        await record(connection, case.id, "note", item, None, visit.now)
        await visit.record(connection, "case-noted", "case", case.id, after={"point": item})
    return visit.back_to(f"/cases/{case.id}", "noted")


async def document(visit: Visit) -> web.Response:
    """/desk/cases/NUMBER/documents/PAPER: one document, where the team is asked in."""
    case = await _case(visit)
    paper = case.paper(visit.request.match_info["paper"])
    if paper is None or not case.team_asked or visit.office.shelf is None:
        raise web.HTTPNotFound
    async with visit.office.store.read() as connection:
        key = await connection.scalar(select(document_table.c.key).where(document_table.c.id == paper.id))
    content = await asyncio.to_thread(visit.office.shelf.get, key) if key else None
    if content is None:
        raise web.HTTPNotFound
    return served(Opened(paper.name, KINDS[paper.kind].type, content, "attachment"))


def _columns(visit: Visit, rules: Rules) -> tuple[Column, ...]:
    """What rows are shown and sorted by; of a file, `checklists` makes the columns."""
    return (
        Column("partnership", lambda case: case.title, _("Partnership"), TITLE),
        Column("state", lambda case: "", _("State")),
        Column("done", lambda case: _progress(case, visit).done, _("Points done"), rules.done(), is_number=True),
        Column("opened", lambda case: case.id, _("No."), partnership.c.id, is_number=True),
    )


def _places(rules: Rules, visit: Visit) -> Places:
    """The countries of cases and the Länder, by the names that the visitor knows."""
    lands = {land.id: visit.say(land.label) for land in Land}
    return Places({code: visit.words.country(code) for code in rules.countries}, lands)


def _progress(case: Case, visit: Visit) -> Progress:
    return case.progress(visit.office.live.knowledge.dac, visit.now.date())


async def _case(visit: Visit) -> Case:
    async with visit.office.store.read() as connection:
        case = await case_numbered(connection, visit.number("number"), visit.office.live.knowledge.checklist, visit.now)
    if case is None:
        raise web.HTTPNotFound
    return case


async def _page(visit: Visit, case: Case, problem: Text | None = None) -> web.Response:
    async with visit.office.store.read() as connection:
        asked = await _enquiries(connection, case.id)
    knowledge, today = visit.office.live.knowledge, visit.now.date()
    seen = case if case.team_asked else replace(case, papers=())
    told = [(event, event_sentence(seen, event)) for event in reversed(case.events)]
    checks = case.checks(knowledge.dac, today)
    return visit.page(
        "case.html", 200 if problem is None else 422, case=case, problem=problem, asked=asked, sides=tuple(Side), longest=LONGEST,
        whereabouts=whereabouts, statuses=STATUSES, progress=case.progress(knowledge.dac, today), form=visit.form,
        history=[(event, sentence) for event, sentence in told if sentence], done=lambda item: is_done(item, case.parts, checks),
        shown=visit.words.value)


async def _enquiries(connection: AsyncConnection, case: int) -> list[str]:
    found = await connection.scalars(
        select(enquiry.c.reference).join(case_enquiry).where(case_enquiry.c.partnership_id == case).order_by(enquiry.c.id))
    return list(found.all())


def _tags(case: Case, visit: Visit) -> set[str]:
    return states(case, visit.office.live.knowledge.dac, visit.now.date()) - {"all"}


def states(case: Case, dac: DacList, today: date) -> set[str]:
    """Which of STATES a case is in; `Rules.state` finds the same in the database."""
    found = case.readiness(dac, today)
    helpless = any(part.status is Status.NEEDS_HELP for part in case.parts.values())
    alone = not all(case.on_side(side) for side in Side)
    holds = {"all": True, "working": not (found.ready or found.submitted), "help": helpless, "team": case.team_asked,
             "alone": alone, "ready": found.ready, "submitted": found.submitted}
    return {state for state in STATES if holds[state]}


def _flaw(case: Case, item: str, text: str) -> Text | None:
    if not case.team_asked:
        return _("The municipalities have not asked the team into this checklist.")
    if case.checklist.item(item) is None:
        return _("Please choose a point.")
    if not text or len(text) > LONGEST:
        return _("Please write a note of at most {most} characters.", most=LONGEST)
    return None
