"""The inbox in Chromium: new words appear by themselves, nothing that is being typed is lost, and the rules are met."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from bot.inbox.entries import add
from bot.store.database import Store
from bot.store.migrate import migrate
from tests.browser.conftest import browser, tab
from tests.browser.test_accessibility import complaints
from tests.desk.test_browser import entered
from tests.support.desk import NOW, Browser, a_chat, an_enquiry, desk

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PAGE = "/enquiries/E-AAAA22"


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path: Path) -> AsyncIterator[Browser]:
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite'}")
    await migrate(store)
    await an_enquiry(store, chat_id=await a_chat(store), country="NI", side="south")
    await an_enquiry(store, "E-BBBB22", question="هل يمكن لبلديتنا المشاركة؟ " + "x" * 200, language="ar")
    async with desk(store) as opened:
        await wrote(opened, "question", "¿Cuánto dura una misión?")
        await opened.sign_in("editor", "Ben")
        home = f"/desk{PAGE}"
        await opened.send(f"{home}/talk", home)
        await opened.send(f"{home}/reply", home, text="Un momento, por favor.")
        await opened.send(f"{home}/note", home, note="Ask the ministry.")
        await opened.send(f"{home}/tags", home, tags="visa, travel")
        await opened.send("/desk/canned", title="Gracias", language="es", text="Gracias por {reference}. {name}")
        yield opened
    await store.close()


async def wrote(office: Browser, kind: str, text: str) -> None:
    async with office.store.write() as connection:
        await add(connection, 1, kind, text, NOW)  # type: ignore[arg-type]  # the parameter lists the kinds


async def test_new_words_appear_while_one_types(browser: Chromium, office: Browser) -> None:
    async with tab(browser) as page:
        home = await entered(page, office)
        await page.goto(home + PAGE)
        await page.get_by_label("Your reply").fill("Half a sent")
        await wrote(office, "person", "¿Sigue ahí?")
        await expect(page.get_by_role("log")).to_contain_text("¿Sigue ahí?")
        await page.get_by_label("Your reply").press_sequentially("ence")
        await expect(page.get_by_label("Your reply")).to_have_value("Half a sentence")
        await page.get_by_role("button", name="Send the reply").click()
        await expect(page.get_by_role("log")).to_contain_text("Half a sentence")


async def test_the_list_and_the_title_count_what_is_unread(browser: Chromium, office: Browser) -> None:
    async with tab(browser) as page:
        home = await entered(page, office)
        await page.goto(f"{home}/enquiries")
        await expect(page).to_have_title("(1) Inbox – Staff desk")
        async with tab(browser) as another:
            await entered(another, office)
            await another.goto(home + PAGE)
        await expect(page).to_have_title("Inbox – Staff desk")
        await expect(page.locator("#new")).to_have_text("You have read everything that is open.")
        await wrote(office, "person", "¿Hola?")
        await expect(page.locator("#new")).to_have_text("1 open enquiry has new words for you.")
        await expect(page.locator("tr.unread")).to_contain_text("¿Hola?")


async def test_a_colleagues_reply_reaches_the_open_form(browser: Chromium, office: Browser) -> None:
    async with tab(browser) as page:
        home = await entered(page, office)
        await page.goto(home + PAGE)
        await office.send(f"/desk{PAGE}/reply", f"/desk{PAGE}", text="Dos semanas.")
        await expect(page.get_by_role("log")).to_contain_text("Dos semanas.")
        await page.get_by_label("Your reply").fill("Más o menos.")
        await page.get_by_role("button", name="Send the reply").click()
        await expect(page.get_by_role("status").first).to_contain_text("on its way")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
async def test_the_inbox_meets_the_rules_and_fits(browser: Chromium, office: Browser, width: int, dark: bool) -> None:
    async with tab(browser, width=width, dark=dark, language="de") as page:
        home = await entered(page, office)
        for path in ("/enquiries", PAGE, f"{PAGE}?canned=1", "/enquiries/E-BBBB22", "/canned", "/canned/1"):
            await page.goto(home + path)
            assert (path, await complaints(page)) == (path, [])
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_without_scripts_a_talk_is_led_from_end_to_end(browser: Chromium, office: Browser) -> None:
    async with tab(browser, script=False) as page:
        home = await entered(page, office)
        await page.goto(home + PAGE)
        await page.get_by_role("button", name="Join the talk").click()
        await page.get_by_text("Take a reply kept ready").click()
        await page.get_by_role("link", name="Gracias").click()
        await page.get_by_role("button", name="Send the reply").click()
        await expect(page.get_by_role("log")).to_contain_text("Gracias por E-AAAA22. Ada")
        await page.get_by_role("button", name="Hand back to the assistant").click()
        await expect(page.get_by_role("log")).to_contain_text("Ada has handed the person back to the assistant.")
