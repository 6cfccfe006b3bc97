"""What is counted of conversations: enough for the overview, nothing of persons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlalchemy import select

from bot.store.editing_tables import daily_count
from tests.support.engine import Party, party


@pytest_asyncio.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Party]:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as running:
        yield running


async def counted(assistant: Party, *kinds: str) -> dict[tuple[str, ...], int]:
    """Kind, key and country with their numbers."""
    async with assistant.store.read() as connection:
        wanted = (daily_count.c.kind.in_(kinds), daily_count.c.number != 0)
        rows = (await connection.execute(select(daily_count).where(*wanted))).all()
    return {(row.kind, row.key, row.country): row.number for row in rows}


async def test_messages_and_chats_are_counted_by_language_and_channel(assistant: Party) -> None:
    for address in ("1", "1", "2"):
        await assistant.say("/help", address)
    async with assistant.store.read() as connection:
        rows = (await connection.execute(select(daily_count).order_by(daily_count.c.kind))).all()
    assert [(row.kind, row.language, row.channel, row.number) for row in rows] == [
        ("chat", "en", "note", 2), ("message", "en", "note", 3)]


async def test_questions_are_counted_by_topic_and_named_country(assistant: Party) -> None:
    await assistant.say("Is Kenya on the DAC list?")
    await assistant.say("Is Kenya on the DAC list?", "2")
    await assistant.say("blorbal frumious vorpal snark", "3")
    await assistant.press("/ask who-submits")
    assert await counted(assistant, "outcome", "topic", "country") == {
        ("outcome", "answered", ""): 3, ("outcome", "unknown", ""): 1, ("topic", "dac-status-of-country", ""): 2,
        ("topic", "who-submits", ""): 1, ("country", "", "KE"): 2}


async def test_an_answer_that_did_not_help_is_counted_with_it(assistant: Party) -> None:
    await assistant.press("/ask who-submits")
    await assistant.press("/helped no who-submits")
    assert await counted(assistant, "unhelpful") == {("unhelpful", "who-submits", ""): 1}


async def test_a_dialogue_that_is_left_shows_where(assistant: Party) -> None:
    await assistant.say("/check")
    await assistant.press("side:south")
    await assistant.say("/stop")
    assert await counted(assistant, "begun", "put", "taken", "finished") == {
        ("begun", "eligibility", ""): 1, ("put", "eligibility.side", ""): 1, ("taken", "eligibility.side", ""): 1,
        ("put", "eligibility.country", ""): 1}


async def test_a_finished_check_is_counted_with_its_country(assistant: Party) -> None:
    await assistant.say("/check")
    for choice in ("side:south", "country:KE", "partner:none"):
        await assistant.press(choice)
    assert await counted(assistant, "finished", "country") == {("finished", "eligibility", ""): 1, ("country", "", "KE"): 1}
    steps = await counted(assistant, "put", "taken")
    assert {key for (_kind, key, _country) in steps} == {"eligibility.side", "eligibility.country", "eligibility.partner"}
    assert set(steps.values()) == {1}


async def test_going_back_is_no_leaving(assistant: Party) -> None:
    await assistant.say("/check")
    await assistant.press("side:south")
    await assistant.say("/back")
    await assistant.press("side:south")
    await assistant.press("country:KE")
    await assistant.press("/change side")
    await assistant.press("side:south")
    found = await counted(assistant, "put", "taken")
    left = {key: found["put", key, ""] - found.get(("taken", key, ""), 0) for kind, key, _country in found if kind == "put"}
    assert left == {"eligibility.side": 0, "eligibility.country": 0, "eligibility.partner": 1}


async def test_a_doubt_about_an_answer_is_no_step(assistant: Party) -> None:
    await assistant.say("/check")
    await assistant.press("side:south")
    await assistant.say("Georgia")
    await assistant.say("Kenya")
    assert (await counted(assistant, "put"))["put", "eligibility.country", ""] == 1
    assert (await counted(assistant, "taken"))["taken", "eligibility.country", ""] == 1


async def test_the_words_of_a_step_are_the_question_and_no_answer(assistant: Party) -> None:
    await assistant.say("/check")
    async with assistant.store.read() as connection:
        words = await connection.scalar(select(daily_count.c.words).where(daily_count.c.kind == "put"))
    assert words == "Who is asking?"
