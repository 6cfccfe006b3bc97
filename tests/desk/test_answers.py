"""What staff write at run time: kept in versions, given from the next message on, and told to those who wait."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlalchemy import select

from bot.store.database import Store
from bot.store.schema import added_article, added_phrase, message, miss, miss_asker
from tests.support.desk import Browser, Page, a_chat, a_miss, desk
from tests.support.engine import party
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store
from tests.support.talk import knowledge

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
NONSENSE = "blorbal frumious vorpal snark"
WORDS = {"language": "en", "title": "Dinner of the conference", "answer": "There is no dress code.\n\nCome as you are."}


@pytest_asyncio.fixture
async def admin(any_store: Store) -> AsyncIterator[Browser]:
    async with desk(any_store) as browser:
        await browser.sign_in("admin", "Ada")
        yield browser


@pytest_asyncio.fixture
async def editor(store: Store) -> AsyncIterator[Browser]:
    async with desk(store) as browser:
        await browser.sign_in("editor", "Bo")
        yield browser


async def write(browser: Browser, path: str = "/desk/answers/new", **form: str) -> str:
    return (await browser.send(path, **{**WORDS, "phrases": "what do I wear\n\n dress code ", **form})).words


async def change(browser: Browser, article: str, language: str = "en", **form: str) -> Page:
    """Fills in the form of an article's words in a language as it is shown."""
    path = f"/desk/articles/{article}/{language}"
    seen = re.search(r'name="seen" value="(\d+)"', (await browser.get(path)).text)
    return await browser.send(path, path, **{**WORDS, "language": language, "seen": seen[1] if seen else "", **form})


async def versions(browser: Browser) -> list[tuple[str, str, str]]:
    """Article, title and state, oldest first."""
    async with browser.store.read() as connection:
        rows = (await connection.execute(select(added_article).order_by(added_article.c.id))).all()
    return [(row.article, row.title, "over" if row.removed_at else row.state) for row in rows]


DINNER = "team-dinner-of-the-conference"


async def test_an_answer_is_kept_with_its_phrases(admin: Browser) -> None:
    assert "The answer is added." in await write(admin)
    async with admin.store.read() as connection:
        row = (await connection.execute(select(added_article))).one()
        phrases = (await connection.execute(select(added_phrase.c.article, added_phrase.c.text))).all()
    assert (row.article, row.answer, row.facts, row.staff_id, row.publisher_id) == (DINNER, WORDS["answer"], [], 1, 1)
    assert phrases == [(row.article, "what do I wear"), (row.article, "dress code")]
    assert "Dinner of the conference There is no dress code." in (await admin.get("/desk/answers")).words
    assert f'value="{DINNER}"' in (await admin.get("/desk/phrases")).text


async def test_names_of_answers_are_short_plain_and_never_given_twice(admin: Browser) -> None:
    for title in ("Dinner", "dinner!", "عشاء", "Wer bezahlt eigentlich die Flüge zur Tagung?"):
        await write(admin, title=title)
    assert [article for article, _title, _state in await versions(admin)] == [
        "team-dinner", "team-dinner-2", "team-answer", "team-wer-bezahlt-eigentlich-die-fluge-zu"]


async def test_an_answer_needs_a_language_a_title_words_and_a_phrase(admin: Browser) -> None:
    wrong = {"language": "xx", "title": "x" * 46, "answer": "x" * 901, "phrases": " \n"}
    said = {field: await write(admin, **{field: value}) for field, value in wrong.items()}
    assert "Please choose a language." in said["language"]
    assert "Please write a title of one line and at most 45 characters." in said["title"]
    assert "Please write an answer of at most 900 characters." in said["answer"]
    assert "Please write at least one phrase" in said["phrases"]
    assert "The phrase is too long" in await write(admin, phrases="x y" * 200)
    assert "Please write a title" in await write(admin, title="???")
    assert await versions(admin) == []


async def test_an_answer_states_at_most_six_facts(admin: Browser) -> None:
    ids = list(knowledge().library.facts)[:7]
    assert "An answer states at most 6 facts." in await write(admin, **{f"fact-{id}": "yes" for id in ids})
    assert "The answer is added." in await write(admin, **{f"fact-{id}": "yes" for id in ids[:6]})
    async with admin.store.read() as connection:
        assert await connection.scalar(select(added_article.c.facts)) == ids[:6]


