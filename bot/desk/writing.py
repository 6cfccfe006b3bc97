"""Writing answers: what a form must hold, keeping it as a draft or for review, and what publishing it brings about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.late import tell_askers
from bot.store import team_articles
from bot.store.misses import settle
from bot.store.phrases import LONGEST as LONGEST_PHRASE
from bot.store.phrases import add_phrase
from bot.store.team_articles import Along, Version, Words
from knowledge.articles import MOST_FACTS
from knowledge.normal import plain
from locales import SOURCE_LANGUAGE, Text, languages

from .second import second_person_missing
from .standing import english_now
from .visit import Visit
from .wording import print_of
from .words import _

LONGEST_TITLE = 45  # characters: it stands on buttons
LONGEST_ANSWER = 900  # characters: one message, read on a phone
LIMITS = {"languages": languages(), "longest_title": LONGEST_TITLE, "longest_answer": LONGEST_ANSWER, "most_facts": MOST_FACTS}


def flaw(form: Mapping[str, str]) -> Text | None:
    """What is wrong with the words of a form, or None."""
    words = words_of(form)
    if words.language not in languages():
        return _("Please choose a language.")
    if not plain(words.title) or "\n" in words.title or len(words.title) > LONGEST_TITLE:
        return _("Please write a title of one line and at most {most} characters.", most=LONGEST_TITLE)
    if not plain(words.answer) or len(words.answer) > LONGEST_ANSWER:
        return _("Please write an answer of at most {most} characters.", most=LONGEST_ANSWER)
    if len(words.facts) > MOST_FACTS:
        return _("An answer states at most {most} facts. Please split it into two.", most=MOST_FACTS)
    return None


def phrases_flaw(form: Mapping[str, str]) -> Text | None:
    """What is wrong with the first phrases of a form, or None."""
    phrases = _phrases(form)
    if not phrases or not all(plain(phrase) for phrase in phrases):
        return _("Please write at least one phrase, one per line, with words in each.")
    if any(len(phrase) > LONGEST_PHRASE for phrase in phrases):
        return _("The phrase is too long: at most {most} characters, please.", most=LONGEST_PHRASE)
    return None


def words_of(form: Mapping[str, str]) -> Words:
    """The words of a form with the facts that were ticked."""
    facts = tuple(name.removeprefix("fact-") for name in form if name.startswith("fact-"))
    return Words(form.get("language", ""), form.get("title", ""), form.get("answer", ""), facts)


async def keep(connection: AsyncConnection, visit: Visit, article: str, misses: tuple[int, ...] = ()) -> str:
    """Keeps the words of a form as its button says; returns the note that tells what has become of them."""
    words, do = words_of(visit.form), visit.form.get("do") or ("publish" if visit.may("admin") else "review")
    source = ("", "") if words.language == SOURCE_LANGUAGE else await english_now(connection, visit, article)
    english = print_of(*source) if any(source) else ""
    version = await team_articles.write(
        connection, article, words, visit.member.id, visit.now, state="draft" if do == "draft" else "review",
        along=Along(english, () if article else tuple(_phrases(visit.form)), misses))
    await visit.record(connection, "answer-written", "article", version.article, after=asdict(words))
    if do != "publish" or second_person_missing(visit, visit.member.id):
        return "answer-draft" if do == "draft" else "answer-review"
    told = await publish(connection, visit, version)
    return ("answer-changed" if article else "answer-added") + ("-told" if told else "")


async def publish(connection: AsyncConnection, visit: Visit, version: Version) -> int | None:
    """Lets people read a version, with its phrases, and tells it to those who wait; None if it does not wait any more."""
    if not await team_articles.publish(connection, version.id, visit.member.id, visit.now):
        return None
    for phrase in version.along.phrases:
        await add_phrase(connection, version.article, version.words.language, phrase, visit.member.id, visit.now)
    await visit.record(connection, "answer-published", "article", version.article, after={
        **asdict(version.words), "version": version.id})
    settled = await settle(connection, version.along.misses, visit.now)
    if not settled:
        return 0
    live = visit.office.live
    articles = await team_articles.team_articles(connection, live.base.library)
    knowledge = live.knowledge.with_additions(articles, {})
    return await tell_askers(connection, knowledge, version.article, settled, visit.now)


def _phrases(form: Mapping[str, str]) -> list[str]:
    return [line.strip() for line in form.get("phrases", "").split("\n") if line.strip()]
