"""What the team decides on one registration; who registered is told in their chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conferences.deciding import approve, decline
from bot.conferences.favour import take_out, to_the_front
from bot.desk.visit import Visit
from bot.desk.words import _
from bot.store.conference_tables import conference_file, registration_note
from flows.notices import Links

from .registrations import opened, vocabulary

LONGEST_NOTE = 1000  # characters
SAFE_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
Act = Callable[[AsyncConnection, int, datetime], Awaitable[bool]]


async def let_in(visit: Visit) -> web.Response:
    """Approves: a place where one is free, else the waiting list."""
    links = Links(base=visit.origin)

    async def act(connection: AsyncConnection, number: int, now: datetime) -> bool:
        return await approve(connection, number, now, links)

    return await _decided(visit, act, "registration-approved", {"pending"})


async def turn_down(visit: Visit) -> web.Response:
    """Declines; what was entered about needs is deleted."""
    return await _decided(visit, decline, "registration-declined", {"pending", "waiting", "offered", "confirmed"})


async def withdraw(visit: Visit) -> web.Response:
    """Withdraws for somebody who asked for it otherwise than in the chat."""
    return await _decided(visit, take_out, "registration-withdrawn", {"pending", "waiting", "offered", "confirmed"})


async def advance(visit: Visit) -> web.Response:
    """Puts somebody who waits to the front of the line; a free place is offered at once."""
    async def act(connection: AsyncConnection, number: int, now: datetime) -> bool:
        return await to_the_front(connection, number, now) is not None

    return await _decided(visit, act, "registration-advanced", {"waiting"})


async def note(visit: Visit) -> web.Response:
    """Keeps a note of the team on a registration; it goes with the registration."""
    one, row = await opened(visit)
    text = visit.form.get("text", "")
    if not text or len(text) > LONGEST_NOTE:
        problem = _("Please write a note of at most {most} characters.", most=LONGEST_NOTE)
        return await page(visit, problem=problem)
    async with visit.office.store.write() as connection:
        await connection.execute(insert(registration_note).values(
            registration_id=row.id, by=visit.member.name, text=text, at=visit.now))
        await visit.record(connection, "registration-noted", "registration", row.id, after={"conference": one.id})
    return visit.back_to(f"/registrations/{row.id}", "registration-noted")


async def shown(visit: Visit) -> web.Response:
    """/desk/registrations/NUMBER."""
    return await page(visit)


async def file(visit: Visit) -> web.Response:
    """A file that was handed in; never shown inside the desk, always saved."""
    _one, row = await opened(visit)
    query = select(conference_file).where(conference_file.c.registration_id == row.id,
                                          conference_file.c.question == visit.query("question"))
    async with visit.office.store.read() as connection:
        kept = (await connection.execute(query)).first()
    if kept is None:
        raise web.HTTPNotFound
    ending = "." + kept.name.rpartition(".")[2].lower()
    return web.Response(body=kept.content, headers={
        "Content-Type": SAFE_TYPES.get(ending, "application/octet-stream"),
        "Content-Disposition": f'attachment; filename="{row.code}-{kept.question}{ending if ending in SAFE_TYPES else ""}"'})


async def page(visit: Visit, problem: object = None) -> web.Response:
    """One registration with its notes and files."""
    one, row = await opened(visit)
    async with visit.office.store.read() as connection:
        notes = list(await connection.execute(
            select(registration_note).where(registration_note.c.registration_id == row.id).order_by(registration_note.c.id)))
        files = list(await connection.execute(
            select(conference_file.c.question, conference_file.c.name, conference_file.c.at)
            .where(conference_file.c.registration_id == row.id).order_by(conference_file.c.id)))
    return visit.page("registration.html", 200 if problem is None else 422, one=one, row=row, notes=notes, files=files,
                      problem=problem, form=visit.form, longest=LONGEST_NOTE,  **vocabulary(visit, one, row))


async def _decided(visit: Visit, act: Act, deed: str, possible: set[str]) -> web.Response:
    one, row = await opened(visit)
    async with visit.office.store.write() as connection:
        done = row.status.value in possible and await act(connection, row.id, visit.now)
        if done:
            await visit.record(connection, deed, "registration", row.id, before={"status": row.status.value},
                               after={"conference": one.id})
    return visit.back_to(f"/registrations/{row.id}", deed if done else "registration-overtaken")
