"""Announcements: the list, composing, the gate, approval, steering and the report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements import gate as gates
from bot.announcements import segments, store
from bot.announcements.compose import Composed
from bot.announcements.report import failures, rows_of, status
from bot.announcements.store import Announcement
from bot.messages import PULLED, Body, File
from bot.store.chats import NewMessage, add_messages
from bot.store.exports import writer_of
from bot.store.schema import chat, staff
from knowledge.conferences import REGIONS
from locales import LanguageName, Text, languages

from . import composing
from .visit import Visit
from .words import _

STATES = {
    "draft": _("draft"), "proposed": _("waits for a second person"), "scheduled": _("scheduled"), "running": _("being sent"),
    "paused": _("paused"), "cancelled": _("cancelled"), "done": _("sent"),
}
Steer = Callable[[AsyncConnection, int, datetime], Awaitable[bool]]
TYPES = {".csv": "text/csv; charset=utf-8",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


async def listed(visit: Visit) -> web.Response:
    """/desk/announcements: the newest first."""
    async with visit.office.store.read() as connection:
        found = await store.newest(connection)
    rows = [(one, status(one, visit.now)) for one in found]
    return visit.page("announcements.html", rows=rows, states=STATES, topics=composing.TOPIC_NAMES)


async def compose(visit: Visit) -> web.Response:
    """/desk/announcements/new: the form, filled from a saved audience or an earlier announcement where one is named."""
    form: dict[str, str] = {}
    async with visit.office.store.read() as connection:
        audience = await segments.audience_of(connection, visit.number("segment"))
        earlier = await store.announcement_numbered(connection, visit.number("like"))
    if earlier is not None:
        form = composing.filled_in(earlier.composed)
    if audience is not None:
        form |= composing.filled_in(Composed(texts={"en": "–"}, topic="general", audience=audience))
        form.pop("text.en")
    return await _form(visit, form)


async def keep(visit: Visit) -> web.Response:
    """Keeps a draft, and its audience under a name where one is given."""
    name, content = await visit.upload("file")
    made = composing.composed(visit.form, name)
    if isinstance(made, Text):
        return await _form(visit, dict(visit.form), made)
    async with visit.office.store.write() as connection:
        if visit.form.get("segment_name"):
            await segments.save(connection, visit.form["segment_name"], made.audience, visit.now)
        number = await store.keep(connection, made, visit.member.id, visit.now, content)
    return visit.back_to(f"/announcements/{number}")


async def shown(visit: Visit) -> web.Response:
    """/desk/announcements/NUMBER: preview and gate of a draft, progress and report of what goes out."""
    found = await _found(visit)
    above = visit.office.second_above
    async with visit.office.store.read() as connection:
        checked = await gates.gate(connection, found.composed, visit.now, above)
        reasons = await failures(connection, found.id)
        link = await store.file_link(connection, found.id)
        own_chat = await connection.scalar(select(staff.c.chat_id).where(staff.c.id == visit.member.id))
    counters = status(found, visit.now)
    return visit.page(
        "announcement.html", found=found, counters=counters, states=STATES, topics=composing.TOPIC_NAMES, gate=checked,
        reasons=reasons, previews=_previews(found, link), left=_rounded(counters.time_left(visit.office.rate)), above=above,
        is_author=found.author == visit.member.id, can_test=own_chat is not None, regions=REGIONS, link=link,
        refresh=5 if found.state == "running" else 0)


async def submit(visit: Visit) -> web.Response:
    """Sends a draft out, or before a second person."""
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        decision = await gates.submit(connection, number, visit.now, visit.office.second_above)
    return visit.back_to(f"/announcements/{number}", f"announcement-{decision}")


async def approve(visit: Visit) -> web.Response:
    """The second person's yes."""
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        decision = await gates.approve(connection, number, visit.member.id, visit.now)
    return visit.back_to(f"/announcements/{number}", f"announcement-{decision}")


async def test(visit: Visit) -> web.Response:
    """Sends it to the member's own chat, in every language that it has."""
    found = await _found(visit)
    async with visit.office.store.write() as connection:
        row = (await connection.execute(select(chat.c.id, chat.c.handle).join(staff, staff.c.chat_id == chat.c.id)
                                        .where(staff.c.id == visit.member.id))).first()
        link = await store.file_link(connection, found.id)
        if row is None:
            return visit.back_to(f"/announcements/{found.id}", "announcement-no-chat")
        absolute = replace(link, url=visit.origin + link.url) if link else None
        sent_at = visit.now if row.handle.partition(":")[0] in PULLED else None
        await add_messages(connection, [NewMessage(row.id, "staff", body, visit.now, sent_at=sent_at)
                                        for _language, body in _previews(found, absolute)])
    return visit.back_to(f"/announcements/{found.id}", "announcement-tested")


async def pause(visit: Visit) -> web.Response:
    """Stops sending for now."""
    return await _steered(visit, store.pause, "announcement-paused")


async def resume(visit: Visit) -> web.Response:
    """Goes on sending."""
    return await _steered(visit, store.resume, "announcement-running")


async def cancel(visit: Visit) -> web.Response:
    """Stops sending for good."""
    return await _steered(visit, store.cancel, "announcement-cancelled")


async def exported(visit: Visit) -> web.Response:
    """Every recipient, as a table."""
    found = await _found(visit)
    name = Path(f"announcement-{found.id}").with_suffix(Path(visit.request.path).suffix)
    write = writer_of(name)
    assert write is not None, "the route names only endings that there are"
    async with visit.office.store.read() as connection:
        sheet = await rows_of(connection, found.id)
    return web.Response(body=write(sheet), headers={"Content-Type": TYPES[name.suffix],
                                                    "Content-Disposition": f'attachment; filename="{name}"'})


async def _found(visit: Visit) -> Announcement:
    async with visit.office.store.read() as connection:
        found = await store.announcement_numbered(connection, visit.number("number"))
    if found is None:
        raise web.HTTPNotFound
    return found


async def _form(visit: Visit, form: dict[str, str], problem: Text | None = None) -> web.Response:
    async with visit.office.store.read() as connection:
        saved = await segments.all_segments(connection)
    names: dict[str, Any] = {code: visit.words.value(LanguageName(code)) for code in languages()}
    return visit.page(
        "compose.html", 200 if problem is None else 422, form=form, problem=problem, languages=names, saved=saved,
        topics=composing.TOPIC_NAMES, sides=composing.SIDES, cases=composing.CASES, buttons=composing.BUTTONS,
        channels=composing.CHANNELS, regions=REGIONS)


async def _steered(visit: Visit, steer: Steer, note: str) -> web.Response:
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        done = await steer(connection, number, visit.now)
    return visit.back_to(f"/announcements/{number}", note if done else "announcement-gone")


def _previews(found: Announcement, link: File | None) -> list[tuple[str, Body]]:
    content = found.composed.content(found.id, link)
    return [(language, body) for language in found.composed.texts if (body := content.body(language))]


def _rounded(left: timedelta) -> timedelta:
    return timedelta(seconds=round(left.total_seconds()))
