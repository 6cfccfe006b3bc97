"""Announcements: the list, composing, the gate, approval, steering and the report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements import gate as gates
from bot.announcements import segments, store
from bot.announcements.compose import Composed
from bot.announcements.report import failures, rows_of, status
from bot.announcements.store import Announcement
from bot.conferences.reading import conference_numbered
from bot.messages import PULLED, Body, File
from bot.store.announcement_tables import announcement
from bot.store.chats import NewMessage, add_messages
from bot.store.exports import writer_of
from bot.store.schema import chat, staff
from knowledge.conferences import REGIONS
from locales import LanguageName, Text, languages

from . import composing
from .listing import TYPES, Column, Filter, Listing
from .visit import Visit
from .words import _

STATES = {
    "draft": _("draft"), "proposed": _("waits for a second person"), "scheduled": _("scheduled"), "running": _("being sent"),
    "paused": _("paused"), "cancelled": _("stopped for good"), "done": _("sent"),
}
COLUMNS = (
    Column("number", lambda row: row.id, _("Announcement"), announcement.c.id),
    Column("topic", lambda row: row.topic),
    Column("state", lambda row: row.state, _("State"), announcement.c.state),
    Column("sent", lambda row: row.sent, _("Sent"), announcement.c.sent, is_number=True),
    Column("recipients", lambda row: row.total, _("Recipients"), announcement.c.total, is_number=True),
    Column("made_at", lambda row: row.created_at, _("Made"), announcement.c.created_at),
    *(Column(name, attrgetter(name)) for name in ("started_at", "ended_at", "failed", "blocked", "left", "clicked")),
    Column("text", lambda row: next(iter(row.source["texts"].values()), "")),
)
Steer = Callable[[AsyncConnection, int, datetime], Awaitable[bool]]


async def listed(visit: Visit) -> web.Response:
    """/desk/announcements: the newest first."""
    filters = (Filter("state", _("State"), {"": _("all"), **STATES}),
               Filter("topic", _("Topic"), {"": _("all"), **composing.TOPIC_NAMES}))
    listing = Listing(visit, "announcements", filters, COLUMNS, "-number")
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, select(announcement).where(*_wanted(listing)), announcement.c.id)
    return listing.answer("announcements.html", found, states=STATES, topics=composing.TOPIC_NAMES,
                          read=lambda row: (store.read(row), status(store.read(row), visit.now)))


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    state, topic, later = listing.chosen("state"), listing.chosen("topic"), announcement.c.start_at > listing.visit.now
    wanted: list[ColumnElement[bool]] = [announcement.c.topic == topic] if topic else []
    if state == "scheduled":
        wanted += [announcement.c.state == "running", later]
    elif state:
        wanted.append(announcement.c.state == state)
    return [*wanted, or_(announcement.c.start_at.is_(None), ~later)] if state == "running" else wanted


async def compose(visit: Visit) -> web.Response:
    """/desk/announcements/new: the form, filled from a saved audience or an earlier announcement where one is named."""
    form: dict[str, str] = {}
    async with visit.office.store.read() as connection:
        audience = await segments.audience_of(connection, visit.number("segment"))
        earlier = await store.announcement_numbered(connection, visit.number("like"))
        about = await conference_numbered(connection, visit.number("conference"))
    if earlier is not None:
        form = composing.filled_in(earlier.composed)
    if about is not None:
        form = composing.about(about, visit.words.language)
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
        await visit.record(connection, "announcement-composed", "announcement", number, after={"texts": dict(made.texts)})
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
        await _record(connection, visit, "announcement-submitted", number, "draft", decision)
    return visit.back_to(f"/announcements/{number}", f"announcement-{decision}")


async def approve(visit: Visit) -> web.Response:
    """The second person's yes."""
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        decision = await gates.approve(connection, number, visit.member.id, visit.now)
        await _record(connection, visit, "announcement-approved", number, "proposed", decision)
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
        await visit.record(connection, "announcement-tested", "announcement", found.id)
    return visit.back_to(f"/announcements/{found.id}", "announcement-tested")


async def pause(visit: Visit) -> web.Response:
    """Stops sending for now."""
    return await _steered(visit, store.pause, "announcement-paused", "announcement-paused")


async def resume(visit: Visit) -> web.Response:
    """Goes on sending."""
    return await _steered(visit, store.resume, "announcement-running", "announcement-resumed")


async def cancel(visit: Visit) -> web.Response:
    """Stops sending for good."""
    return await _steered(visit, store.cancel, "announcement-cancelled", "announcement-cancelled")


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


async def _steered(visit: Visit, steer: Steer, note: str, action: str) -> web.Response:
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        old = await store.announcement_numbered(connection, number)
        done = await steer(connection, number, visit.now)
        new = await store.announcement_numbered(connection, number)
        if done and old and new:
            await visit.record(connection, action, "announcement", number, before={"state": old.state},
                               after={"state": new.state})
    return visit.back_to(f"/announcements/{number}", note if done else "announcement-gone")


async def _record(connection: AsyncConnection, visit: Visit, action: str, number: int, before: str, decision: str) -> None:
    """Only what has moved it is a deed."""
    if decision in ("running", "proposed"):
        await visit.record(connection, action, "announcement", number, before={"state": before}, after={"state": decision})


def _previews(found: Announcement, link: File | None) -> list[tuple[str, Body]]:
    content = found.composed.content(found.id, link)
    return [(language, body) for language in found.composed.texts if (body := content.body(language))]


def _rounded(left: timedelta) -> timedelta:
    return timedelta(seconds=round(left.total_seconds()))
