"""axe-core's rules for WCAG 2.2 AA, over the page as people meet it."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from .conftest import Site, tab

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def complaints(page: Page) -> list[str]:
    results = await Axe().run(page, options=RULES)
    return [f"{found['id']}: {node['html']} {node.get('failureSummary', '')}"
            for found in results.response["violations"] for node in found["nodes"]]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_a_conversation_meets_the_rules(browser: Browser, site: Site, dark: bool, width: int, language: str) -> None:
    async with tab(browser, dark=dark, width=width, language=language) as page:
        await page.goto(site.url)
        assert await complaints(page) == []
        await page.goto(f"{site.url}/?start=check")
        await page.locator("#log .choices").last.locator("button").first.click()
        await expect(page.locator("#log .person[id]")).to_have_count(1)
        await page.locator("#text").fill("?")
        await page.locator("#send").click()
        await expect(page.locator("#log .person[id]")).to_have_count(2)
        await site.write("From the team: https://example.org/page")
        await expect(page.locator("#log .staff")).to_have_count(1, timeout=4000)
        await page.locator("#languages summary").click()
        assert await complaints(page) == []


async def test_an_error_meets_the_rules(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        await page.goto(site.url)
        await page.locator("#text").fill("a" * 4001)
        await page.locator("#send").click()
        await expect(page.locator("#notice")).not_to_be_empty()
        assert await complaints(page) == []


async def test_the_guide_and_the_frame_meet_the_rules(browser: Browser, site: Site) -> None:
    async with tab(browser) as page:
        for path in ("/embed", "/?embed=1"):
            await page.goto(site.url + path)
            assert await complaints(page) == []


@pytest.mark.parametrize("width", [360, 1280])
async def test_targets_are_large_enough_to_tap(browser: Browser, site: Site, width: int) -> None:
    async with tab(browser, width=width) as page:
        await page.goto(site.url)
        heights = await page.locator("button:visible, summary:visible").evaluate_all(
            "nodes => nodes.map((node) => Math.min(node.getBoundingClientRect().height, node.getBoundingClientRect().width))")
        assert len(heights) >= 8
        assert min(heights) >= 44
