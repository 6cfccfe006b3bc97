"""A document is attached in the web chat: with and without the script, on a phone, in Arabic, and when it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support import papers

from .conftest import Site, tab
from .test_accessibility import complaints
from .test_chat import said, stored, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def opens_a_checklist(page: Page, site: Site) -> None:
    await page.goto(site.url)
    await write(page, "/case start")
    await expect(stored(page)).to_have_count(1)
    for count, choice in enumerate(("consent:yes", "writer:south"), start=2):
        await page.locator(f"#log button[value='{choice}']").click()
        await expect(stored(page)).to_have_count(count)
    for count, line in enumerate(("Nicaragua", "Corinto", "Köln", "Ana"), start=4):
        await write(page, line)
        await expect(stored(page)).to_have_count(count)
    await page.locator("#log button[value='/case 1']").click()
    await expect(said(page).last).to_contain_text("Corinto – Köln")


async def attaches(page: Page, file: Path) -> None:
    await page.locator("#attach summary").click()
    await page.locator("#file").set_input_files(file)
    await page.locator("#attach button").click()


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(papers.pdf())
    return file


@pytest.mark.parametrize(("script", "width", "language"), [(True, 390, "en"), (True, 1280, "ar"), (False, 390, "ar")])
async def test_a_document_is_attached(browser: Browser, site: Site, minutes: Path, script: bool, width: int,
                                      language: str) -> None:
    async with tab(browser, script=script, width=width, language=language) as page:
        await page.goto(site.url)
        await expect(page.locator("#attach")).to_be_hidden()
        await opens_a_checklist(page, site)
        await attaches(page, minutes)
        await expect(stored(page).last).to_contain_text("📎 minutes.pdf")
        await expect(said(page).last).to_contain_text("minutes.pdf")
        await page.locator("#log button[value='item:staff']").last.click()
        await page.locator("#log button[value='/case 1 item staff']").last.click()
        await expect(page.locator("#log button[value='/case 1 doc 1']")).to_have_text("📄 minutes.pdf")


async def test_what_is_too_large_or_not_taken_is_told(browser: Browser, site: Site, tmp_path: Path) -> None:
    large, page_file = tmp_path / "large.pdf", tmp_path / "page.pdf"
    large.write_bytes(b"%PDF" + b" " * (11 << 20))
    page_file.write_bytes(b"<html>")
    async with tab(browser, width=390) as page:
        await opens_a_checklist(page, site)
        await attaches(page, large)
        await expect(page.locator("#notice")).to_contain_text("A document can have at most 10 MB.")
        await page.locator("#file").set_input_files(page_file)
        await page.locator("#attach button").click()
        await expect(said(page).last).to_contain_text("is not of a kind that can be attached")


async def test_without_a_connection_the_file_stays_chosen_and_counts_once(browser: Browser, site: Site, minutes: Path) -> None:
    async with tab(browser) as page:
        await opens_a_checklist(page, site)
        await page.context.set_offline(True)
        await attaches(page, minutes)
        await expect(page.locator("#notice")).to_have_text("The document could not be sent. Please try again in a moment.")
        await page.context.set_offline(False)
        await page.locator("#attach button").click()
        await expect(stored(page).last).to_contain_text("📎 minutes.pdf")
        await expect(said(page).last).to_contain_text("Which point does it belong to?")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_form_meets_the_rules(browser: Browser, site: Site, width: int, language: str) -> None:
    async with tab(browser, width=width, language=language) as page:
        await opens_a_checklist(page, site)
        await page.locator("#attach summary").click()
        assert await complaints(page) == []
        wide = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert wide, "nothing is cut off at the side"
