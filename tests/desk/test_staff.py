"""The team: added, given links, and nobody's role changed by mistake."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest_asyncio

from bot.store.database import Store
from tests.support.desk import Browser, desk
from tests.support.store import store

__all__ = ["store"]


@pytest_asyncio.fixture
async def admin(store: Store) -> AsyncIterator[Browser]:
    async with desk(store) as browser:
        await browser.sign_in("admin", "Ada")
        yield browser


async def test_a_new_member_comes_in_by_the_link_that_is_shown(admin: Browser) -> None:
    page = await admin.send("/desk/staff", name="Bo <b>", role="viewer")
    assert "Sign-in link for Bo <b>" in page.words
    assert "Bo &lt;b&gt;" in page.text
    async with desk(admin.store) as browser:
        link = linked(page.text)
        assert "Signed in as Bo <b>" in (await browser.send(link, link)).words
        assert (await browser.get("/desk/staff")).status == 403


async def test_somebody_known_gets_a_new_link(admin: Browser) -> None:
    page = await admin.send("/desk/staff/1/link")
    async with desk(admin.store) as browser:
        link = linked(page.text)
        assert "Signed in as Ada" in (await browser.send(link, link)).words


async def test_a_name_is_not_given_twice(admin: Browser) -> None:
    page = await admin.send("/desk/staff", name="ada", role="viewer")
    assert (page.status, "There is already somebody of that name." in page.words) == (422, True)
    assert (await admin.get("/desk/staff")).status == 200


async def test_a_name_and_a_role_are_needed(admin: Browser) -> None:
    assert "Please write a name" in (await admin.send("/desk/staff", name="", role="viewer")).words
    assert "Please choose a role." in (await admin.send("/desk/staff", name="Bo", role="emperor")).words


async def test_nobody_of_that_number_gets_no_link(admin: Browser) -> None:
    assert (await admin.send("/desk/staff/99/link")).status == 404


def linked(text: str) -> str:
    """The path of the sign-in link on a page."""
    found = re.search(r"https?://[^/]+(/desk/sign-in/[\w-]+)", text)
    assert found, text
    return found[1]
