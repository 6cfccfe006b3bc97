"""What staff write at run time: kept in versions, given from the next message on, and told to those who wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlalchemy import select

from bot.store.database import Store
from bot.store.schema import added_article, added_phrase, message, miss, miss_asker, revision
from tests.support.desk import Browser, a_chat, a_miss, desk
from tests.support.engine import party
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
NONSENSE = "blorbal frumious vorpal snark"
WORDS = {"language": "en", "title": "Dinner of the conference", "answer": "There is no dress code.\n\nCome as you are."}


@pytest_asyncio.fixture
async def editor(any_store: Store) -> AsyncIterator[Browser]:
    async with desk(any_store) as browser:
        await browser.sign_in("editor")
        yield browser


async def write(editor: Browser, path: str = "/desk/answers", **form: str) -> str:
    return (await editor.send(path, **{**WORDS, "phrases": "what do I wear\n\n dress code ", **form})).words


async def versions(editor: Browser) -> list[tuple[str, str, bool]]:
    """Article, title and whether it holds, oldest first."""
    async with editor.store.read() as connection:
        rows = (await connection.execute(select(added_article).order_by(added_article.c.id))).all()
    return [(row.article, row.title, row.removed_at is None) for row in rows]


async def test_an_answer_is_kept_with_its_phrases(editor: Browser) -> None:
    assert "The answer is added." in await write(editor)
    async with editor.store.read() as connection:
        row = (await connection.execute(select(added_article))).one()
        phrases = (await connection.execute(select(added_phrase.c.article, added_phrase.c.text))).all()
    assert (row.article, row.answer, row.facts, row.staff_id) == ("team-dinner-of-the-conference", WORDS["answer"], [], 1)
    assert phrases == [(row.article, "what do I wear"), (row.article, "dress code")]
    assert "Dinner of the conference There is no dress code." in (await editor.get("/desk/answers")).words
    assert 'value="team-dinner-of-the-conference"' in (await editor.get("/desk/phrases")).text


async def test_names_of_answers_are_short_plain_and_never_given_twice(editor: Browser) -> None:
    for title in ("Dinner", "dinner!", "عشاء", "Wer bezahlt eigentlich die Flüge zur Tagung?"):
        await write(editor, title=title)
    assert [article for article, _title, _holds in await versions(editor)] == [
        "team-dinner", "team-dinner-2", "team-answer", "team-wer-bezahlt-eigentlich-die-fluge-zu"]


async def test_an_answer_needs_a_language_a_title_words_and_a_phrase(editor: Browser) -> None:
    wrong = {"language": "xx", "title": "x" * 46, "answer": "x" * 901, "phrases": " \n"}
    said = {field: await write(editor, **{field: value}) for field, value in wrong.items()}
    assert "Please choose a language." in said["language"]
    assert "Please write a title of one line and at most 45 characters." in said["title"]
    assert "Please write an answer of at most 900 characters." in said["answer"]
    assert "Please write at least one phrase" in said["phrases"]
    assert "The phrase is too long" in await write(editor, phrases="x y" * 200)
    assert "Please write a title" in await write(editor, title="???")
    assert await versions(editor) == []


async def test_changed_words_are_a_new_version_and_the_old_can_be_brought_back(editor: Browser) -> None:
    await write(editor)
    assert "The answer is changed." in await write(editor, "/desk/answers/1", title="Dinner")
    assert "Somebody else has changed this answer" in await write(editor, "/desk/answers/1", title="Supper")
    assert [holds for _article, _title, holds in await versions(editor)] == [False, True]
    assert "These words hold again" in (await editor.send("/desk/answers/1/undo")).words
    assert "The answer is taken back." in (await editor.send("/desk/answers/3/remove")).words
    assert "Nothing was changed." in (await editor.send("/desk/answers/3/remove")).words
    assert "These words hold again" in (await editor.send("/desk/answers/2/undo")).words
    assert "Nothing was changed." in (await editor.send("/desk/answers/4/undo")).words
    name = "team-dinner-of-the-conference"
    assert await versions(editor) == [(name, WORDS["title"], False), (name, "Dinner", False), (name, WORDS["title"], False),
                                      (name, "Dinner", True)]


async def test_another_language_is_a_translation_that_stands_beside(editor: Browser) -> None:
    await write(editor)
    await write(editor, "/desk/answers/1", language="de", title="Abendessen")
    assert [holds for _article, _title, holds in await versions(editor)] == [True, True]
    page = await editor.get("/desk/answers/2")
    assert ("Abendessen" in page.words, (await editor.get("/desk/answers/9")).status) == (True, 404)


async def test_writing_from_a_miss_settles_it_and_tells_those_who_wait(editor: Browser) -> None:
    number = await a_miss(editor.store, NONSENSE)
    chat_id = await a_chat(editor.store, "telegram:7", "de")
    async with editor.store.write() as connection:
        await connection.execute(miss_asker.insert().values(miss_id=number, chat_id=chat_id))
    assert f'href="/desk/misses/{number}/answer"' in (await editor.get(f"/desk/misses/{number}")).text
    assert f">{NONSENSE}</textarea>" in (await editor.get(f"/desk/misses/{number}/answer")).text
    path = f"/desk/misses/{number}/answer"
    assert "Please write at least one phrase" in await write(editor, path, misses=str(number), phrases="")
    assert "Those who agreed to be told receive it." in await write(editor, path, misses=str(number), phrases=NONSENSE)
    assert "Somebody else has settled these questions" in await write(editor, path, misses=str(number))
    async with editor.store.read() as connection:
        [told] = await connection.scalars(select(message.c.body))
        assert await connection.scalar(select(miss.c.settled_at)) is not None
        assert (await connection.execute(select(revision))).all() == [("knowledge", 2)]
    assert [words for _tone, words in told["paragraphs"]][1:] == [
        WORDS["answer"], "Quelle: das Team der Servicestelle, 22. November 2026"]


async def test_an_answer_works_from_the_next_message_on_and_undoing_it_too(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store, assistant.engine.live) as browser:
        await browser.sign_in("editor")
        assert "I do not know that." in await assistant.say(NONSENSE)
        await write(browser, "/desk/misses/1/answer", misses="1", phrases=NONSENSE)
        said = await assistant.say(NONSENSE)
        assert said == f"{WORDS['answer']}\n\nSource: the Service Agency's team, 22 November 2026"
        assert "Thank you, that helps us." in await assistant.press("/helped yes team-dinner-of-the-conference")
        await write(browser, "/desk/answers/1", answer="A jacket will do.")
        assert "A jacket will do." in await assistant.say(NONSENSE)
        await browser.send("/desk/answers/1/undo")
        assert "There is no dress code." in await assistant.say(NONSENSE)
        await browser.send("/desk/answers/3/remove")
        assert "There is no dress code." not in await assistant.say(NONSENSE)
        assert "That answer no longer exists." in await assistant.press("/ask team-dinner-of-the-conference")


async def test_a_reader_of_another_language_reads_the_first_there_is_and_a_translation_once_there_is_one(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store, assistant.engine.live) as browser:
        await browser.sign_in("editor")
        await write(browser, language="de", answer="Es gibt keine Kleiderordnung.", phrases=NONSENSE)
        await assistant.press("/language es")
        said = await assistant.say(NONSENSE)
        source = "Fuente: el equipo de la Agencia de Servicio, 22 de noviembre de 2026"
        assert said == f"Es gibt keine Kleiderordnung.\n\n{source}"
        await write(browser, "/desk/answers/1", language="es", answer="Venga como quiera.")
        assert "Venga como quiera." in await assistant.say(NONSENSE)


async def test_other_replicas_know_it_too(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store) as elsewhere:
        await elsewhere.sign_in("editor")
        await write(elsewhere, phrases=NONSENSE)
        assert "There is no dress code." in await assistant.say(NONSENSE)
