"""The overview: what waits, what was asked, where dialogues are left; read from counters."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest_asyncio
from sqlalchemy import event, insert

from bot.store.conference_tables import registration
from bot.store.counts import Counted, add_counts
from bot.store.database import Store
from bot.store.editing_tables import daily_count
from flows.counting import Count
from tests.support.conferences import entered
from tests.support.desk import NOW, Browser, a_chat, an_enquiry, desk
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
TODAY = NOW.date()


@pytest_asyncio.fixture
async def viewer(any_store: Store) -> AsyncIterator[Browser]:
    async with desk(any_store) as browser:
        await browser.sign_in("viewer")
        yield browser


async def counted(viewer: Browser, *counts: Count, day: date = TODAY, language: str = "es") -> None:
    async with viewer.store.write() as connection:
        await add_counts(connection, [Counted(count, language, "web") for count in counts], day)


def row(page_text: str, name: str) -> list[str]:
    """The cells of the table row with that heading."""
    found = re.search(rf'<th scope="row">{re.escape(name)}</th>(.*?)</tr>', page_text, re.DOTALL)
    return re.findall(r'class="number">\s*([^<\s]+(?:\s%)?)', found[1]) if found else []


async def test_a_day_counts_together_however_it_comes(viewer: Browser) -> None:
    await counted(viewer, Count("topic", "missions"), Count("topic", "missions"), Count("outcome", "answered"))
    await counted(viewer, Count("topic", "missions"), Count("topic", "missions", number=-1), Count("topic", "amounts"))
    page = await viewer.get("/desk")
    assert (row(page.text, "Missions of municipal experts"), row(page.text, "Amounts of money and shares of costs")) == (
        ["2", "–"], ["1", "–"])


async def test_waiting_enquiries_stand_by_their_age(viewer: Browser) -> None:
    chat = await a_chat(viewer.store)
    for number, days in enumerate((0, 2, 2, 30)):
        await an_enquiry(viewer.store, f"E-AAAA2{number + 2}", chat, opened_at=NOW - timedelta(days=days))
    page = await viewer.get("/desk")
    ages = [row(page.text, name) for name in ("less than a day", "1 to 3 days", "3 to 7 days", "more than 7 days")]
    assert ages == [["1"], ["2"], ["0"], ["1"]]
    assert "4 enquiries wait" in page.words


async def test_weeks_show_the_share_that_was_not_understood(viewer: Browser) -> None:
    answered, unknown = Count("outcome", "answered"), Count("outcome", "unknown")
    await counted(viewer, answered, answered, answered, unknown, Count("message"), Count("chat"))
    await counted(viewer, unknown, day=TODAY - timedelta(days=7))
    page = await viewer.get("/desk")
    assert row(page.text, "16 Nov") == ["1", "1", "4", "3", "0", "1", "25%"]
    assert row(page.text, "9 Nov") == ["0", "0", "1", "0", "0", "1", "100%"]
    assert 'aria-label="Questions by week"' in page.text


async def test_a_ranking_is_held_against_the_time_before(viewer: Browser) -> None:
    await counted(viewer, *[Count("country", "", "KE")] * 3)
    await counted(viewer, *[Count("country", "", "KE")] * 2, day=TODAY - timedelta(days=28))
    await counted(viewer, Count("country", "", "CV"), Count("country", "", "SC"))
    page = await viewer.get("/desk")
    assert row(page.text, "Kenya") == ["3", "+50%"]
    assert "Too small for this map, and only in the table: Cape Verde, Seychelles" in page.words
    assert 'class="landKE country map-element color-1' in page.text


async def test_a_language_and_a_time_can_be_chosen(viewer: Browser) -> None:
    await counted(viewer, Count("topic", "missions"), language="de")
    await counted(viewer, Count("topic", "amounts"), day=TODAY - timedelta(days=20))
    for query, topics in (({}, [True, True]), ({"language": "de"}, [True, False]), ({"days": "7"}, [True, False]),
                          ({"language": "xx", "days": "999"}, [True, True])):
        page = await viewer.get("/desk", **query)
        assert [bool(row(page.text, title)) for title in
                ("Missions of municipal experts", "Amounts of money and shares of costs")] == topics


async def test_dialogues_show_where_they_are_left_in_the_readers_words(viewer: Browser) -> None:
    side, country = "eligibility.side", "eligibility.country"
    asked = Count("put", side, words="Who is asking?"), Count("put", country, words="Which country is the municipality in?")
    await counted(viewer, Count("begun", "eligibility"), Count("begun", "eligibility"), asked[0], asked[0], Count("taken", side),
                  Count("taken", side), asked[1], asked[1], Count("taken", country), Count("finished", "eligibility"))
    page = await viewer.get("/desk")
    assert row(page.text, "Who is asking?") == ["2", "0", "0%"]
    assert row(page.text, "Which country is the municipality in?") == ["2", "1", "50%"]
    assert "Eligibility check: begun 2 times, finished 1 times" in page.words
    viewer.language = "de"
    assert row((await viewer.get("/desk")).text, "Wer fragt an?") == ["2", "0", "0\xa0%"]


async def test_values_in_a_question_are_dots(viewer: Browser) -> None:
    words = "Who sees to “{point}”?"
    await counted(viewer, Count("begun", "x"), Count("put", "x.who", words=words))
    assert row((await viewer.get("/desk")).text, "Who sees to “…”?") == ["1", "1", "100%"]


async def test_the_number_of_queries_does_not_grow(viewer: Browser) -> None:
    asked: list[str] = []
    event.listen(viewer.store.engine.sync_engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    await viewer.get("/desk")
    few = len(asked)
    async with viewer.store.write() as connection:
        await connection.execute(insert(daily_count), [
            {"kind": kind, "day": TODAY - timedelta(days=day), "key": f"flow{key}.step{key}", "language": language,
             "channel": "web", "country": "", "words": "", "number": 1}
            for kind in ("topic", "put", "begun", "message") for day in range(30) for key in range(5)
            for language in ("de", "ar")])
    asked.clear()
    await viewer.get("/desk")
    assert len(asked) == few


async def test_people_registered_for_conferences_ahead_are_shown(viewer: Browser) -> None:
    assert "Conferences ahead" not in (await viewer.get("/desk")).words
    await a_chat(viewer.store)
    coming = await entered(viewer.store)
    async with viewer.store.write() as connection:
        await connection.execute(insert(registration).values(
            conference_id=coming.id, person_id=1, chat_id=1, code="AAAA22", side="south", municipality="Thika", country="KE",
            status="confirmed", queue=1, people=3, language="en", answers={}, created_at=NOW, changed_at=NOW))
    page = await viewer.get("/desk")
    assert ("3 people have a place at a conference" in page.words, row(page.text, "confirmed")) == (True, ["3"])
