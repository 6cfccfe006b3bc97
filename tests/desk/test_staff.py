"""The team: added, given links, and nobody's role changed by mistake."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.store.database import Store
from bot.store.schema import staff
from bot.store.staff import StaffMember, use_link
from tests.support.desk import Browser, desk
from tests.support.engine import party
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
    found = re.search(r"(/desk/sign-in/[\w-]+)", text)
    assert found, text
    return found[1]


async def test_another_role_counts_at_once_and_ends_the_sessions(admin: Browser) -> None:
    async with desk(admin.store) as browser:
        await browser.sign_in("viewer", "Bo")
        page = await admin.send("/desk/staff/2", role="editor", email="Bo@Example.org")
        assert "They have to sign in again." in page.words
        assert "bo@example.org" in page.text
        assert (await browser.get("/desk")).status == 401
        await browser.sign_in("editor", "Bo")
        assert (await browser.send("/desk/phrases")).status == 422


@pytest.mark.parametrize(("path", "form"), [("", {"role": "viewer"}), ("/remove", {"confirm": "Ada"})])
async def test_the_last_administrator_stays(admin: Browser, path: str, form: dict[str, str]) -> None:
    page = await admin.send(f"/desk/staff/1{path}", **form)
    assert (page.status, "Nobody else is an administrator." in page.words) == (422, True)
    assert (await admin.get("/desk/staff")).status == 200


async def test_who_is_removed_is_out_and_stays_named_in_the_log(admin: Browser) -> None:
    async with desk(admin.store) as browser:
        await browser.sign_in("admin", "Bo")
        refused = await admin.send("/desk/staff/2/remove", confirm="Ada")
        assert (refused.status, "Nobody is removed." in refused.words) == (422, True)
        assert "removed from the team" in (await admin.send("/desk/staff/2/remove", confirm="bo")).words
        assert (await browser.get("/desk")).status == 401
    assert "Bo signed in" in (await admin.get("/desk/audit")).words


async def test_an_administrator_may_leave_when_there_is_another(admin: Browser) -> None:
    await admin.send("/desk/staff", name="Bo", role="admin")
    assert (await admin.send("/desk/staff/1/remove", confirm="Ada")).status == 401
    async with admin.store.read() as connection:
        assert list(await connection.scalars(select(staff.c.name))) == ["Bo"]


async def test_signing_somebody_out_voids_their_links_too(admin: Browser) -> None:
    link = linked((await admin.send("/desk/staff", name="Bo", role="viewer")).text)
    async with desk(admin.store) as browser:
        await browser.sign_in("viewer", "Bo")
        await admin.send("/desk/staff/2/sign-out")
        assert (await browser.get("/desk")).status == 401
        assert (await browser.send(link, link)).status == 401


@pytest.mark.parametrize(("email", "why"), [("bo", "not a complete e-mail"), ("ada@example.org", "Somebody else of the team")])
async def test_an_address_is_whole_and_nobody_elses(admin: Browser, email: str, why: str) -> None:
    await admin.send("/desk/staff/1", role="admin", email="ada@example.org")
    await admin.sign_in("admin", "Ada")
    await admin.send("/desk/staff", name="Bo", role="viewer")
    page = await admin.send("/desk/staff/2", role="viewer", email=email)
    assert (page.status, why in page.words) == (422, True)


async def test_a_linked_chat_brings_a_link_to_the_desk(tmp_path: Path) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as running, desk(running.store) as admin:
        assert "the code from your sign-in page" in await running.say("/staff")
        await admin.sign_in("admin", "Ada")
        page = await admin.send("/desk/staff", name="Bo", role="editor")
        code = linked(page.text).rpartition("/")[2]
        assert f"/staff {code}" in page.words
        assert "belongs to Bo" in await running.say(f"/staff {code}")
        assert "Note" in (await admin.get("/desk/staff/2")).words
        code = linked(await running.say("/staff")).rpartition("/")[2]
        async with running.store.write() as connection:
            assert await use_link(connection, code, running.engine.now()) == StaffMember(2, "Bo", "editor")
            assert await use_link(connection, code, running.engine.now()) is None
        await admin.send("/desk/staff/2/unlink")
        assert "the code from your sign-in page" in await running.say("/staff")
