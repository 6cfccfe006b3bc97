"""Registrations at the desk: deciding on them, notes and files, lists to take away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest_asyncio

from bot.conferences.held import held_for_conferences
from bot.conferences.reading import registration_numbered
from bot.store.conference_tables import conference_file
from bot.store.database import Store
from flows.conference.view import Registration, Status
from tests.support.desk import NOW, Browser, desk
from tests.support.hosting import comes, hosted, paired, told
from tests.support.store import store

__all__ = ["store"]


@pytest_asyncio.fixture
async def office(store: Store) -> AsyncIterator[Browser]:
    async with desk(store) as opened:
        await opened.sign_in("editor", "Ada")
        yield opened


async def registered(office: Browser, number: int) -> Registration:
    async with office.store.read() as connection:
        found = await registration_numbered(connection, number)
    assert found is not None
    return found


async def test_registrations_are_filtered_sorted_and_taken_away_as_they_are_shown(office: Browser) -> None:
    await hosted(office.store)
    pair = await paired(office.store)
    await comes(office.store, guests=2, pair_id=pair, visa=True)
    await comes(office.store, "B7P4N9QX2M", "=cmd|calc", side="german", municipality="Köln", country="DE", pair_id=pair,
                needs={"interpretation": "", "diet": "anything"}, after=timedelta(hours=1))
    await comes(office.store, "C7P4N9QX2M", "Kofi Mensah", municipality="Accra", country="GH", status="waiting",
                after=timedelta(hours=2))
    page = await office.get("/desk/conferences/1/registrations")
    assert page.words.index("Kisumu") < page.words.index("Köln") < page.words.index("Accra")
    assert "on the waiting list place 1 in line" in page.words
    for query, names in (({"status": "waiting"}, {"Accra"}), ({"side": "german"}, {"Köln"}), ({"country": "GH"}, {"Accra"}),
                         ({"needs": "letter"}, {"Kisumu"}), ({"text": "mensah"}, {"Accra"}), ({"text": "b7p4n-9qx2m"}, {"Köln"}),
                         ({"needs": "interpretation"}, {"Kisumu", "Accra"})):
        table = (await office.get("/desk/conferences/1/registrations", **query)).text.partition("<tbody")[2]
        assert {name for name in ("Kisumu", "Köln", "Accra") if f'dir="auto">{name}</a>' in table} == names, query
    book = await _bytes(office, "/desk/conferences/1/registrations.xlsx?status=confirmed")
    head, *rows = openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True)
    by_name = {row[head.index("names")]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(by_name) == {"Amina Njoroge", "Amina Njoroge 2", "=cmd|calc"}
    amina = by_name["Amina Njoroge"]
    assert (amina["code"], amina["partner"], amina["diet"], amina["letter_for"], amina["arrival"]) == (
        "K7P4N-9QX2M", "Köln", "Vegan", "AMINA NJOROGE", "By bus")
    csv = (await office.get("/desk/conferences/1/registrations.csv")).text
    assert "'=cmd|calc" in csv, "no program takes it for a formula"
    needs = (await office.get("/desk/conferences/1/needs.csv")).text.splitlines()
    assert {"diet,Vegan,2", "diet,Everything,1", "interpretation,fr,2", "letter,yes,2"} <= set(needs)
    assert (await office.get("/desk/conferences/1/pairs.csv")).text.splitlines()[1:] == [
        "Köln,1,confirmed,B7P4N-9QX2M,Kisumu,Kenya,2,confirmed,K7P4N-9QX2M"]


async def test_approving_gives_a_place_and_tells_the_person(office: Browser) -> None:
    await hosted(office.store, places=1, admission="approval")
    await comes(office.store, status="pending")
    await comes(office.store, "B7P4N9QX2M", "Bernd Maier", status="pending", language="de")
    page = await office.send("/desk/registrations/1/approve", "/desk/registrations/1")
    assert "approved, and the person is told" in page.words
    await office.send("/desk/registrations/2/approve")
    assert [(await registered(office, number)).status for number in (1, 2)] == [Status.CONFIRMED, Status.WAITING]
    assert [chat for chat, _text in await told(office.store)] == [1, 2]
    again = await office.send("/desk/registrations/1/approve")
    assert "Nothing was done." in again.words


async def test_a_place_that_the_team_frees_is_offered_to_the_next_in_line(office: Browser) -> None:
    await hosted(office.store, places=1)
    await comes(office.store)
    await comes(office.store, "B7P4N9QX2M", "Bernd Maier", status="waiting")
    await comes(office.store, "C7P4N9QX2M", "Kofi Mensah", status="waiting")
    assert "first in line" in (await office.send("/desk/registrations/3/advance")).words
    assert [(await registered(office, number)).place for number in (2, 3)] == [2, 1]
    await office.send("/desk/registrations/1/withdraw")
    assert [(await registered(office, number)).status for number in (1, 2, 3)] == [
        Status.WITHDRAWN, Status.WAITING, Status.OFFERED]
    texts = dict(await told(office.store))
    assert "The team has withdrawn your registration" in texts[1]
    assert "A place has come free" in texts[3]


async def test_declining_deletes_what_was_entered_about_needs(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store, visa=True)
    await office.send("/desk/registrations/1/decline")
    found = await registered(office, 1)
    assert (found.status, found.attendees[0].visa, found.attendees[0].diet) == (Status.DECLINED, None, "")


async def test_a_registration_shows_what_was_said_and_keeps_the_teams_notes(office: Browser) -> None:
    await hosted(office.store)
    await comes(office.store, visa=True)
    async with office.store.write() as connection:
        await connection.execute(conference_file.insert().values(
            registration_id=1, question="logo", name="<b>.html.pdf", content=b"%PDF-x", at=NOW))
    page = await office.get("/desk/registrations/1")
    for words in ("Kisumu, Kenya", "K7P4N-9QX2M", "How do you arrive? By bus", "amina@kisumu.example", "Diet Vegan",
                  "AMINA NJOROGE"):
        assert words in page.words
    assert "<b>" not in page.text
    file = await office.get("/desk/registrations/1/file", question="logo")
    assert (file.headers["Content-Type"], file.headers["Content-Disposition"]) == (
        "application/pdf", 'attachment; filename="K7P4N9QX2M-logo.pdf"')
    assert (await office.send("/desk/registrations/1/note", text="")).status == 422
    assert "Ada, 22 Nov 2026 just now Comes a day later." in (
        await office.send("/desk/registrations/1/note", text="Comes a day later.")).words
    async with office.store.read() as connection:
        [held] = await held_for_conferences(connection, 1, 1)
    assert held.values[-2:] == ("<b>.html.pdf", "Comes a day later."), "the person sees them too"


async def test_all_registrations_are_written_to_a_file_by_the_command_line(office: Browser) -> None:
    from bot.conferences.exporting import all_registrations

    await hosted(office.store)
    await comes(office.store, status="withdrawn")
    async with office.store.read() as connection:
        sheet = await all_registrations(connection)
    assert [row[:3] for row in sheet.rows] == [("africa-2027", "K7P4N-9QX2M", "withdrawn")]


async def _bytes(office: Browser, path: str) -> bytes:
    async with office.client.get(path) as response:
        content: Any = await response.read()
    return bytes(content)
