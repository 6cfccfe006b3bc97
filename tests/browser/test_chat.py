"""People in the web chat: with and without JavaScript, on a phone, in Arabic, offline, inside another site."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, FrameLocator, Locator, Page, Route, expect

from .conftest import Site, tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def box(page: Page | FrameLocator) -> Locator:
    return page.locator("#text")


def said(page: Page | FrameLocator, author: str = "assistant") -> Locator:
    return page.locator(f"#log .{author} .words")


def stored(page: Page) -> Locator:
    """The person's messages that the server has taken in."""
    return page.locator("#log .person[id]")


async def write(page: Page, text: str) -> None:
    await box(page).fill(text)
    await page.locator("#send").click()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
async def test_a_dialogue_is_held_and_survives_a_reload(browser: Browser, site: Site, script: bool, width: int) -> None:
    async with tab(browser, script=script, width=width) as page:
        await page.goto(site.url)
        await expect(said(page)).to_contain_text(["Hello!"])
        await page.get_by_role("button", name="Check eligibility").click()
        await expect(said(page).last).to_contain_text("?")
        question = await said(page).last.inner_text()
        first = page.locator("#log .choices").last.locator("button").first
        label = await first.inner_text()
        await first.click()
        await expect(said(page, "person").last).to_have_text(label)
        await expect(said(page).last).not_to_have_text(question)
        await write(page, "Peru")
        await expect(stored(page).last).to_contain_text("Peru")
        before = await page.locator("#log .words").all_inner_texts()
        await page.goto(site.url)
        assert await page.locator("#log .words").all_inner_texts() == before


async def test_the_box_keeps_the_focus_and_enter_sends(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await box(page).fill("What is this?")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("Please.")
        await page.keyboard.press("Enter")
        await expect(said(page, "person").last).to_have_text("What is this?\nPlease.")
        await expect(box(page)).to_be_focused()
        await expect(box(page)).to_have_value("")
        assert page.url == f"{site.url}/"


async def test_the_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Go to the text box")).to_be_focused()
        for _ in range(8):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.value === '/check'"):
                break
        await page.keyboard.press("Enter")
        await expect(said(page, "person").last).to_have_text("Check eligibility")
        assert await page.evaluate("document.activeElement.textContent") == "Check eligibility"
        await expect(page.locator("#log .choices").last.locator("button").first).to_be_visible()
        await page.keyboard.press("Tab")
        while not await page.evaluate("document.activeElement.closest('.message:last-child .choices') !== null"):
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("#log .person")).to_have_count(2)


