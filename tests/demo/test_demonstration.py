"""The demonstration as a newcomer meets it: made once, and every page of the desk alive."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from aiohttp import ClientSession, CookieJar, web
from aiohttp.test_utils import TestClient
from sqlalchemy import func, select

from bot.app import Running, assistant
from bot.demo.stage import NAMES
from bot.desk.pages import PAGES
from bot.settings import Settings
from bot.store.announcement_tables import announcement
from bot.store.case_tables import case_note, partnership
from bot.store.schema import added_article, chat, enquiry, message, metadata, miss, rating
from bot.store.staff import Role, add_staff, new_link
from tests.support.crawl import crawled
from tests.support.desk import Browser

pytestmark = pytest.mark.slow
# Reached by scripts, by a search, by a camera, or only where people have sent files and staff have entered more of a kind.
NOT_BY_LINKS = ("/live", "/people/", "/check-in/", "/cases/{number:\\d{1,15}}/documents", "/dac/", "/settings/versions.",
                "/conferences/{number:\\d{1,15}}/codes.", "/conferences/{number:\\d{1,15}}/check-in.json",
                "/registrations/{number:\\d{1,15}}/file")


@asynccontextmanager
async def signed_in(running: Running, role: Role = "admin", language: str = "de") -> AsyncIterator[Browser]:
    """A browser at the running desk."""
    async with running.store.write() as connection:
        member = await add_staff(connection, NAMES[role], role, running.engine.now())
        code = await new_link(connection, member, running.engine.now())
    async with ClientSession(running.address, cookie_jar=CookieJar(unsafe=True)) as session:
        client = cast("TestClient[web.Request, web.Application]", session)  # it is asked for pages just the same
        browser = Browser(client, running.store, language)
        await browser.send(f"/desk/sign-in/{code}", f"/desk/sign-in/{code}")
        yield browser


async def counts(running: Running, column: Any) -> dict[Any, int]:
    async with running.store.read() as connection:
        return {row[0]: row[1] for row in await connection.execute(select(column, func.count()).group_by(column))}


async def test_every_page_is_reached_by_links_and_says_that_its_data_are_examples(made: Settings) -> None:
    async with assistant(made) as running, signed_in(running) as browser:
        found = await crawled(browser, PAGES, 6)
        assert [path for path, pages in found.items() if not pages and path != "/" and not path.startswith(NOT_BY_LINKS)] == []
        for path, pages in found.items():
            assert (path, {page.status for page in pages} - {200}) == (path, set())
        html = [page for pages in found.values() for page in pages if page.headers["Content-Type"].startswith("text/html")]
        assert [page.path for page in html if 'class="demonstration"' not in page.text] == []
        async with browser.client.get("/") as chat_page:
            assert 'class="demonstration"' in await chat_page.text()


async def test_there_is_something_of_every_kind(made: Settings) -> None:
    async with assistant(made) as running:
        assert await counts(running, enquiry.c.status) == {"open": 8, "answered": 5, "closed": 1}
        assert set(await counts(running, announcement.c.state)) == {"done", "cancelled", "proposed", "draft", "running"}
        assert set(await counts(running, chat.c.language)) == {"en", "de", "es", "fr", "pt", "ar"}
        assert set(await counts(running, miss.c.reason)) == {"unknown", "unsure", "unhelpful"}
        assert set(await counts(running, rating.c.helped)) == {True, False}
        assert len(await counts(running, partnership.c.id)) == 5
        assert len(await counts(running, case_note.c.id)) == 4
        assert await counts(running, added_article.c.language) == {"en": 2, "de": 1}
        assert None not in await counts(running, message.c.sent_at), "nothing waits for a messenger that is not there"


async def test_announcements_went_out_with_all_that_comes_of_it(made: Settings) -> None:
    async with assistant(made) as running, running.store.read() as connection:
        first = (await connection.execute(select(announcement).order_by(announcement.c.id).limit(1))).one()
    assert (first.blocked, first.failed, first.clicked, first.departed) == (2, 1, 5, 1)
    assert first.sent == first.total - 3


async def test_people_and_staff_are_visibly_examples(made: Settings) -> None:
    example = re.compile("example|beispiel|ejemplo|exempl|muster|مثال", re.IGNORECASE)
    named = [column for table in metadata.sorted_tables if table.name in ("staff", "municipality", "case_member", "enquiry")
             for column in table.columns if column.name in ("name", "question")]
    async with assistant(made) as running, running.store.read() as connection:
        for column in named:
            for name in await connection.scalars(select(column)):
                assert example.search(name), name


async def test_in_it_one_can_write_to_the_assistant_and_staff_can_answer(made: Settings) -> None:
    async with assistant(made) as running, signed_in(running, "editor", "en") as browser:
        async with running.store.read() as connection:
            reference = await connection.scalar(
                select(enquiry.c.reference).join(chat, chat.c.id == enquiry.c.chat_id)
                .where(enquiry.c.status == "open", chat.c.handle.startswith("telegram:")).limit(1))
        answered = await browser.send(f"/desk/enquiries/{reference}/reply", text="Example reply")
        assert "on its way" in answered.words
        async with asyncio.timeout(5):
            while None in await counts(running, message.c.sent_at):
                await asyncio.sleep(0.05)
