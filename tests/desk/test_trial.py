"""Trying a question shows what the assistant would do, and keeps nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest_asyncio
from sqlalchemy import select

from bot.desk.likeness import grouped
from bot.encoding import Encoding
from bot.knowledge import LiveKnowledge
from bot.store.database import Store
from bot.store.misses import Miss
from bot.store.phrases import add_phrase
from bot.store.schema import message, miss
from tests.support.desk import NOW, Browser, desk
from tests.support.store import store
from tests.support.talk import knowledge

__all__ = ["store"]


@pytest_asyncio.fixture
async def viewer(store: Store) -> AsyncIterator[Browser]:
    async with desk(store) as browser:
        await browser.sign_in("viewer")
        yield browser


async def test_a_clear_question_is_answered_at_once(viewer: Browser) -> None:
    page = await viewer.get("/desk/try", question="What is the Service Agency Communities in One World?", language="en")
    assert "The assistant is sure and answers at once." in page.words
    assert "%" in page.words


async def test_it_says_which_phrases_and_words_carried_an_answer(viewer: Browser) -> None:
    page = await viewer.get("/desk/try", question="who pays the flights of a mission?", language="en")
    said = page.words.partition("Why")[2]
    assert "Like these phrases:" in said
    assert "Words that speak for it, the strongest first:" in said
    assert "Likeness of meaning" not in said


async def test_a_phrase_of_the_teams_is_named_once_it_is_there(viewer: Browser) -> None:
    async with viewer.store.write() as connection:
        await add_phrase(connection, "missions", "en", "blorbal frumious vorpal", None, NOW)
    said = (await viewer.get("/desk/try", question="Blorbal frumious vorpal?", language="en")).words
    assert "Like these phrases: blorbal frumious vorpal (100%)" in said


async def test_nothing_of_it_is_kept(viewer: Browser) -> None:
    await viewer.get("/desk/try", question="xyzzy plugh", language="en")
    async with viewer.store.read() as connection:
        assert (await connection.execute(select(miss))).all() == []
        assert (await connection.execute(select(message))).all() == []


async def test_without_a_question_there_is_only_the_box(viewer: Browser) -> None:
    page = await viewer.get("/desk/try")
    assert ("How likely" in page.text, page.status) == (False, 200)


class Encoder:
    """Sees every sentence alike."""

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0] + [0.0] * 383 for _text in texts]


async def test_with_an_encoder_nothing_is_said_of_a_missing_one(store: Store) -> None:
    for live, missing in ((LiveKnowledge(knowledge()), True), (LiveKnowledge(knowledge(), Encoding(Encoder)), False)):
        async with desk(store, live) as browser:
            await browser.sign_in("viewer")
            page = await browser.get("/desk/try", question="flights and who pays them", language="en")
            assert ("is not installed" in page.words) == missing
            assert ("Likeness of meaning:" in page.words) != missing


def test_grouping_is_stable_and_a_single_word_swallows_nothing() -> None:
    texts = ["kenya", "Is Kenya on the list?", "is kenya on the list", "kenya!", "list the kenya is on"]
    misses = [Miss(number, text, "en", (), "unknown", NOW) for number, text in enumerate(texts, 1)]
    groups = [[miss.id for miss in group.misses] for group in grouped(misses)]
    assert groups == [[2, 3, 5], [1, 4]]
    assert [[miss.id for miss in group.misses] for group in grouped(misses)] == groups