async def test_a_second_person_publishes_what_an_editor_writes(editor: Browser) -> None:
    assert "The words wait for review." in await write(editor, do="publish")
    assert "You have written this yourself." in (await editor.send("/desk/answers/1/publish")).words
    assert await versions(editor) == [(DINNER, WORDS["title"], "review")]
    await editor.sign_in("editor", "Cy")
    assert "What it changes There were no words in this language before." in (await editor.get("/desk/answers/1")).words
    assert "The words are published." in (await editor.send("/desk/answers/1/publish")).words
    assert "Nothing was changed." in (await editor.send("/desk/answers/1/publish")).words
    assert await versions(editor) == [(DINNER, WORDS["title"], "published")]


async def test_a_draft_is_handed_in_given_back_and_discarded(editor: Browser) -> None:
    assert "The words are kept as a draft." in await write(editor, do="draft")
    for deed, said, state in (("submit", "wait for review", "review"), ("return", "a draft again", "draft"),
                              ("remove", "taken back", "over"), ("undo", "hold again", "over")):
        assert said in (await editor.send(f"/desk/answers/1/{deed}")).words
        assert (await versions(editor))[0][2] == state
    assert (await versions(editor))[1] == (DINNER, WORDS["title"], "draft")


async def test_changed_words_are_a_new_version_and_the_old_can_be_brought_back(admin: Browser) -> None:
    await write(admin)
    assert "The answer is changed." in (await change(admin, DINNER, title="Dinner")).words
    assert [state for _article, _title, state in await versions(admin)] == ["over", "published"]
    assert "These words hold again" in (await admin.send("/desk/answers/1/undo")).words
    assert "The answer is taken back." in (await admin.send("/desk/answers/3/remove")).words
    assert "Nothing was changed." in (await admin.send("/desk/answers/3/remove")).words
    assert "These words hold again" in (await admin.send("/desk/answers/2/undo")).words
    assert "Nothing was changed." in (await admin.send("/desk/answers/4/undo")).words
    assert [(title, state) for _article, title, state in await versions(admin)] == [
        (WORDS["title"], "over"), ("Dinner", "over"), (WORDS["title"], "over"), ("Dinner", "published")]


async def test_who_writes_over_somebody_elses_words_is_told_and_keeps_theirs(admin: Browser) -> None:
    await write(admin)
    await change(admin, DINNER, answer="A jacket will do.")
    page = await change(admin, DINNER, answer="A tie, please.", seen="1")
    assert (page.status, "Somebody else has changed these words meanwhile." in page.words) == (422, True)
    assert ">A tie, please.</textarea>" in page.text
    assert len(await versions(admin)) == 2


async def test_history_shows_what_each_version_changed_word_by_word(admin: Browser) -> None:
    await write(admin, answer="Come as you are.")
    await change(admin, DINNER, answer="Come as you like, please.")
    page = await admin.get("/desk/answers/2")
    assert "Come as you [gone: are. ] [new: like, please. ]" in page.words
    assert "Come as you [gone: are. ] [new: like, please. ]" in (await admin.get(f"/desk/articles/{DINNER}/en")).words


async def test_another_language_is_a_translation_that_stands_beside(admin: Browser) -> None:
    await write(admin)
    await change(admin, DINNER, "de", title="Abendessen")
    assert [state for _article, _title, state in await versions(admin)] == ["published", "published"]
    page = await admin.get(f"/desk/articles/{DINNER}")
    assert ("Abendessen" in page.words, (await admin.get("/desk/answers/9")).status) == (True, 404)
    assert (await admin.get("/desk/articles/nothing")).status == 404
    assert (await admin.get("/desk/articles/missions/xx")).status == 404


async def test_a_translation_is_stale_once_the_english_has_changed(admin: Browser) -> None:
    await write(admin)
    await change(admin, DINNER, "de", title="Abendessen")
    stale = "stale: the English has changed since"
    assert stale not in (await admin.get(f"/desk/articles/{DINNER}")).words
    await change(admin, DINNER, answer="A jacket will do.")
    assert stale in (await admin.get(f"/desk/articles/{DINNER}")).words
    assert "Dinner of the conference" in (await admin.get("/desk/articles", mark="stale")).words
    await change(admin, DINNER, "de", title="Abendessen", answer="Eine Jacke genügt.")
    assert stale not in (await admin.get(f"/desk/articles/{DINNER}")).words


