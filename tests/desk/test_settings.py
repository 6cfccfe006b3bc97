"""What staff set is what people hear, on every replica within two seconds, and what was before can be brought back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web.channel import WebChannel
from bot.settings import Settings
from tests.support.desk import Browser, desk
from tests.support.engine import Party, party
from tests.support.store import store

__all__ = ["store"]
PAGE = "/desk/settings"


@pytest_asyncio.fixture
async def running(tmp_path: Path) -> AsyncIterator[Party]:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as opened:
        yield opened


@pytest_asyncio.fixture
async def admin(running: Party) -> AsyncIterator[Browser]:
    async with desk(running.store) as browser:
        await browser.sign_in("admin", "Ada")
        yield browser


async def test_contact_and_hours_are_said_with_contact_and_where_people_ask_for_it(running: Party, admin: Browser) -> None:
    hours = {"hours-en": "Mon–Fri 9–16", "hours-de": "Mo–Fr 9–16"}
    page = await admin.send(PAGE, contact="+49 228 0000\nteam@example.org", **hours)
    assert "The settings are saved." in page.words
    heard = await running.say("/contact")
    assert "You can also reach the team directly: +49 228 0000\nteam@example.org" in heard
    assert "Opening hours: Mon–Fri 9–16" in heard
    assert "Do you agree?" in heard
    await running.say("/stop")
    heard = await running.press("/ask contact")
    assert "team@example.org" in heard
    assert "holds no names, e-mail addresses" not in heard
    await running.say("/language fr")
    assert "Mon–Fri 9–16" in await running.press("/ask contact"), "without French hours, the English ones"
    await running.say("/language de")
    assert "Mo–Fr 9–16" in await running.press("/ask contact")


async def test_notices_of_the_team_stand_in_place_of_the_environments(running: Party, admin: Browser) -> None:
    await admin.send(PAGE, privacy="https://example.org/privacy", imprint="https://example.org/imprint")
    heard = await running.say("/privacy")
    assert "More: https://example.org/privacy" in heard
    assert "More: https://example.org/imprint" in heard


async def test_the_welcome_is_the_teams_in_each_language_that_has_one(running: Party, admin: Browser) -> None:
    await admin.send(PAGE, **{"welcome-en": "Welcome to Bonn!"})
    heard = await running.say("/start")
    assert heard.startswith("Welcome to Bonn!")
    assert "I only say what the programme's pages state" in heard
    await running.say("/language de")
    assert "Welcome to Bonn!" not in await running.say("/start")


async def test_a_replica_that_hears_nothing_knows_within_two_seconds(running: Party, admin: Browser) -> None:
    settings = Settings(_env_file=None, privacy_url="https://old.example.org")
    application = web.Application()
    channel = WebChannel(running.engine, running.engine.conversations, settings, notices=lambda: running.engine.board.notices)
    channel.setup(application)
    async with TestClient(TestServer(application)) as visitor:
        assert "https://old.example.org" in await (await visitor.get("/")).text()
        await admin.send(PAGE, privacy="https://new.example.org", **{"welcome-en": "Welcome to Bonn!"})
        for _look in range(20):
            page = await (await visitor.get("/")).text()
            if "Welcome to Bonn!" in page:
                break
            await asyncio.sleep(0.1)
        assert "Welcome to Bonn!" in page
        assert ("https://new.example.org" in page, "https://old.example.org" in page) == (True, False)


async def test_an_earlier_value_is_brought_back(running: Party, admin: Browser) -> None:
    await admin.send(PAGE, contact="first")
    await admin.send(PAGE, contact="second")
    versions = await admin.get(f"{PAGE}/versions")
    assert "2 values" in versions.words
    assert "Holds now" in versions.words
    await admin.send(f"{PAGE}/versions/1/restore")
    assert "directly: first" in await running.say("/contact")
    assert "3 values" in (await admin.get(f"{PAGE}/versions")).words


async def test_what_is_emptied_is_as_shipped_again(running: Party, admin: Browser) -> None:
    await admin.send(PAGE, contact="first")
    await admin.send(PAGE, contact="")
    assert "directly" not in await running.say("/contact")


async def test_the_same_again_changes_nothing(admin: Browser) -> None:
    await admin.send(PAGE, contact="first")
    assert "Nothing was changed." in (await admin.send(PAGE, contact="first")).words


@pytest.mark.parametrize(("wrong", "why"), [
    ({"privacy": "example.org"}, "is no web address"), ({"imprint": "javascript:alert(1)"}, "is no web address"),
    ({"contact": "x" * 501}, "at most 500 characters"), ({"hours-fr": "x" * 201}, "at most 200 characters")])
async def test_what_cannot_be_is_refused_and_kept_in_the_form(admin: Browser, wrong: dict[str, str], why: str) -> None:
    page = await admin.send(PAGE, **{"welcome-en": "Keep me", **wrong})
    assert (page.status, why in page.words) == (422, True)
    assert "Keep me" in page.text
    assert "Nothing has been set yet." in (await admin.get(f"{PAGE}/versions")).words
