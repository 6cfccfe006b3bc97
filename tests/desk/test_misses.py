"""What was asked in vain: grouped by likeness, taught, settled, and told to those who wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlalchemy import select

from bot.store.database import Store
from bot.store.schema import added_phrase, message, miss, miss_asker, revision
from tests.support.desk import Browser, a_chat, a_miss, desk
from tests.support.engine import party
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
FLIGHTS = "who is paying for our flights then"


@pytest_asyncio.fixture
async def editor(any_store: Store) -> AsyncIterator[Browser]:
    async with desk(any_store) as browser:
        await browser.sign_in("editor")
        yield browser


async def attach(editor: Browser, misses: str = "1", **form: str) -> str:
    given = {"misses": misses, "article": "missions", "language": "en", "phrase": FLIGHTS, **form}
    return (await editor.send("/desk/misses/1/attach", **given)).words


async def test_like_questions_stand_together_with_their_count(editor: Browser) -> None:
    for text in (FLIGHTS, "Who is paying for our flights then???", "who is paying then for our flight", "is there a canteen"):
        await a_miss(editor.store, text)
    await a_miss(editor.store, FLIGHTS, "de")
    page = await editor.get("/desk/misses")
    assert "3 different questions" in page.words
    assert f"{FLIGHTS} English · not understood 3" in page.words
    assert f"{FLIGHTS} German · not understood 1" in page.words


async def test_the_groups_of_one_language_can_be_seen_alone(editor: Browser) -> None:
    await a_miss(editor.store, FLIGHTS)
    await a_miss(editor.store, "wer zahlt die Flüge", "de")
    page = await editor.get("/desk/misses", language="de")
    assert ("wer zahlt" in page.text, FLIGHTS in page.text) == (True, False)


async def test_an_unhelpful_answer_without_words_is_named_by_its_article(editor: Browser) -> None:
    for article in ("missions", "missions", "amounts"):
        await a_miss(editor.store, "", "en", "unhelpful", article)
    page = await editor.get("/desk/misses")
    assert "Answer “Missions of municipal experts” English · answered, but not helpful 2" in page.words
    group = await editor.get("/desk/misses/1")
    assert "2 times this answer was found not helpful." in group.words
    assert "/attach" not in group.text


async def test_attaching_adds_a_phrase_settles_and_counts_the_knowledge_up(editor: Browser) -> None:
    await a_miss(editor.store, FLIGHTS)
    await a_miss(editor.store, FLIGHTS)
    assert "The phrase is added." in await attach(editor, "1 2")
    async with editor.store.read() as connection:
        phrase = (await connection.execute(select(added_phrase))).one()
        assert (phrase.article, phrase.language, phrase.text, phrase.staff_id) == ("missions", "en", FLIGHTS, 1)
        assert (await connection.execute(select(revision))).all() == [("knowledge", 1)]
        assert None not in list(await connection.scalars(select(miss.c.settled_at)))
    assert "There are no open questions." in (await editor.get("/desk/misses")).words


async def test_only_the_questions_that_were_seen_are_settled(editor: Browser) -> None:
    await a_miss(editor.store, FLIGHTS)
    await a_miss(editor.store, FLIGHTS)
    await attach(editor, "1")
    async with editor.store.read() as connection:
        assert list(await connection.scalars(select(miss.c.id).where(miss.c.settled_at.is_(None)))) == [2]


async def test_what_two_people_settle_at_once_is_settled_once(editor: Browser) -> None:
    await a_miss(editor.store, FLIGHTS)
    await attach(editor)
    assert "Somebody else has settled these questions" in await attach(editor, phrase="another phrase")
    async with editor.store.read() as connection:
        assert list(await connection.scalars(select(added_phrase.c.text))) == [FLIGHTS]


async def test_a_phrase_needs_words_an_article_and_a_language(editor: Browser) -> None:
    await a_miss(editor.store, FLIGHTS)
    assert "Please write a phrase" in await attach(editor, phrase="???")
    assert "The phrase is too long" in await attach(editor, phrase="x y" * 200)
    assert "Please choose an article." in await attach(editor, article="nothing")
    assert "Please choose a language." in await attach(editor, language="xx")
    async with editor.store.read() as connection:
        assert (await connection.execute(select(added_phrase))).all() == []


async def test_settling_without_a_phrase_changes_no_knowledge(editor: Browser) -> None:
    await a_miss(editor.store, FLIGHTS)
    await waiting(editor.store, 1, "telegram:7")
    assert "The questions are settled." in (await editor.send("/desk/misses/1/settle", misses="1")).words
    async with editor.store.read() as connection:
        assert (await connection.execute(select(revision))).all() == []
        assert (await connection.execute(select(miss_asker))).all() == []
        assert (await connection.execute(select(message))).all() == []


async def test_who_agreed_to_be_told_hears_the_answer_in_their_language_once(editor: Browser) -> None:
    first, second = await a_miss(editor.store, FLIGHTS), await a_miss(editor.store, FLIGHTS)
    number = await waiting(editor.store, first, "telegram:7", "de")
    async with editor.store.write() as connection:
        await connection.execute(miss_asker.insert().values(miss_id=second, chat_id=number))
    await waiting(editor.store, second, "web:abc", "en")
    assert "Those who agreed to be told receive the answer." in await attach(editor, f"{first} {second}")
    async with editor.store.read() as connection:
        told = (await connection.execute(select(message).order_by(message.c.id))).all()
        assert (await connection.execute(select(miss_asker))).all() == []
    assert [(row.author, row.body["language"], row.sent_at is None) for row in told] == [
        ("assistant", "de", True), ("assistant", "en", False)]
    assert all(FLIGHTS in row.body["paragraphs"][0][1] for row in told)
    assert "knowledge sharing between the partner municipalities" in str(told[1].body)


async def test_a_phrase_can_be_added_and_taken_back(editor: Browser) -> None:
    form = {"article": "missions", "language": "es", "phrase": "¿quién paga los vuelos?"}
    assert "The phrase is added." in (await editor.send("/desk/phrases", **form)).words
    listed = await editor.get("/desk/phrases")
    assert "¿quién paga los vuelos? Spanish · Missions of municipal experts" in listed.words
    assert "The phrase is taken back." in (await editor.send("/desk/phrases/1/remove")).words
    assert (await editor.send("/desk/phrases/1/remove")).status == 404
    async with editor.store.read() as connection:
        assert (await connection.execute(select(revision))).all() == [("knowledge", 2)]


async def test_the_same_phrase_is_not_added_twice(editor: Browser) -> None:
    form = {"article": "missions", "language": "en", "phrase": FLIGHTS}
    await editor.send("/desk/phrases", **form)
    await editor.send("/desk/phrases", **form)
    assert "1 phrase" in (await editor.get("/desk/phrases")).words


async def test_a_phrase_works_from_the_next_message_on_and_no_more_once_taken_back(tmp_path: Path) -> None:
    nonsense = "blorbal frumious vorpal snark"
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store, assistant.engine.live) as browser:
        await browser.sign_in("editor")
        assert "short-term missions" not in await assistant.say(nonsense)
        await browser.send("/desk/phrases", article="missions", language="en", phrase=nonsense)
        tried = await browser.get("/desk/try", question=nonsense, language="en")
        assert "Missions of municipal experts missions" in tried.words
        assert "short-term missions" in await assistant.say(nonsense)
        await browser.send("/desk/phrases/1/remove")
        assert "short-term missions" not in await assistant.say(nonsense)


async def waiting(store: Store, number: int, handle: str, language: str = "es") -> int:
    """A chat whose person agreed to be told the answer to a miss."""
    chat_id = await a_chat(store, handle, language)
    async with store.write() as connection:
        await connection.execute(miss_asker.insert().values(miss_id=number, chat_id=chat_id))
    return chat_id