async def test_a_pressed_choice_is_marked_and_the_others_are_disabled(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(f"{site.url}/?start=check")
        answers = page.locator("#log .choices").last.locator("button:not([value^='/'])")
        await answers.first.click()
        await expect(stored(page)).to_have_count(1)
        pressed = page.locator("#log [aria-disabled]")
        await expect(pressed).to_have_count(1)
        closed = page.locator("#log .closed button:disabled")
        assert await closed.count() >= 1


async def test_a_reply_of_the_team_arrives_by_itself(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await write(page, "Hello")
        await expect(stored(page)).to_have_count(1)
        await site.write("The team answers you here.")
        await expect(said(page, "staff")).to_have_text("The team answers you here.", timeout=4000)


async def test_what_could_not_be_sent_stays_and_is_sent_once_when_the_connection_is_back(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await write(page, "Hello")
        await expect(stored(page)).to_have_count(1)
        await page.context.set_offline(True)
        await write(page, "Can Peru take part?")
        await expect(page.locator("#notice")).to_contain_text("No connection")
        await expect(box(page)).to_have_value("Can Peru take part?")
        await page.context.set_offline(False)
        await expect(said(page, "person").last).to_have_text("Can Peru take part?")
        await expect(page.locator("#notice")).to_be_empty()
        await expect(box(page)).to_have_value("")
        await page.reload()
        await expect(said(page, "person")).to_have_text(["Hello", "Can Peru take part?"])


async def test_an_answer_lost_on_the_way_is_asked_for_again_under_the_same_id(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await write(page, "Hello")
        await expect(stored(page)).to_have_count(1)
        sent: list[str] = []

        async def lose(route: Route) -> None:
            if route.request.method == "POST":
                sent.append(re.findall(r"\bid=(\w+)", route.request.post_data or "")[0])
                if len(sent) == 1:
                    await route.fetch()
                    await route.abort()
                    return
            await route.continue_()

        await page.route("**/*", lose)
        await write(page, "Can Peru take part?")
        await expect(page.locator("#notice")).to_contain_text("No connection")
        await expect(page.locator("#notice")).to_be_empty(timeout=8000)
        await expect(said(page, "person")).to_have_text(["Hello", "Can Peru take part?"])
        assert len(sent) == 2
        assert sent[0] == sent[1]
        await page.reload()
        await expect(said(page, "person")).to_have_text(["Hello", "Can Peru take part?"])


async def test_a_text_that_is_too_long_stays_in_the_box_with_the_reason(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await write(page, "a" * 4001)
        await expect(page.locator("#notice")).to_contain_text("yours has 4001")
        await expect(box(page)).to_have_value("a" * 4001)


@pytest.mark.parametrize("script", [True, False])
async def test_arabic_runs_from_right_to_left(browser: Browser, site: Site, script: bool) -> None:
    async with tab(browser, language="ar-EG", script=script, width=360) as page:
        await page.goto(site.url)
        assert await page.get_attribute("html", "dir") == "rtl"
        await write(page, "مرحبا")
        await expect(said(page, "person")).to_have_text("مرحبا")
        own, others = await said(page, "person").last.bounding_box(), await said(page).last.bounding_box()
        assert own is not None
        assert others is not None
        assert own["x"] + own["width"] < others["x"] + others["width"]
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("script", [True, False])
async def test_the_language_menu_changes_page_and_conversation(browser: Browser, site: Site, script: bool) -> None:
    async with tab(browser, script=script) as page:
        await page.goto(site.url)
        await write(page, "Hello")
        await expect(stored(page)).to_have_count(1)
        await page.locator("#languages summary").click()
        await page.locator("#languages a[lang=ar]").click()
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(said(page).last).to_have_attribute("lang", "ar")


async def test_a_wish_for_another_language_in_words_turns_the_page_too(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await write(page, "in Deutsch, please")
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await expect(box(page)).to_be_focused()


async def test_a_new_conversation_begins_with_the_greeting(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await write(page, "Hello")
        await expect(stored(page)).to_have_count(1)
        await page.get_by_role("button", name="New conversation").click()
        await expect(said(page, "person")).to_have_count(0)
        await expect(said(page)).to_have_count(1)


async def test_at_four_hundred_percent_nothing_is_cut_off(browser: Browser, site: Site) -> None:
    """WCAG 1.4.10: 1280 x 1024 at 400 % is a view of 320 x 256."""
    async with tab(browser, width=320, height=256) as page:
        await page.goto(f"{site.url}/?start=check")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert await page.locator("#composer").evaluate("node => getComputedStyle(node).position") == "static"


async def test_the_chat_works_inside_another_site(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(f"http://127.0.0.1:{site.other.port}/?chat={site.url}")
        opener = page.get_by_role("button", name="Ask the assistant")
        await opener.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        frame = page.frame_locator("iframe")
        await expect(said(frame)).to_contain_text(["Hello!"])
        await box(frame).fill("Hello from the town")
        await box(frame).press("Enter")
        await expect(said(frame, "person")).to_have_text("Hello from the town")
        await expect(frame.locator("#log .person[id]")).to_have_count(1)
        await box(frame).press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(opener).to_be_focused()
        await page.reload()
        await opener.click()
        await expect(said(frame, "person")).to_have_text("Hello from the town")
        await frame.get_by_role("button", name="New conversation").click()
        await expect(said(frame, "person")).to_have_count(0)
        assert await page.context.cookies(page.url) == []
