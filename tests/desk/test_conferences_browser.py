"""Conferences in Chromium: axe-core's rules on every page, no page wider than a phone, and the entrance without a connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from bot.conferences.pages.own import OwnPages
from bot.conferences.pages.public import ConferencePages
from bot.knowledge import LiveKnowledge
from flows.conference.view import State
from flows.notices import Links
from tests.browser.conftest import browser, tab
from tests.browser.test_accessibility import complaints
from tests.desk.test_browser import entered
from tests.support.desk import NOW, Browser, desk
from tests.support.hosting import BASE, CODE, comes, hosted, paired
from tests.support.migrated import migrated
from tests.support.talk import knowledge

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PAGES = ("/conferences", "/conferences/new", "/conferences/1", "/conferences/1/edit", "/conferences/1/cancel",
         "/conferences/1/tell", "/conferences/1/questions?key=arrival", "/conferences/1/codes", "/conferences/1/registrations",
         "/conferences/1/registrations?status=lapsed", "/conferences/1/figures", "/conferences/1/badges",
         "/conferences/1/check-in", "/registrations/1", "/registrations/3")
PUBLIC = ("/conferences", "/conferences/africa-2027", "/conferences/asia-2027", f"/r/{CODE}")
# A camera and a detector as a phone has them: the first look sees nothing, the second Amina's code.
CAMERA = """
let looks = 0;
window.BarcodeDetector = class { async detect() { return looks++ ? [{ rawValue: "https://chat.example.org/r/CODE" }] : []; } };
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
HTMLMediaElement.prototype.play = async () => {};
""".replace("CODE", CODE)


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path: Path) -> AsyncIterator[Browser]:
    """A desk with two conferences, and people who have registered."""
    store = await migrated(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite'}")
    await hosted(store)
    await hosted(store, slug="asia-2027", region="asia", stored=State.CANCELLED)
    pair = await paired(store)
    await comes(store, guests=2, visa=True, pair_id=pair)
    await comes(store, "B7P4N9QX2M", "Bernd Maier", side="german", municipality="Köln", country="DE", pair_id=pair)
    await comes(store, "C7P4N9QX2M", "ليلى حداد", municipality="نابلس", country="PS", status="pending", language="ar")
    await comes(store, "D7P4N9QX2M", "A-very-long-name " * 4, municipality="Llanfairpwllgwyngyllgogerychwyrndrobwll" * 2,
                status="waiting")
    async with desk(store) as opened:
        yield opened
    await store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(office: Browser) -> AsyncIterator[str]:
    """The public pages' address."""
    application = web.Application()
    live = LiveKnowledge(knowledge())
    ConferencePages(office.store, live, lambda: NOW, BASE, lambda: Links(base=BASE, bot="b")).setup(application)
    OwnPages(office.store, lambda: NOW, BASE, lambda: Links(base=BASE)).setup(application)
    server = TestServer(application)
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


async def at_the_entrance(page: Page, office: Browser) -> str:
    home = await entered(page, office)
    await page.goto(f"{home}/conferences/1/check-in")
    return home


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
async def test_every_page_of_the_desk_meets_the_rules_and_fits(
        browser: Chromium, office: Browser, width: int, dark: bool) -> None:
    async with tab(browser, width=width, dark=dark, language="de") as page:
        home = await entered(page, office)
        for path in PAGES:
            await page.goto(home + path)
            assert (path, await complaints(page)) == (path, [])
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize(("language", "width", "dark"), [("en", 360, False), ("ar", 360, True), ("de", 1280, False)])
async def test_every_public_page_meets_the_rules_without_a_script(
        browser: Chromium, site: str, language: str, width: int, dark: bool) -> None:
    async with tab(browser, width=width, dark=dark, language=language) as page:
        for path in PUBLIC:
            await page.goto(site + path)
            assert (path, await complaints(page)) == (path, [])
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert await page.locator("script").count() == 0


async def test_presses_without_a_connection_are_kept_and_sent_once_there_is_one(browser: Chromium, office: Browser) -> None:
    async with tab(browser, width=390) as page:
        await at_the_entrance(page, office)
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Arrived Amina Njoroge", exact=True).click()
        await page.get_by_role("button", name="Arrived Bernd Maier").click()
        await page.get_by_role("button", name="Undo Bernd Maier").click()
        await expect(page.locator("#here")).to_have_text("1")
        await expect(page.locator("#notice")).to_contain_text("3 presses are kept on this phone")
        await expect(page.locator("#expected")).to_have_text("3")
        assert await complaints(page) == []
        await page.context.set_offline(False)
        await expect(page.locator("#notice")).to_have_text("All presses have been sent.", timeout=9000)
        await page.reload()
        await expect(page.locator("#here")).to_have_text("1")
        assert await page.locator("li.here").count() == 1


async def test_presses_outlive_a_reload(browser: Chromium, office: Browser) -> None:
    async with tab(browser, width=390) as page:
        await at_the_entrance(page, office)
        await page.route("**/check-in", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        await page.get_by_role("button", name="Arrived Bernd Maier").click()
        await expect(page.locator("#notice")).to_contain_text("1 press")
        kept = await page.evaluate("JSON.stringify(localStorage)")
        assert "Bernd" not in kept, "no name is kept on the phone"
        await page.unroute("**/check-in")
        await page.reload()
        await expect(page.locator("li.here .guest")).to_have_text("Bernd Maier")
        await expect(page.locator("#here")).to_have_text("1")


async def test_the_camera_finds_a_guest_by_the_code(browser: Chromium, office: Browser) -> None:
    async with tab(browser, width=390) as page:
        await page.add_init_script(CAMERA)
        await at_the_entrance(page, office)
        await page.get_by_role("button", name="Read the QR code with the camera").click()
        await expect(page.locator("#text")).to_have_value(CODE)
        await expect(page.locator("#guests li:visible")).to_have_count(2)
        await expect(page.locator("#notice")).to_contain_text("Amina Njoroge: please check the name")


async def test_without_a_detector_the_code_is_typed(browser: Chromium, office: Browser) -> None:
    async with tab(browser, width=390) as page:
        await page.add_init_script("delete window.BarcodeDetector")
        await at_the_entrance(page, office)
        await expect(page.locator("#camera")).to_be_hidden()
        await page.locator("#text").fill("b7p4n-9qx2m")
        await expect(page.locator("#guests li:visible .guest")).to_have_text("Bernd Maier")


async def test_the_entrance_works_without_scripts(browser: Chromium, office: Browser) -> None:
    async with tab(browser, width=390, script=False) as page:
        await at_the_entrance(page, office)
        await page.get_by_label("Code or name").fill("K7P4N-9QX2M")
        await page.get_by_role("button", name="Find").click()
        await page.get_by_role("button", name="Arrived Amina Njoroge 2").click()
        assert "1 / 3" in await page.locator("#tally").inner_text()
        await page.get_by_role("button", name="Undo Amina Njoroge 2").click()
        assert "0 / 3" in await page.locator("#tally").inner_text()