async def test_writing_from_a_miss_settles_it_once_it_is_published_and_tells_those_who_wait(admin: Browser) -> None:
    number = await a_miss(admin.store, NONSENSE)
    chat_id = await a_chat(admin.store, "telegram:7", "de")
    async with admin.store.write() as connection:
        await connection.execute(miss_asker.insert().values(miss_id=number, chat_id=chat_id))
    path = f"/desk/misses/{number}/answer"
    assert f'href="{path}"' in (await admin.get(f"/desk/misses/{number}")).text
    assert f">{NONSENSE}</textarea>" in (await admin.get(path)).text
    assert "Please write at least one phrase" in await write(admin, path, misses=str(number), phrases="")
    assert "wait for review" in await write(admin, path, misses=str(number), phrases=NONSENSE, do="review")
    async with admin.store.read() as connection:
        assert await connection.scalar(select(miss.c.settled_at)) is None
    assert "Those who agreed to be told receive the answer." in (await admin.send("/desk/answers/1/publish")).words
    assert "Somebody else has settled these questions" in await write(admin, path, misses=str(number))
    async with admin.store.read() as connection:
        [told] = await connection.scalars(select(message.c.body))
        assert await connection.scalar(select(miss.c.settled_at)) is not None
    assert [words for _tone, words in told["paragraphs"]][1:] == [
        WORDS["answer"], "Quelle: das Team der Servicestelle, 22. November 2026"]


async def test_an_answer_works_from_the_next_message_on_and_undoing_it_too(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store, assistant.engine.live) as browser:
        await browser.sign_in("admin")
        assert "I do not know that." in await assistant.say(NONSENSE)
        await write(browser, "/desk/misses/1/answer", misses="1", phrases=NONSENSE)
        said = await assistant.say(NONSENSE)
        assert said == f"{WORDS['answer']}\n\nSource: the Service Agency's team, 22 November 2026"
        assert "Thank you, that helps us." in await assistant.press(f"/helped yes {DINNER}")
        await change(browser, DINNER, answer="A jacket will do.")
        assert "A jacket will do." in await assistant.say(NONSENSE)
        await browser.send("/desk/answers/1/undo")
        assert "There is no dress code." in await assistant.say(NONSENSE)
        await browser.send("/desk/answers/3/remove")
        assert "There is no dress code." not in await assistant.say(NONSENSE)
        assert "That answer no longer exists." in await assistant.press(f"/ask {DINNER}")


async def test_a_shipped_answer_is_corrected_in_one_language_and_comes_back_as_it_was(tmp_path: Path) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as assistant, desk(assistant.store) as browser:
        await browser.sign_in("admin")
        shipped = await assistant.press("/ask missions")
        german = await assistant.press("/ask missions de")
        facts = {f"fact-{fact}": "yes" for fact in knowledge().library.articles["missions"].facts}
        await change(browser, "missions", title="Missions", answer="Experts travel for some days.", **facts)
        said = await assistant.press("/ask missions")
        assert said.startswith("Experts travel for some days.\n\nThe project page does not say in detail")
        assert said.endswith("read on 21 November 2026\n\nSource: the Service Agency's team, 22 November 2026")
        assert (await assistant.press("/ask missions de")).split("\n\n")[0] == german.split("\n\n")[0]
        page = await browser.get("/desk/articles/missions")
        assert "stale: the English has changed since" in page.words
        await browser.send("/desk/answers/1/remove")
        assert await assistant.press("/ask missions") == shipped


async def test_a_draft_changes_nothing_that_people_read(tmp_path: Path) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as assistant, desk(assistant.store) as browser:
        await browser.sign_in("admin")
        shipped = await assistant.press("/ask missions")
        for do in ("draft", "review"):
            await change(browser, "missions", answer="Experts fly.", do=do)
            assert await assistant.press("/ask missions") == shipped
        assert "Experts fly." in (await browser.get("/desk/articles/missions/en")).text


async def test_a_reader_of_another_language_reads_the_first_there_is_and_a_translation_once_there_is_one(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store, assistant.engine.live) as browser:
        await browser.sign_in("admin")
        await write(browser, language="de", answer="Es gibt keine Kleiderordnung.", phrases=NONSENSE)
        await assistant.press("/language es")
        said = await assistant.say(NONSENSE)
        source = "Fuente: el equipo de la Agencia de Servicio, 22 de noviembre de 2026"
        assert said == f"Es gibt keine Kleiderordnung.\n\n{source}"
        await change(browser, DINNER, "es", answer="Venga como quiera.")
        assert "Venga como quiera." in await assistant.say(NONSENSE)


async def test_other_replicas_know_it_too(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as assistant, desk(assistant.store) as elsewhere:
        await elsewhere.sign_in("admin")
        await write(elsewhere, phrases=NONSENSE)
        assert "There is no dress code." in await assistant.say(NONSENSE)
