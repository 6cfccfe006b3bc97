"""Who comes in, and what each role may do: every route, with every role and with none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.desk import pages
from bot.desk.guard import Page as Route
from bot.store.database import Store
from bot.store.schema import enquiry, miss, staff_link, staff_session
from bot.store.staff import ROLES, Role, add_staff, new_link
from tests.support.desk import NOW, Browser, Page, a_chat, a_miss, an_enquiry, desk
from tests.support.store import store

__all__ = ["store"]
RANK = ("stranger", *ROLES)
BEHIND_THE_DOOR = [page for page in pages.PAGES if page.role != "stranger"]


@pytest_asyncio.fixture
async def browser(store: Store) -> AsyncIterator[Browser]:
    await an_enquiry(store, chat_id=await a_chat(store))
    await a_miss(store, "who pays the flights")
    async with desk(store) as opened:
        yield opened


def address(route: Route) -> str:
    path = route.path.replace(pages.ARTICLE, "missions").replace(pages.LANGUAGE, "en").replace(pages.PAPER, "1")
    return "/desk" + path.replace(pages.ENQUIRY, "E-AAAA22").replace(pages.NUMBER, "1")


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


async def visit(browser: Browser, route: Route) -> Page:
    if route.path == "/live":
        return await browser.glance(address(route))
    return await (browser.get(address(route)) if route.method == "GET" else browser.send(address(route)))


async def test_strangers_get_the_sign_in_page_on_every_route(browser: Browser) -> None:
    answers = {name(route): await visit(browser, route) for route in BEHIND_THE_DOOR}
    assert {route: answer.status for route, answer in answers.items()} == dict.fromkeys(answers, 401)
    assert all("one-time link" in answer.words and "E-AAAA22" not in answer.text for answer in answers.values())


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reaches_what_is_its_own_and_no_more(browser: Browser, role: Role) -> None:
    refused = set()
    for route in BEHIND_THE_DOOR:
        await browser.sign_in(role)  # each time: two of the routes sign out
        answer = await visit(browser, route)
        if answer.status == 403:
            assert "Your role does not allow this" in answer.words
            refused.add(name(route))
    assert refused == {name(route) for route in BEHIND_THE_DOOR if RANK.index(route.role) > RANK.index(role)}


@pytest.mark.parametrize("token", ["", "0" * 64, "ä"])
async def test_no_form_is_taken_without_its_token(browser: Browser, token: str) -> None:
    await browser.sign_in("admin")
    forms = [route for route in BEHIND_THE_DOOR if route.method == "POST"]
    answers = [await browser.post(address(route), {"token": token, "text": "Hello", "misses": "1"}) for route in forms]
    assert {answer.status for answer in answers} == {403}
    assert all("out of date" in answer.words for answer in answers)
    async with browser.store.read() as connection:
        assert await connection.scalar(select(enquiry.c.status)) == "open"
        assert await connection.scalar(select(miss.c.settled_at)) is None


async def test_a_link_preview_does_not_use_the_link_up(browser: Browser) -> None:
    code = await a_code(browser.store)
    for _preview in range(3):
        assert "Sign in" in (await browser.get(f"/desk/sign-in/{code}")).words
    entered = await browser.send(f"/desk/sign-in/{code}", f"/desk/sign-in/{code}")
    assert (entered.status, entered.path) == (200, "/desk")
    assert "Signed in as ada" in entered.words


async def test_a_link_works_once(browser: Browser) -> None:
    code = await a_code(browser.store)
    await browser.send(f"/desk/sign-in/{code}", f"/desk/sign-in/{code}")
    async with desk(browser.store) as other:
        again = await other.send(f"/desk/sign-in/{code}", f"/desk/sign-in/{code}")
        assert (again.status, "has been used or is too old" in again.words) == (401, True)
        assert (await other.get("/desk")).status == 401


async def test_a_link_and_a_session_run_out(browser: Browser) -> None:
    code = await a_code(browser.store)
    await browser.sign_in("viewer")
    async with browser.store.write() as connection:
        await connection.execute(staff_link.update().values(expires_at=NOW - timedelta(seconds=1)))
        await connection.execute(staff_session.update().values(expires_at=NOW - timedelta(seconds=1)))
    assert (await browser.get("/desk")).status == 401
    assert (await browser.send(f"/desk/sign-in/{code}", f"/desk/sign-in/{code}")).status == 401


async def test_another_site_cannot_sign_a_browser_in(browser: Browser) -> None:
    code = await a_code(browser.store)
    assert (await browser.post(f"/desk/sign-in/{code}", {})).status == 403
    async with browser.store.read() as connection:
        assert await connection.scalar(select(staff_link.c.used_at)) is None


async def test_the_session_cookie_is_for_this_site_and_no_script(browser: Browser) -> None:
    code = await a_code(browser.store)
    page = await browser.get(f"/desk/sign-in/{code}")
    answer = await browser.post(f"/desk/sign-in/{code}", {"token": page.token}, follow=False)
    cookie = answer.headers["Set-Cookie"]
    assert answer.status == 303
    assert all(part in cookie for part in ("desk_session=", "HttpOnly", "SameSite=Strict", "Path=/desk"))
    assert "Secure" not in cookie  # this test speaks http


async def test_behind_https_the_cookie_is_secure(store: Store) -> None:
    async with desk(store, public_url="https://desk.example.org") as browser:
        code = await a_code(store)
        assert "Secure" in (await browser.get(f"/desk/sign-in/{code}")).headers["Set-Cookie"]


async def test_signing_out_ends_this_session_only(browser: Browser) -> None:
    await browser.sign_in("viewer", "ada")
    async with desk(browser.store) as other:
        await other.sign_in("viewer", "ada")
        gone = await browser.send("/desk/sign-out")
        assert "You are signed out." in gone.words
        assert ((await browser.get("/desk")).status, (await other.get("/desk")).status) == (401, 200)


async def test_signing_out_everywhere_ends_all(browser: Browser) -> None:
    await browser.sign_in("viewer", "ada")
    async with desk(browser.store) as other:
        await other.sign_in("viewer", "ada")
        await browser.send("/desk/sign-out-everywhere")
        assert ((await browser.get("/desk")).status, (await other.get("/desk")).status) == (401, 401)


async def test_a_role_that_is_taken_away_is_gone_at_once(browser: Browser) -> None:
    await browser.sign_in("admin", "ada")
    assert (await browser.get("/desk/staff")).status == 200
    async with browser.store.write() as connection:
        await add_staff(connection, "ada", "viewer", NOW)
    assert (await browser.get("/desk/staff")).status == 403


async def test_no_page_may_be_framed_kept_or_run_a_script(browser: Browser) -> None:
    for path in ("/desk", "/desk/nowhere", "/desk/desk.css"):
        headers = (await browser.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
    assert (await browser.get("/desk")).headers["Cache-Control"] == "no-store"


async def test_the_language_is_the_browsers(browser: Browser) -> None:
    for accepted, language in {"de-AT,de;q=0.9,en;q=0.5": "de", "fr,en;q=0.3": "en", "": "en", "de;q=x,en": "en"}.items():
        browser.language = accepted
        assert f'<html lang="{language}"' in (await browser.get("/desk")).text


async def a_code(store: Store) -> str:
    async with store.write() as connection:
        return await new_link(connection, await add_staff(connection, "ada", "editor", NOW), NOW)
