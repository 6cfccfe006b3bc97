"""Announcements at the desk: composed, looked at, approved by a second person, steered, reported."""

from __future__ import annotations

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.store.announcement_tables import announcement_file, segment
from bot.store.database import Store
from bot.store.schema import chat, message, staff
from tests.support.announcing import Noting, describe, replica_of, status, subscribers, until_done
from tests.support.desk import Browser, desk

NEW = "/desk/announcements/new"


async def compose(browser: Browser, **fields: str) -> str:
    """Sends the form; returns the announcement's page."""
    chosen = {name.replace("__", "."): value for name, value in fields.items()}
    page = await browser.send(NEW, NEW, **{"topic": "general", "text.en": "Dear {name}, news", **chosen})
    assert page.status == 200, page.words
    return page.path


async def test_a_small_announcement_goes_out_after_a_look_at_it(store: Store) -> None:
    await subscribers(store, 3)
    async with desk(store) as browser:
        await browser.sign_in("editor")
        path = await compose(browser, button__more="on")
        page = await browser.get(path)
        assert "3 people" in page.words
        assert "Dear colleagues, news" in page.words
        assert "Tell me more" in page.words
        await browser.send(f"{path}/submit", path)
        channel = Noting()
        async with replica_of(store, channel):
            await until_done(store, 1)
        assert len(channel.sent) == 3
        assert "3 of 3 settled" in (await browser.get(path)).words
        rows = (await browser.get(f"{path}/rows.csv")).text.splitlines()
        assert len(rows) == 4
        assert rows[1].startswith("1,telegram,en,sent,")


async def test_a_language_without_text_closes_the_gate_until_there_is_a_fallback(store: Store) -> None:
    await subscribers(store, 2)
    await subscribers(store, 1, 10, language="fr")
    async with desk(store) as browser:
        await browser.sign_in("editor")
        path = await compose(browser)
        assert "Some languages have no text" in (await browser.get(path)).words
        page = await browser.send(f"{path}/submit", path)
        assert "Nothing is sent" in page.words
        assert (await status(store, 1)).state == "draft"
        path = await compose(browser, fallback="en")
        assert "the fallback, English" in (await browser.get(path)).words
        await browser.send(f"{path}/submit", path)
        assert (await status(store, 2)).state == "running"


async def test_a_large_one_needs_a_second_person(store: Store) -> None:
    await subscribers(store, 501)
    async with desk(store) as author, desk(store) as second:
        await author.sign_in("editor", "Ana")
        await second.sign_in("editor", "Bernd")
        path = await compose(author)
        assert "a second person has to approve it" in (await author.get(path)).words
        await author.send(f"{path}/submit", path)
        assert (await status(store, 1)).state == "proposed"
        assert "Somebody else than its author" in (await author.send(f"{path}/approve", path)).words
        assert "on its way" in (await second.send(f"{path}/approve", path)).words
        assert (await status(store, 1)).state == "running"


async def test_an_audience_is_kept_under_a_name_and_used_again(store: Store) -> None:
    await subscribers(store, 3)
    await describe(store, "telegram:1", side="south", country="KE")
    await describe(store, "telegram:2", side="south", country="PE")
    async with desk(store) as browser:
        await browser.sign_in("editor")
        path = await compose(browser, countries="ke", side__south="on", segment_name="Kenya")
        assert "1 person" in (await browser.get(path)).words
        async with store.read() as connection:
            assert await connection.scalar(select(segment.c.audience)) == {"side": ["south"], "countries": ["KE"]}
        assert 'value="KE"' in (await browser.get(f"{NEW}?segment=1")).text


async def test_a_mistake_in_the_form_is_said_and_nothing_is_lost(store: Store) -> None:
    async with desk(store) as browser:
        await browser.sign_in("editor")
        page = await browser.send(NEW, NEW, **{"topic": "general", "text.en": "Hello {nam}"})
        assert page.status == 422
        assert "{nam} is not known here" in page.words
        assert "Hello {nam}" in page.text


@pytest.mark.parametrize(("filled_in", "said"), [
    ({}, "Please write the text in at least one language."),
    ({"text.de": "  "}, "Please write the text in at least one language."),
    ({"text.de": "x" * 4097}, "The text under “Deutsch” is too long: it has 4097 characters, and at most 4096 fit."),
    ({"text.de": "Neues", "countries": "Kenya"}, "Please check “Countries”: “Kenya” does not fit."),
    ({"text.de": "Neues", "fallback": "en"}, "The language for those without their own text has no text itself."),
    ({"text.de": "Neues", "start": "2027-01-01T09:00", "local_start": "2027-01-01T09:00"},
     "Please give only one of the two times."),
])
async def test_every_mistake_is_said_in_the_forms_own_words(store: Store, filled_in: dict[str, str], said: str) -> None:
    async with desk(store) as browser:
        await browser.sign_in("editor")
        page = await browser.send(NEW, NEW, **{"topic": "general", **filled_in})
        assert (page.status, said in page.words) == (422, True)


async def test_a_test_goes_to_the_members_own_chat(store: Store) -> None:
    await subscribers(store, 1)
    async with desk(store) as browser:
        await browser.sign_in("editor", "Ana")
        path = await compose(browser)
        assert "Your chat is not known" in (await browser.send(f"{path}/test", path)).words
        async with store.write() as connection:
            await connection.execute(update(staff).values(chat_id=select(chat.c.id).scalar_subquery()))
        assert "on its way to your own chat" in (await browser.send(f"{path}/test", path)).words
        async with store.read() as connection:
            [body] = await connection.scalars(select(message.c.body))
        assert body["paragraphs"] == [["plain", "Dear colleagues, news"]]


async def test_a_picture_comes_with_the_form(store: Store) -> None:
    async with desk(store) as browser:
        await browser.sign_in("editor")
        form = aiohttp.FormData({"token": (await browser.get(NEW)).token, "topic": "general", "text.en": "Look"})
        form.add_field("file", b"\x89PNG" + bytes(200_000), filename="poster.png", content_type="image/png")
        async with browser.client.post(NEW, data=form) as response:
            assert response.status == 200
        async with store.read() as connection:
            row = (await connection.execute(select(announcement_file))).one()
        assert (row.kind, row.name, len(row.content)) == ("picture", "poster.png", 200_004)
