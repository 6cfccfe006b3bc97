"""The one shape of all lists: filters, order, pages and files, over the enquiries and the open questions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from sqlalchemy import event

from bot.desk.pages import PAGES
from bot.store.database import Store
from tests.support.desk import NOW, Browser, a_chat, a_miss, an_enquiry, desk
from tests.support.store import store

__all__ = ["store"]
LISTS = sorted({page.path.removesuffix(".csv") for page in PAGES if page.path.endswith(".csv") and "{" not in page.path})


@pytest_asyncio.fixture
async def office(store: Store) -> AsyncIterator[Browser]:
    await a_chat(store)
    for number, (status, language) in enumerate([("open", "es"), ("open", "fr"), ("closed", "es")]):
        await an_enquiry(store, f"E-AAAA2{number}", question=f"=Question {number}", status=status, language=language,
                         opened_at=NOW - timedelta(days=number))
    async with desk(store) as browser:
        await browser.sign_in("admin")
        yield browser


def references(text: str) -> list[str]:
    return [part[:8] for part in text.split('/desk/enquiries/')[1:] if part.startswith("E-")]


async def test_a_column_sorts_both_ways(office: Browser) -> None:
    page = await office.get("/desk/enquiries")
    assert references(page.text) == ["E-AAAA21", "E-AAAA20"]  # who waits the longest comes first
    assert 'aria-sort="ascending"><a href="/desk/enquiries?order=-opened_at"' in page.text
    turned = await office.get("/desk/enquiries", order="-opened_at")
    assert references(turned.text) == ["E-AAAA20", "E-AAAA21"]
    assert 'name="order" value="-opened_at"' in turned.text, "filtering keeps the order"


@pytest.mark.parametrize("query", [{"order": "question"}, {"order": "id;drop table"}, {"status": "none"}, {"language": "xx"}])
async def test_what_cannot_be_asked_for_changes_nothing(office: Browser, query: dict[str, str]) -> None:
    assert references((await office.get("/desk/enquiries", **query)).text) == ["E-AAAA21", "E-AAAA20"]


async def test_a_file_holds_exactly_what_is_filtered_and_no_formula(office: Browser) -> None:
    page = await office.get("/desk/enquiries", status="all", language="es", order="reference")
    assert 'href="/desk/enquiries.csv?status=all&amp;language=es&amp;order=reference"' in page.text
    lines = (await office.get("/desk/enquiries.csv", status="all", language="es", order="reference")).text.splitlines()
    assert lines[0] == "reference,status,assignee,opened_at,last_at,closed_at,language,side,country,tags,contact,question"
    assert [line.split(",")[0] for line in lines[1:]] == ["E-AAAA20", "E-AAAA22"]
    assert [line.split(",")[-1] for line in lines[1:]] == ["'=Question 0", "'=Question 2"]


async def test_a_workbook_holds_all_pages(office: Browser) -> None:
    for number in range(10, 40):
        await an_enquiry(office.store, f"E-BBBB{number}")
    async with office.client.get("/desk/enquiries.xlsx?status=all") as response:
        book = load_workbook(BytesIO(await response.read()))
        assert response.headers["Content-Disposition"] == 'attachment; filename="enquiries.xlsx"'
    assert (book.sheetnames, book["enquiries"].max_row) == (["enquiries"], 34)


async def test_rows_at_hand_are_filtered_sorted_and_taken_away_alike(office: Browser) -> None:
    for text in ("who pays the flights", "who pays the flights", "where is the office"):
        await a_miss(office.store, text)
    lines = (await office.get("/desk/misses.csv")).text.splitlines()
    asked = [line.split(",")[:3] for line in lines[1:]]
    assert asked == [["who pays the flights", "en", "2"], ["where is the office", "en", "1"]]
    assert "who pays" not in (await office.get("/desk/misses", text="OFFICE")).words
    page = await office.get("/desk/misses", order="question")
    assert page.words.index("where is the office") < page.words.index("who pays the flights")


@pytest.mark.parametrize("path", LISTS)
async def test_every_list_gives_both_files_of_itself(office: Browser, path: str) -> None:
    for ending, kind in ((".csv", "text/csv"), (".xlsx", "openxml")):
        answer = await office.get(f"/desk{path}{ending}")
        assert (answer.status, kind in answer.headers["Content-Type"]) == (200, True)


@pytest.mark.parametrize("path", ["/enquiries", "/misses", "/phrases", "/answers", "/announcements", "/audit"])
async def test_no_more_is_asked_of_the_database_when_there_are_more_rows(office: Browser, path: str) -> None:
    asked: list[str] = []
    event.listen(office.store.engine.sync_engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    await office.get(f"/desk{path}")
    few = len(asked)
    for number in range(20):
        await an_enquiry(office.store, f"E-CCCC{number + 10}")
        await a_miss(office.store, f"what about {number}")
        await office.send("/desk/phrases", article="missions", language="en", phrase=f"who pays {number}")
    asked.clear()
    await office.get(f"/desk{path}")
    assert len([one for one in asked if "added_" not in one or path in ("/phrases", "/answers")]) <= few
