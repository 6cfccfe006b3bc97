"""The entrance: presses that count once, undone by another, and what a phone with a bad connection hands in later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio
from sqlalchemy import select

from bot.store.conference_tables import attendee
from bot.store.database import Store
from bot.store.desk_tables import audit
from tests.support.desk import NOW, Browser, Page, desk
from tests.support.hosting import CODE, comes, hosted
from tests.support.store import store

__all__ = ["store"]
HERE = "/desk/conferences/1/check-in"


@pytest_asyncio.fixture
async def entrance(store: Store) -> AsyncIterator[Browser]:
    async with desk(store) as opened:
        await opened.sign_in("editor", "Ada")
        await hosted(store)
        await comes(store, guests=2)
        await comes(store, "B7P4N9QX2M", "Bernd Maier", municipality="Köln", country="DE", status="waiting")
        yield opened


async def presses(browser: Browser, guest: int = 1, to: str = "here", **more: str) -> Page:
    return await browser.send(HERE, HERE, guest=str(guest), to=to, **more)


async def deeds(store: Store) -> list[str]:
    async with store.read() as connection:
        return list(await connection.scalars(
            select(audit.c.action).where(audit.c.kind == "attendee").order_by(audit.c.id)))


async def test_who_arrives_is_found_by_name_or_code_and_counted(entrance: Browser) -> None:
    page = await entrance.get(HERE)
    assert "0 / 2 have arrived" in page.words
    assert "Bernd Maier Köln, Germany · B7P4N-9QX2M on the waiting list" in page.words
    for text in ("amina", "k7p4n-9qx2m", f"https://chat.example.org/r/{CODE}"):
        found = await entrance.get(HERE, text=text)
        assert ("Amina Njoroge 2" in found.words, "Bernd" in found.words) == (True, False), text
    assert "Nobody here has this name or code." in (await entrance.get(HERE, text="nobody")).words
    assert "1 / 2 have arrived" in (await presses(entrance, text="amina")).words


async def test_a_press_that_is_sent_twice_counts_once_and_is_undone_by_another(entrance: Browser) -> None:
    for _time in range(2):
        assert "1 / 2 have arrived" in (await presses(entrance)).words
    async with entrance.store.read() as connection:
        row = (await connection.execute(select(attendee).where(attendee.c.id == 1))).one()
    assert (row.checked_in_at, row.checked_in_by) == (NOW, 1)
    for _time in range(2):
        assert "0 / 2 have arrived" in (await presses(entrance, to="away")).words
    assert await deeds(entrance.store) == ["conference-checked-in", "conference-checked-out"]


async def test_a_phone_without_a_connection_hands_in_when_it_was(entrance: Browser) -> None:
    for guest, at, kept in ((1, NOW - timedelta(hours=2), NOW - timedelta(hours=2)), (2, NOW + timedelta(hours=2), NOW)):
        await presses(entrance, guest, at=at.isoformat())
        async with entrance.store.read() as connection:
            assert await connection.scalar(select(attendee.c.checked_in_at).where(attendee.c.id == guest)) == kept


async def test_a_script_gets_the_counts_and_who_is_there(entrance: Browser) -> None:
    token = (await entrance.get(HERE)).token
    async with entrance.client.post(HERE, data={"guest": "1", "to": "here", "token": token},
                                    headers={"Accept": "application/json"}) as response:
        assert await response.json() == {"here": 1, "expected": 2}
    async with entrance.client.post(HERE, data={"guest": "3", "to": "here", "token": token},
                                    headers={"Accept": "application/json"}) as response:
        assert (response.status, await response.json()) == (404, {"here": 1, "expected": 2})
    async with entrance.client.get(f"{HERE}.json") as response:
        assert await response.json() == {"arrived": [1], "here": 1, "expected": 2}


async def test_only_who_has_a_place_is_let_in(entrance: Browser) -> None:
    assert (await presses(entrance, 3)).status == 404
    assert (await presses(entrance, 99)).status == 404
    assert await deeds(entrance.store) == []


async def test_a_phones_own_camera_leads_staff_to_the_guest(entrance: Browser) -> None:
    page = await entrance.get(f"/desk/check-in/{CODE}")
    assert (page.path, "Amina Njoroge 2" in page.words) == (f"{HERE}?text=K7P4N-9QX2M", True)
    assert (await entrance.get("/desk/check-in/AAAAAAAAAA")).status == 404


async def test_who_may_only_read_sees_the_counts_and_no_buttons(entrance: Browser) -> None:
    await entrance.sign_in("viewer", "Vera")
    page = await entrance.get(HERE)
    assert ("0 / 2" in page.words, "Arrived" in page.words) == (True, False)
    assert (await entrance.post(HERE, {"guest": "1", "to": "here", "token": page.token})).status == 403


async def test_a_press_for_nobody_is_answered_and_changes_nothing(entrance: Browser) -> None:
    for guest in ("9" * 30, "²", ""):
        assert (await entrance.send(HERE, HERE, guest=guest, to="here")).status == 404, guest
    assert await deeds(entrance.store) == []
