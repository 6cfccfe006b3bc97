"""The desk in Chromium without scripts: a day's work, axe-core's rules on every page, and no page wider than a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page

from bot.desk.openid import OpenId
from bot.store.counts import Counted, add_counts
from bot.store.desk_tables import fault
from bot.store.schema import staff
from bot.store.staff import add_staff, new_link
from bot.store.team_articles import Words, publish, write
from flows.counting import Count
from tests.browser.conftest import browser, tab
from tests.browser.test_accessibility import complaints
from tests.support.desk import NOW, Browser, a_chat, a_miss, an_enquiry, desk
from tests.support.migrated import migrated
from tests.support.provider import CLIENT, SECRET, provider
from tests.support.talk import knowledge

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PAGES = ("", "/enquiries", "/enquiries?status=all&text=nothing", "/enquiries/E-AAAA22", "/misses", "/misses/1", "/misses/2",
         "/phrases", "/try?language=es&question=quien+paga+los+vuelos", "/staff", "/answers", "/announcements", "/cases",
         "/calls", "/audit", "/audit?kind=article", "/enquiries?status=all&order=-reference", "/misses/999", "?note=replied",
         "/articles", "/articles?mark=team", "/articles/missions", "/articles/missions/de", "/answers/1", "/answers/2",
         "/answers/new", "/dac", "/dac/1", "/sources", "/misses/1/answer", "?days=84&language=es",
         "/people", "/people?by=enquiry&name=none", "/people/1", "/terms", "/settings", "/settings/versions", "/staff/2",
         "/health")


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path: Path) -> AsyncIterator[Browser]:
    """A desk with something on it."""
    store = await migrated(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite'}")
    await an_enquiry(store, chat_id=await a_chat(store), contact="a-rather-long-name@municipality-of-somewhere.example.org")
    await an_enquiry(store, "E-BBBB22", question="هل يمكن لبلديتنا المشاركة؟ " + "x" * 200, language="ar")
    await a_miss(store, "quien paga los vuelos", "es", "unsure", "missions")
    await a_miss(store, "", "en", "unhelpful", "amounts")
    async with desk(store) as opened:
        await opened.sign_in("editor")
        await opened.send("/desk/phrases", article="missions", language="es", phrase="quien paga los pasajes")
        await knowing(opened)
        await opened.sign_in("admin", "Ada")
        await opened.send("/desk/settings", contact="team@a-rather-long-name.of-a-municipality.example.org")
        async with store.write() as connection:
            await connection.execute(fault.insert().values(
                event="turn failed", error="KeyError", place="flows/somewhere/in_a_long_path.py:17 a_function", replica="me",
                at=NOW))
        yield opened
    await store.close()


async def knowing(office: Browser) -> None:
    """Something counted, words that wait and words that are read, a list with changes."""
    counts = [Count("message"), Count("outcome", "answered"), Count("topic", "missions"), Count("country", "", "KE"),
              Count("begun", "eligibility"), Count("put", "eligibility.side", words="Who is asking?")]
    async with office.store.write() as connection:
        counted = [Counted(count, language, "web") for count in counts for language in ("de", "es")]
        await add_counts(connection, counted, NOW.date())
        words = Words("en", "Missions", "Experts travel for some days.", ("service-missions",))
        first = await write(connection, "missions", words, None, NOW)
        await publish(connection, first.id, None, NOW)
        await write(connection, "missions", replace(words, answer="Experts travel for a week."), None, NOW, state="review")
    listed = sorted(knowledge().dac.countries(NOW.date()) - {"KE"})
    await office.send("/desk/dac", "/desk/dac", valid_from="2027-01-01", source="OECD", lines="\n".join(
        ["iso2,income_group", "SC,upper-middle", *(f"{code},LDC" for code in listed)]))


async def entered(page: Page, office: Browser) -> str:
    """Signs in as a person does; returns the desk's address."""
    async with office.store.write() as connection:
        code = await new_link(connection, await add_staff(connection, "Ada", "admin", NOW), NOW)
    home = str(office.client.make_url("/desk"))
    await page.goto(f"{home}/sign-in/{code}")
    await page.locator("main button").click()
    return home


