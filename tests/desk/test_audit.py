"""The audit log: no page lets anybody do anything that is not entered, and nothing that people wrote stands in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.announcements import store as announcements
from bot.announcements.compose import Composed
from bot.desk import pages
from bot.desk.conferences.form import filled_in
from bot.desk.guard import Page as Route
from bot.privacy.retention import STATISTICS, forget_by_time
from bot.store.announcement_tables import announcement
from bot.store.case_tables import municipality, partnership
from bot.store.database import Store
from bot.store.desk_tables import audit
from bot.store.schema import added_article, staff
from bot.store.staff import add_staff, new_link
from flows.conference.view import State
from knowledge.dac import DacList
from tests.support.desk import NOW, Browser, a_chat, a_miss, an_enquiry, desk
from tests.support.engine import party
from tests.support.hosting import AFRICA, comes, hosted
from tests.support.store import store

__all__ = ["store"]
ANSWER = {"language": "en", "title": "Parking", "answer": "Behind the house.", "phrases": "where do I park"}
LIST = "\n".join(["iso2,income_group", *(f"{code},LDC" for code in sorted(DacList.load().countries(NOW.date())))])
CONFERENCE = {**filled_in(AFRICA), "slug": "africa-2031"}
# How each form is filled in so that it does something, and which row stands first where it changes one: a new page adds its own.
FORMS: Mapping[str, Mapping[str, str]] = {
    "/sign-out": {},
    "/sign-out-everywhere": {},
    "/enquiries/E-AAAA22/reply": {"text": "Six months."},
    "/enquiries/E-AAAA22/take": {},
    "/enquiries/E-AAAA22/assign": {"to": "1"},
    "/enquiries/E-AAAA22/talk": {},
    "/enquiries/E-AAAA22/back": {},
    "/enquiries/E-AAAA22/note": {"note": "Ask the ministry."},
    "/enquiries/E-AAAA22/tags": {"tags": "visa"},
    "/enquiries/E-AAAA22/close": {},
    "/enquiries/E-AAAA22/reopen": {},
    "/canned": {"title": "Thanks", "language": "es", "text": "Gracias, {name}"},
    "/canned/1": {"title": "Thanks", "language": "es", "text": "Gracias"},
    "/canned/1/remove": {},
    "/misses/1/attach": {"article": "missions", "language": "en", "phrase": "who pays", "misses": "1"},
    "/misses/1/answer": {**ANSWER, "misses": "1"},
    "/misses/1/settle": {"misses": "1"},
    "/cases/1/note": {"item": "staff", "text": "That is enough."},
    "/calls": {"title-en": "Call 2027", "valid_from": "2026-12-01"},
    "/phrases": {"article": "missions", "language": "en", "phrase": "who pays the flights"},
    "/phrases/1/remove": {},
    "/announcements/new": {"topic": "general", "text.en": "News"},
    "/announcements/1/submit": {},
    "/announcements/1/approve": {},
    "/announcements/1/test": {},
    "/announcements/1/pause": {},
    "/announcements/1/resume": {},
    "/announcements/1/cancel": {},
    "/answers/new": ANSWER,
    "/answers/1/publish": {},
    "/answers/1/submit": {},
    "/answers/1/return": {},
    "/answers/1/remove": {},
    "/answers/1/undo": {},
    "/articles/missions/en": {**ANSWER, "seen": "0"},
    "/dac": {"lines": LIST, "valid_from": "2027-01-01", "source": "OECD"},
    "/dac/1/publish": {},
    "/dac/1/withdraw": {},
    "/sources": {"source": "dac"},
    "/staff": {"name": "Bo", "role": "viewer"},
    "/staff/1/link": {},
    "/conferences/new": CONFERENCE,
    "/conferences/1/edit": {**CONFERENCE, "places": "120"},
    "/conferences/1/cancel": {"sure": "yes"},
    "/conferences/1/tell": {"message-en": "The hotel is full."},
    "/conferences/1/announce": {},
    "/conferences/1/close": {},
    "/conferences/1/withdraw": {},
    "/conferences/1/questions": {"words-en": "A badge?", "kind": "text", "side": "both"},
    "/conferences/1/questions/up": {"key": "arrival"},
    "/conferences/1/questions/remove": {"key": "arrival"},
    "/conferences/1/codes": {"label": "Kisumu", "side": "both", "uses": "1"},
    "/conferences/1/codes/remove": {"code": "1"},
    "/conferences/1/check-in": {"guest": "1", "to": "here"},
    "/registrations/1/approve": {},
    "/registrations/1/decline": {},
    "/registrations/1/withdraw": {},
    "/registrations/1/advance": {},
    "/registrations/1/note": {"text": "Comes a day later."},
    "/staff/1": {"role": "admin", "email": "ada@example.org"},
    "/staff/1/sign-out": {},
    "/staff/1/unlink": {},
    "/staff/1/remove": {"confirm": "Ada"},
    "/people/1/correct": {"table": "enquiry", "key": "1", "column": "contact", "value": "ana@example.org"},
    "/people/1/export": {},
    "/people/1/erase": {"confirm": "1"},
    "/settings": {"contact": "+49 228 20717 0"},
    "/settings/versions/1/restore": {},
}
CONFERRED = {"announce": "draft"}
REGISTERED = {"approve": "pending", "advance": "waiting"}
ANSWERED = {"publish": "review", "submit": "draft", "return": "review"}
# Forms that are sent before.
BEFORE = {"/conferences/1/codes/remove": ("/conferences/1/codes",), "/settings/versions/1/restore": ("/settings",),
          "/canned/1": ("/canned",), "/dac/1": ("/dac",), "/dac/1/withdraw": ("/dac", "/dac/1/publish"),
          "/phrases/1/remove": ("/phrases",)}
ANNOUNCED = {"submit": "draft", "approve": "proposed", "pause": "running", "resume": "paused"}


@pytest_asyncio.fixture
async def admin(store: Store) -> AsyncIterator[Browser]:
    chat = await a_chat(store)
    await an_enquiry(store, chat_id=chat)
    await a_miss(store, "who pays the flights")
    async with store.write() as connection:
        member = await add_staff(connection, "Ada", "admin", NOW)
        await connection.execute(staff.update().values(chat_id=chat))
        await announcements.keep(connection, Composed(texts={"en": "News"}, topic="general"), member.id, NOW)
        await connection.execute(partnership.insert().values(opened_at=NOW, team_asked_at=NOW))
        await connection.execute(municipality.insert(), [
            {"partnership_id": 1, "side": side, "name": name, "country": country, "land": land}
            for side, name, country, land in (("south", "Corinto", "NI", ""), ("german", "Köln", "DE", "NW"))])
    async with desk(store) as browser:
        await browser.sign_in("admin", "Ada")
        yield browser


async def prepared(browser: Browser, route: str) -> None:
    """Brings what the form changes into the state that it starts from."""
    step = route.rpartition("/")[2]
    if route.startswith(("/conferences/1/", "/registrations/1/")):
        await hosted(browser.store, stored=State(CONFERRED.get(step, "open")))
        if step not in ("withdraw", "codes") or route.startswith("/registrations"):
            await comes(browser.store, status=REGISTERED.get(step, "confirmed"))
    await stored(browser.store, route, step)
    for form in BEFORE.get(route, BEFORE.get(route.rpartition("/")[0], ())):
        await browser.send(f"/desk{form}", "/desk/dac" if form == "/dac" else "/desk", **FORMS[form])
    if route.startswith("/settings/versions"):
        await browser.send("/desk/settings", contact="somebody else")


async def stored(store: Store, route: str, step: str) -> None:
    """Brings rows into that state."""
    async with store.write() as connection:
        if route.startswith("/announcements/1/"):
            author = None if step == "approve" else 1
            await connection.execute(announcement.update().values(
                state=ANNOUNCED.get(step, "running"), author_id=author, started_at=NOW, paused_at=NOW))
        if route.startswith("/answers/1"):
            removed = NOW if step == "undo" else None
            await connection.execute(added_article.insert().values(
                article="team-parking", title="Parking", answer="Before the house.", language="en", facts=[], at=NOW,
                removed_at=removed, state=ANSWERED.get(step, "published")))
        if step == "remove":
            await add_staff(connection, "Bo", "admin", NOW)


async def deeds(store: Store) -> list[Any]:
    async with store.read() as connection:
        return list(await connection.execute(select(audit).order_by(audit.c.id)))


def filled(route: Route) -> str:
    return route.path.replace(pages.ENQUIRY, "E-AAAA22").replace(pages.NUMBER, "1").replace(
        pages.ARTICLE, "missions").replace(pages.LANGUAGE, "en")


POSTS = [filled(page) for page in pages.PAGES if page.method == "POST" and page.role != "stranger"]


@pytest.mark.parametrize("route", POSTS)
async def test_no_form_does_anything_that_is_not_entered(admin: Browser, route: str) -> None:
    await prepared(admin, route)
    before = len(await deeds(admin.store))
    answer = await admin.send(f"/desk{route}", **FORMS[route])
    entered = (await deeds(admin.store))[before:]
    assert entered, f"{answer.status}: {answer.words}"
    assert {row.name for row in entered} == {"Ada"}


async def test_an_entry_tells_before_and_after(admin: Browser) -> None:
    await admin.send("/desk/enquiries/E-AAAA22/close")
    row = (await deeds(admin.store))[-1]
    assert (row.staff_id, row.action, row.kind, row.subject) == (1, "enquiry-closed", "enquiry", "E-AAAA22")
    assert (row.before, row.after, row.at) == ({"status": "open"}, {"status": "closed"}, NOW)
    page = await admin.get("/desk/audit")
    assert "Ada closed Enquiry E-AAAA22 status: open status: closed" in page.words


async def test_what_fails_is_not_entered(admin: Browser) -> None:
    before = len(await deeds(admin.store))
    await admin.send("/desk/enquiries/E-AAAA22/reply", text="")
    await admin.send("/desk/announcements/1/resume")
    assert len(await deeds(admin.store)) == before


async def test_the_log_is_filtered_and_taken_away_as_it_is_shown(admin: Browser) -> None:
    await admin.send("/desk/phrases", **FORMS["/phrases"])
    await admin.send("/desk/enquiries/E-AAAA22/close")
    assert "3 entries" in (await admin.get("/desk/audit", who="Ada")).words
    page = await admin.get("/desk/audit", kind="enquiry")
    assert "1 entry" in page.words
    assert "/desk/audit.csv?kind=enquiry" in page.text
    lines = (await admin.get("/desk/audit.csv", kind="enquiry")).text.splitlines()
    assert lines[0] == "at,who,action,kind,subject,before,after"
    assert lines[1].endswith('Ada,enquiry-closed,enquiry,E-AAAA22,"{""status"": ""open""}","{""status"": ""closed""}"')
    assert len(lines) == 2
    tomorrow = (NOW.date() + timedelta(days=1)).isoformat()
    assert "Nothing of that kind" in (await admin.get("/desk/audit", since=tomorrow)).words
    assert "Nothing of that kind" not in (await admin.get("/desk/audit", until=NOW.date().isoformat())).words


async def test_entries_are_deleted_after_their_term(admin: Browser) -> None:
    await forget_by_time(admin.store, NOW + STATISTICS)
    assert len(await deeds(admin.store)) == 1
    await forget_by_time(admin.store, NOW + STATISTICS + timedelta(seconds=1))
    assert await deeds(admin.store) == []


async def test_who_has_left_stays_named(admin: Browser) -> None:
    async with admin.store.write() as connection:
        await connection.execute(staff.delete())
    async with admin.store.read() as connection:
        assert [row.name for row in await connection.execute(select(audit))] == ["Ada"]
        assert await connection.scalar(select(func.count()).select_from(audit).where(audit.c.staff_id.is_(None))) == 1


async def test_what_is_done_in_the_chat_is_entered_too(tmp_path: Path) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as running:
        async with running.store.write() as connection:
            now = running.engine.now()
            code = await new_link(connection, await add_staff(connection, "Ada", "admin", now), now)
            await announcements.keep(connection, Composed(texts={"en": "News"}, topic="general"), None, NOW)
            await connection.execute(announcement.update().values(state="running", started_at=NOW))
        await running.say(f"/staff {code}")
        await running.say("/staff")
        await running.say("/announce pause 1")
        assert [(row.name, row.action, row.kind) for row in await deeds(running.store)] == [
            ("Ada", "staff-chat", "staff"), ("Ada", "staff-linked", "staff"), ("Ada", "announcement-paused", "announcement")]
