"""A new DAC List: uploaded, looked at, published by a second person, and answered by from the next message on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from click.testing import CliRunner

from bot.cli import entry
from bot.desk.dac_file import read
from bot.store.database import Store
from knowledge.dac import DacList
from locales import words
from tests.support.desk import NOW, Browser, Page, desk
from tests.support.engine import party
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
TODAY = DacList.load().listed(NOW.date())
FORM = {"valid_from": "2026-11-01", "source": "OECD, DAC List 2027", "list_date": "2026-10-20"}


def lines(*more: str, without: str = "", **groups: str) -> str:
    """The list of today as a file, with some groups changed and lines added."""
    rows = [f"{code},{groups.get(code, one.income_group)}" for code, one in TODAY.items() if code != without]
    return "\n".join(["iso2,income_group", *rows, *more])


@pytest_asyncio.fixture
async def editor(any_store: Store) -> AsyncIterator[Browser]:
    async with desk(any_store) as browser:
        await browser.sign_in("editor", "Ada")
        yield browser


async def upload(browser: Browser, content: str, **form: str) -> Page:
    return await browser.send("/desk/dac", "/desk/dac", **{**FORM, "lines": content, **form})


async def test_a_preview_says_who_comes_goes_and_moves(editor: Browser) -> None:
    page = await upload(editor, lines("SC,upper-middle", without="NR", KE="upper-middle"))
    assert "1 country comes in Seychelles (upper middle income)" in page.words
    assert "1 country leaves Nauru (upper middle income)" in page.words
    assert "Kenya: from lower middle income to upper middle income" in page.words
    assert "139 countries stay as they are." in page.words


async def test_nothing_is_published_by_who_uploaded_it(editor: Browser) -> None:
    page = await upload(editor, lines(without="KE"))
    assert "Somebody else of the team has to publish it." in page.words
    assert "You have written this yourself." in (await editor.send("/desk/dac/1/publish")).words
    await editor.sign_in("editor", "Grace")
    assert "The list is published." in (await editor.send("/desk/dac/1/publish")).words
    assert "140 countries and territories" in (await editor.get("/desk/dac")).words
    assert "Nothing was changed." in (await editor.send("/desk/dac/1/publish")).words
    assert "The list is withdrawn." in (await editor.send("/desk/dac/1/withdraw")).words
    assert "141 countries and territories" in (await editor.get("/desk/dac")).words


WRONG = {
    "name,group\nKenya,LDC": "Line 1: the columns iso2 and income_group are needed",
    lines("XX,LDC"): "Line 143: “XX” is no country's code.",
    lines("KE,LDC"): "stands in line",
    lines("SC,rich"): "Line 143: “rich” is no income group.",
    lines("TW,upper-middle"): "Line 143: TW was never on the list. Please add a column programme_region",
    "iso2,income_group\nKE,LDC": "The file holds only 1 countries. Please upload the whole list",
}


@pytest.mark.parametrize(("content", "said"), WRONG.items())
async def test_a_wrong_file_is_told_by_line_and_nothing_typed_is_lost(store: Store, content: str, said: str) -> None:
    async with desk(store) as browser:
        await browser.sign_in("editor")
        page = await upload(browser, content)
        assert (page.status, said in page.words) == (422, True)
        assert 'value="OECD, DAC List 2027"' in page.text
        assert "Versions List Holds from Countries State List of 15 June 2026" in page.words


async def test_a_file_that_is_not_utf8_is_told_where(store: Store) -> None:
    from aiohttp import FormData

    async with desk(store) as browser:
        await browser.sign_in("editor")
        form = FormData({**FORM, "token": (await browser.get("/desk/dac")).token})
        form.add_field("file", "iso2;income_group;name\nCI;lower-middle;Côte d'Ivoire".encode("latin-1"), filename="list.csv")
        async with browser.client.post("/desk/dac", data=form, headers={"Accept-Language": "en"}) as response:
            assert "Line 2: the file is not in UTF-8." in await response.text()


async def test_headings_groups_and_separators_are_taken_as_they_come(store: Store) -> None:
    rows = [f"{code.lower()};Upper Middle Income Countries" for code in TODAY]
    async with desk(store) as browser:
        await browser.sign_in("editor")
        page = await upload(browser, "\n".join(["ISO2;Income Group", *rows, "TW;LMIC"]).replace("Countries", ""))
        assert "TW was never on the list" in page.words
        heads = "﻿ISO2;Income Group;Programme Region"
        page = await upload(browser, "\n".join([heads, *rows, "TW;UMIC;asia"]).replace("Countries", ""))
        assert "1 country comes in Taiwan (upper middle income)" in page.words


def test_line_ends_of_a_macintosh_are_line_ends() -> None:
    assert read(lines().replace("\n", "\r").encode(), {country: one.region for country, one in TODAY.items()}).listed == TODAY


@pytest.mark.parametrize("rest", ["short", "x" * 200_000])
def test_a_quotation_mark_that_nothing_closes_is_told_where(rest: str) -> None:
    regions = {country: one.region for country, one in TODAY.items()}
    [flaw] = read(lines(f'KE,"LDC\n{rest}', without="KE").encode(), regions).flaws
    assert words("en").render(flaw).startswith(f"Line {len(TODAY) + 1}: “")
    assert len(words("en").render(flaw)) < 200


async def test_a_day_and_a_source_are_needed(store: Store) -> None:
    async with desk(store) as browser:
        await browser.sign_in("editor")
        assert "Please give the first day" in (await upload(browser, lines(), valid_from="soon")).words
        assert "Please say where the list is from" in (await upload(browser, lines(), source="")).words
        assert "Please choose a file" in (await upload(browser, "")).words


async def test_the_assistant_answers_by_it_from_the_next_message_on(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/assistant.sqlite"
    async with party(url) as assistant, desk(assistant.store) as elsewhere:
        await elsewhere.sign_in("admin")
        assert "Kenya: on the DAC List" in await assistant.press("/status KE")
        await upload(elsewhere, lines(without="KE"), valid_from="2026-01-01")
        assert "Kenya: on the DAC List" in await assistant.press("/status KE")
        await elsewhere.send("/desk/dac/1/publish")
        said = await assistant.press("/status KE")
        assert ("Kenya: on the DAC List" in said, "as of 20 October 2026" in said) == (False, True)
        await elsewhere.send("/desk/dac/1/withdraw")
        assert "Kenya: on the DAC List" in await assistant.press("/status KE")


async def test_the_command_line_tells_each_day_by_its_own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    async with party(f"sqlite+aiosqlite:///{tmp_path}/assistant.sqlite") as assistant, desk(assistant.store) as browser:
        await browser.sign_in("admin")
        await upload(browser, lines(without="KE"), valid_from="2027-03-01")
        await browser.send("/desk/dac/1/publish")

    def told(day: date) -> dict[str, object]:
        found: dict[str, object] = json.loads(CliRunner().invoke(entry, ["dac", "--json", "KE", "--on", day.isoformat()]).output)
        return {name: found[name] for name in ("listed", "until", "source")}

    days = date(2027, 2, 28), date(2027, 3, 1)
    assert [await asyncio.to_thread(told, day) for day in days] == [
        {"listed": True, "until": None, "source": "OECD recipient codelist, 2026-06-15"},
        {"listed": False, "until": 2026, "source": "OECD, DAC List 2027, 2026-10-20"}]