async def chosen(page: Page, group: str, link: str) -> None:
    """Goes to another page by the navigation."""
    heading = page.locator("header details", has_text=group)
    await heading.locator("summary").click()
    await heading.get_by_role("link", name=link, exact=True).click()


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
async def test_every_page_meets_the_rules_and_fits(browser: Chromium, office: Browser, width: int, dark: bool) -> None:
    async with tab(browser, width=width, dark=dark, language="de") as page:
        await page.goto(str(office.client.make_url("/desk")))
        assert await complaints(page) == []
        home = await entered(page, office)
        for path in PAGES:
            await page.goto(home + path)
            assert (path, await complaints(page)) == (path, [])
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_a_refused_form_and_a_new_link_meet_the_rules(browser: Chromium, office: Browser) -> None:
    async with tab(browser, language="de") as page:
        home = await entered(page, office)
        await page.goto(f"{home}/enquiries/E-AAAA22")
        await page.get_by_label("Ihre Antwort").fill("   ")
        await page.get_by_role("button", name="Antwort senden").click()
        assert await page.get_by_role("alert").inner_text() == "Bitte schreiben Sie zuerst eine Antwort."
        assert await complaints(page) == []
        await page.goto(f"{home}/staff")
        await page.get_by_role("button", name="Neuer Anmeldelink").first.click()
        assert "/desk/sign-in/" in await page.locator(".note code").first.inner_text()
        assert await complaints(page) == []


async def test_a_days_work_needs_no_script(browser: Chromium, office: Browser) -> None:
    async with tab(browser, script=False) as page:
        await entered(page, office)
        await chosen(page, "Inbox", "Enquiries")
        await page.get_by_role("link", name="E-AAAA22").click()
        await page.get_by_label("Your reply").fill("Eso se acuerda en cada proyecto.")
        await page.get_by_role("button", name="Send the reply").click()
        assert "on its way" in await page.get_by_role("status").inner_text()
        await chosen(page, "Knowledge", "Open questions")
        await page.get_by_role("link", name="quien paga los vuelos").click()
        await page.get_by_label("Article that answers it").select_option("missions")
        await page.get_by_role("button", name="Add the phrase").click()
        assert "The phrase is added." in await page.get_by_role("status").inner_text()
        await chosen(page, "Knowledge", "Added phrases")
        await page.get_by_role("button", name="Take back").first.click()
        assert "taken back" in await page.get_by_role("status").inner_text()
        await page.get_by_role("button", name="Sign out", exact=True).click()
        assert "You are signed out." in await page.get_by_role("status").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
async def test_targets_are_large_enough_to_tap(browser: Chromium, office: Browser, width: int) -> None:
    async with tab(browser, width=width) as page:
        home = await entered(page, office)
        await page.goto(f"{home}/enquiries")
        boxes = await page.locator("button:visible, nav a:visible, select, input:visible").evaluate_all(
            "found => found.map(one => one.getBoundingClientRect().height)")
        assert min(boxes) >= 40


async def test_an_office_day_needs_no_script(browser: Chromium, office: Browser) -> None:
    async with tab(browser, script=False) as page:
        home = await entered(page, office)
        await chosen(page, "Office", "Settings")
        await page.get_by_label("Telephone, e-mail, address").fill("+49 228 0000")
        await page.get_by_role("button", name="Save the settings").click()
        assert "settings are saved" in await page.get_by_role("status").inner_text()
        await page.goto(f"{home}/settings/versions")
        await page.get_by_role("button", name="Bring back").click()
        assert "settings are saved" in await page.get_by_role("status").inner_text()
        await chosen(page, "Office", "A person's data")
        await page.get_by_label("Number, code or chat").fill("E-AAAA22")
        await page.get_by_role("button", name="Find").click()
        await page.get_by_label("Enquiries: E-mail address").first.fill("ana@example.org")
        await page.get_by_role("button", name="Put right").first.click()
        assert "put right" in await page.get_by_role("status").inner_text()
        async with page.expect_download() as file:
            await page.get_by_role("button", name="Everything as a file (JSON)").click()
        assert (await file.value).suggested_filename == "person-1.json"
        await page.get_by_label("to confirm it").fill("1")
        await page.get_by_role("button", name="Erase everything").click()
        assert "is erased" in await page.get_by_role("status").inner_text()
        await chosen(page, "Office", "Audit log")
        assert "data erased" in await page.locator("main table").inner_text()
        await page.get_by_label("On what").select_option("setting")
        await page.get_by_role("button", name="Show").click()
        assert "data erased" not in await page.locator("main table").inner_text()


async def test_the_organisations_sign_in_leads_to_the_desk(browser: Chromium, tmp_path: Path) -> None:
    store = await migrated(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite'}")
    async with store.write() as connection:
        await add_staff(connection, "Ada", "admin", NOW)
        await connection.execute(staff.update().values(email="ada@example.org"))
    async with provider() as idp, desk(store, openid=OpenId(idp.issuer, CLIENT, SECRET)) as opened, tab(browser) as page:
        # Another site than the provider's, as in life: a strict cookie must not be lost on the way back.
        await page.goto(str(opened.client.make_url("/desk")).replace("127.0.0.1", "localhost"))
        assert await complaints(page) == []
        await page.get_by_role("link", name="Sign in with your organisation's account").click()
        await page.get_by_text("Signed in as Ada").wait_for()
        assert page.url.endswith("/desk")
    await store.close()
