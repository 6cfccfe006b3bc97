"""Enquiries at the desk: seen, found, answered into the chat, closed and opened again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio
from sqlalchemy import select, update

from bot.store.database import Store
from bot.store.inbox_tables import enquiry_entry
from bot.store.schema import chat, enquiry, message
from tests.support.desk import NOW, Browser, a_chat, an_enquiry, desk
from tests.support.store import store

__all__ = ["store"]
PAGE = "/desk/enquiries/E-AAAA22"


@pytest_asyncio.fixture
async def editor(store: Store) -> AsyncIterator[Browser]:
    await an_enquiry(store, chat_id=await a_chat(store), opened_at=NOW - timedelta(days=3))
    async with desk(store) as browser:
        await browser.sign_in("editor")
        yield browser


async def test_an_enquiry_shows_what_is_asked_and_how_long_it_waits(editor: Browser) -> None:
    page = await editor.get(PAGE)
    for part in ("¿Cuánto dura una misión?", "Spanish", "open", "3 days ago", "Telegram", "Nothing has been answered yet."):
        assert part in page.words


async def test_a_reply_goes_into_the_chat_in_a_frame_of_the_persons_language(editor: Browser) -> None:
    page = await editor.send(f"{PAGE}/reply", text="Eso lo decide cada caso.\r\n\r\nSaludos")
    assert "on its way into the person's chat" in page.words
    assert "editor, " in page.words
    async with editor.store.read() as connection:
        row = (await connection.execute(select(message))).one()
        assert (row.author, row.sent_at, row.body["language"]) == ("staff", None, "es")
        assert [text for _tone, text in row.body["paragraphs"]][1:] == ["Eso lo decide cada caso.", "Saludos"]
        assert await connection.scalar(select(enquiry.c.status)) == "answered"
        assert await connection.scalar(select(enquiry_entry.c.staff_id)) == 1


async def test_who_wants_an_e_mail_is_shown_with_the_address_to_write_to(editor: Browser) -> None:
    async with editor.store.write() as connection:
        await connection.execute(update(enquiry).values(contact="ana@example.org"))
    page = await editor.send(f"{PAGE}/reply", text="Hola")
    assert "please send it to the address below" in page.words
    assert 'href="mailto:ana@example.org"' in page.text


async def test_a_blocked_chat_is_not_called_reached(editor: Browser) -> None:
    async with editor.store.write() as connection:
        await connection.execute(update(chat).values(blocked_at=NOW))
    assert "can no longer be reached" in (await editor.send(f"{PAGE}/reply", text="Hola")).words


async def test_an_empty_or_overlong_reply_is_refused_and_kept_in_the_box(editor: Browser) -> None:
    assert "Please write a reply first." in (await editor.send(f"{PAGE}/reply", text="  ")).words
    long = await editor.send(f"{PAGE}/reply", text="<b>" + "x" * 4000)
    assert (long.status, "at most 4000 characters" in long.words) == (422, True)
    assert "&lt;b&gt;xxx" in long.text
    async with editor.store.read() as connection:
        assert (await connection.execute(select(message))).all() == []


async def test_an_enquiry_is_closed_and_opened_again(editor: Browser) -> None:
    assert "The enquiry is closed." in (await editor.send(f"{PAGE}/close")).words
    assert "There is no such enquiry." in (await editor.get("/desk/enquiries")).words
    assert "The enquiry is open again." in (await editor.send(f"{PAGE}/reopen")).words
    assert "E-AAAA22" in (await editor.get("/desk/enquiries")).words


async def test_what_people_write_is_never_markup(editor: Browser) -> None:
    async with editor.store.write() as connection:
        await connection.execute(update(enquiry).values(question="<script>alert(1)</script>", contact='"onx="@example.org'))
    for path in (PAGE, "/desk/enquiries", "/desk"):
        page = await editor.get(path)
        assert "<script>" not in page.text
        assert '"onx' not in page.text


async def test_the_list_is_filtered_and_paged(editor: Browser) -> None:
    for number in range(10, 40):
        await an_enquiry(editor.store, f"E-BB{number}", question=f"Question {number} 100%", status="closed")
    first, second = await editor.get("/desk/enquiries", status="closed"), await editor.get(
        "/desk/enquiries", status="closed", page="2")
    assert ("30 enquiries" in first.words, "Page 1 of 2" in first.words) == (True, True)
    assert (first.text.count('scope="row"'), second.text.count('scope="row"')) == (25, 5)
    assert "?status=closed&amp;page=2" in first.text
    assert (await editor.get("/desk/enquiries", status="all", text="39 100%")).text.count('scope="row"') == 1
    assert (await editor.get("/desk/enquiries", status="all", text="e-aaaa")).text.count('scope="row"') == 1
    assert "There is no such enquiry." in (await editor.get("/desk/enquiries", status="all", text="39_100")).words


async def test_a_page_beyond_the_end_is_the_last_one(editor: Browser) -> None:
    for page in ("99", "-1", "x", "0"):
        assert "E-AAAA22" in (await editor.get("/desk/enquiries", page=page)).words


async def test_an_unknown_number_is_not_found(editor: Browser) -> None:
    assert (await editor.get("/desk/enquiries/E-ZZZZ22")).status == 404


async def test_the_overview_counts_what_waits(editor: Browser) -> None:
    page = await editor.get("/desk")
    assert "1 enquiry waits" in page.words
    assert "No enquiry waits for an answer." not in page.words
    assert "E-AAAA22 ¿Cuánto dura una misión? 19 Nov 2026 3 days ago" in page.words


async def test_a_viewer_sees_no_forms_to_answer(store: Store) -> None:
    await an_enquiry(store, chat_id=await a_chat(store))
    async with desk(store) as browser:
        await browser.sign_in("viewer")
        page = await browser.get(PAGE)
        assert ("¿Cuánto" in page.text, "/reply" in page.text, "/close" in page.text) == (True, False, False)
