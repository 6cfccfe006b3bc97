"""The public pages and the page under a confirmation code, over HTTP."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest_asyncio
import zxingcpp
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.conferences.entering import set_state
from bot.conferences.pages.own import OwnPages
from bot.conferences.pages.public import ConferencePages
from bot.knowledge import LiveKnowledge
from bot.store.conference_tables import conference_file
from bot.store.database import Store
from flows.conference.view import State
from flows.notices import Links
from locales import Spoken
from tests.conferences.test_documents import events
from tests.support.hosting import BASE, CODE, NOW, comes, hosted, paired
from tests.support.store import store
from tests.support.talk import knowledge

__all__ = ["store"]
LINKS = Links(privacy="https://example.org/privacy", base=BASE, bot="partner_bot")


@dataclass
class Site:
    """The pages over a store, and their clock."""

    client: TestClient[web.Request, web.Application]
    store: Store
    now: datetime = NOW

    async def get(self, path: str, language: str = "en") -> tuple[int, bytes, Mapping[str, str]]:
        async with self.client.get(path, headers={"Accept-Language": language}) as response:
            return response.status, await response.read(), response.headers

    async def words(self, path: str, language: str = "en") -> str:
        """What is read on a page."""
        status, body, _headers = await self.get(path, language)
        assert status == 200, path
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body.decode())).split())

    async def source(self, path: str, language: str = "en") -> str:
        return html.unescape((await self.get(path, language))[1].decode())


@pytest_asyncio.fixture
async def pages(store: Store) -> AsyncIterator[Site]:
    clock: list[Site] = []
    application = web.Application(client_max_size=64 * 1024)
    ConferencePages(store, LiveKnowledge(knowledge()), lambda: clock[0].now, BASE, lambda: LINKS).setup(application)
    OwnPages(store, lambda: clock[0].now, BASE, lambda: LINKS).setup(application)
    async with TestClient(TestServer(application)) as client:
        clock.append(Site(client, store))
        yield clock[0]


async def test_with_nothing_announced_the_page_says_so_and_promises_nothing(pages: Site) -> None:
    await hosted(pages.store, stored=State.DRAFT)
    text = await pages.words("/conferences")
    assert "No conference is announced at present." in text
    assert "Asia: the next conference is not announced. By the three-year cycle it would be expected in 2026" in text
    assert "Africa: conferences took place in 2010, 2013, 2016, 2019, 2022 and 2025." in text
    assert "Partnership Conference Africa 2027" not in text
    assert [(await pages.get(f"/conferences/africa-2027{ending}"))[0] for ending in ("", ".ics", ".svg")] == [404] * 3


async def test_an_announced_conference_leads_into_both_chats(pages: Site) -> None:
    await hosted(pages.store)
    assert "/conferences/africa-2027?lang=en" in await pages.source("/conferences")
    text = await pages.words("/conferences/africa-2027")
    assert "Partnership Conference Africa 2027 open for registration When From 8 September 2027 to 10 September 2027" in text
    assert "Last day to register 1 June 2027 (Europe/Berlin)" in text
    assert "Climate, water; and trade." in text
    source = await pages.source("/conferences/africa-2027")
    assert 'href="/?start=conf-africa-2027&lang=en"' in source
    assert 'href="https://t.me/partner_bot?start=conf-africa-2027"' in source
    assert "<script" not in source
    assert len(source) < 8_000, "light enough for a slow connection"


async def test_each_reader_has_their_language(pages: Site) -> None:
    await hosted(pages.store)
    assert "Partnerschaftskonferenz Afrika 2027" in await pages.words("/conferences/africa-2027", "de-AT,de;q=0.9")
    arabic = await pages.source("/conferences/africa-2027?lang=ar")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "مؤتمر الشراكة أفريقيا 2027" in arabic
    assert "Partnership Conference Africa 2027" in await pages.words("/conferences/africa-2027?lang=fr"), "English where none is"


async def test_a_page_is_shown_as_it_is_safe(pages: Site) -> None:
    await hosted(pages.store, text=Spoken((("en", "<script>alert(1)</script>"),)))
    _status, body, headers = await pages.get("/conferences/africa-2027")
    assert b"<script>" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_after_the_deadline_nobody_is_led_to_register(pages: Site) -> None:
    await hosted(pages.store)
    pages.now = datetime(2027, 6, 2, tzinfo=UTC)
    assert "start=conf" not in await pages.source("/conferences/africa-2027")
    pages.now = datetime(2028, 1, 1, tzinfo=UTC)
    listed = await pages.words("/conferences")
    assert "Past conferences" in listed.partition("Partnership Conference Africa 2027:")[0]


async def test_the_feed_tells_of_changes_and_of_what_is_called_off(pages: Site) -> None:
    number = await hosted(pages.store)
    await hosted(pages.store, slug="secret", stored=State.DRAFT)
    status, file, headers = await pages.get("/conferences.ics")
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    before = events(file)
    assert [event["status"] for event in before] == ["CONFIRMED", "CONFIRMED"]
    async with pages.store.write() as connection:
        await set_state(connection, number, State.CANCELLED, datetime(2026, 12, 1, tzinfo=UTC))
    [after] = events((await pages.get("/conferences.ics"))[1])
    assert (after["uid"], after["status"]) == (before[0]["uid"], "CANCELLED")
    assert after.sequence > before[0].sequence
    assert "cancelled" in await pages.words("/conferences/africa-2027")


async def test_the_page_under_a_code_holds_all_there_is_to_take_along(pages: Site) -> None:
    await hosted(pages.store)
    pair = await paired(pages.store)
    await comes(pages.store, visa=True, guests=2, pair_id=pair)
    await comes(pages.store, "B7P4N9QX2M", "Bernd Maier", side="german", municipality="Köln", country="DE", pair_id=pair)
    text = await pages.words(f"/r/{CODE}")
    assert "confirmed K7P4N-9QX2M" in text
    assert "Partner municipality Köln" in text
    for path, kind in ((".svg", "image/svg+xml"), ("/conference.ics", "text/calendar; charset=utf-8"),
                       ("/confirmation.pdf?lang=fr&beside=de", "application/pdf"), ("/letter-1.pdf?lang=en", "application/pdf")):
        assert f"/r/{CODE}{path.partition('?')[0]}" in await pages.source(f"/r/{CODE}")
        status, _body, headers = await pages.get(f"/r/{CODE}{path}")
        assert (status, headers["Content-Type"], headers["X-Robots-Tag"]) == (200, kind, "noindex")
    pdf = (await pages.get(f"/r/{CODE}/confirmation.pdf"))[1]
    [read] = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil())
    assert read.text == f"{BASE}/r/{CODE}"
    assert (await pages.get("/r/k7p4n-9qx2m"))[0] == 200, "as it is typed from paper"


async def test_a_registration_speaks_its_own_language_where_the_browser_names_none(pages: Site) -> None:
    await hosted(pages.store)
    await comes(pages.store, language="ar")
    assert 'lang="ar"' in await pages.source(f"/r/{CODE}", "xx")


async def test_a_code_that_is_none_leads_nowhere(pages: Site) -> None:
    await hosted(pages.store)
    for path in ("/r/AAAAAAAAAA", "/r/AAAAAAAAAA.svg", "/r/AAAAAAAAAA/confirmation.pdf", "/r/AAAAAAAAAA/letter-1.pdf"):
        status, _body, headers = await pages.get(path)
        assert (status, headers["X-Robots-Tag"]) == (404, "noindex")


async def test_papers_are_for_those_who_have_a_place(pages: Site) -> None:
    number = await hosted(pages.store)
    await comes(pages.store, status="waiting", visa=True)
    text = await pages.words(f"/r/{CODE}")
    assert "on the waiting list Place in line: 1" in text
    assert "PDF)" not in text
    assert [(await pages.get(f"/r/{CODE}/{paper}.pdf"))[0] for paper in ("confirmation", "letter-1")] == [404, 404]
    await comes(pages.store, "B7P4N9QX2M")
    assert (await pages.get("/r/B7P4N9QX2M/letter-2.pdf"))[0] == 404, "no letter was asked for"
    async with pages.store.write() as connection:
        await set_state(connection, number, State.CANCELLED, NOW)
    assert (await pages.get("/r/B7P4N9QX2M/confirmation.pdf"))[0] == 404, "nobody travels with it by mistake"


def a_file(content: bytes, name: str = "arms.pdf", question: str = "logo") -> FormData:
    form = FormData()
    form.add_field("question", question)
    form.add_field("file", BytesIO(content), filename=name)
    return form


async def test_a_file_that_the_conference_asks_for_is_handed_in_on_the_page(pages: Site) -> None:
    await hosted(pages.store)
    await comes(pages.store)
    assert "Your coat of arms" in await pages.words(f"/r/{CODE}")
    for content in (b"%PDF-1.7 first", b"%PDF-1.7 second"):
        async with pages.client.post(f"/r/{CODE}/file", data=a_file(content)) as response:
            assert (response.status, "arms.pdf : has come in." in _read(await response.text())) == (200, True)
    async with pages.store.read() as connection:
        [kept] = await connection.execute(conference_file.select())
    assert (kept.question, kept.name, kept.content) == ("logo", "arms.pdf", b"%PDF-1.7 second")


async def test_what_is_no_picture_or_too_large_is_refused_with_the_reason(pages: Site) -> None:
    await hosted(pages.store)
    await comes(pages.store)
    for form, reason in ((a_file(b"MZ\x90 a program"), "Only PDF files and pictures"),
                         (a_file(b"%PDF-" + b"x" * 5_000_001), "The file is too large: at most 5 MB"),
                         (a_file(b"%PDF-", question="arrival"), "Please choose a file first.")):
        async with pages.client.post(f"/r/{CODE}/file", data=form) as response:
            assert (response.status, reason in await response.text()) == (422, True)
    async with pages.store.write() as connection:
        await set_state(connection, 1, State.CANCELLED, NOW)
    async with pages.client.post(f"/r/{CODE}/file", data=a_file(b"%PDF-")) as response:
        assert "no longer taken" in await response.text()


def _read(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
