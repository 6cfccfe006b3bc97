"""Answers that staff have written: the list of all versions, writing one, changing it, taking it back, and undoing that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web
from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.phrases import LONGEST as LONGEST_PHRASE
from bot.store.phrases import add_phrase
from bot.store.schema import added_article
from bot.store.team_articles import (
    VERSIONS,
    TeamAnswer,
    Words,
    add_answer,
    bring_back,
    edit_answer,
    remove_answer,
    team_answer,
)
from knowledge.articles import Article, team_article
from knowledge.normal import plain
from locales import Spoken, Text, languages

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

LONGEST_TITLE = 45  # characters: it stands on buttons
LONGEST_ANSWER = 900  # characters: one message, read on a phone
LIMITS = {"languages": languages(), "longest_title": LONGEST_TITLE, "longest_answer": LONGEST_ANSWER}
STATES = {"": _("all"), "used": _("in use"), "removed": _("no longer in use")}
COLUMNS = (
    Column("title", lambda row: row.title, _("Answer"), added_article.c.title),
    Column("answer", lambda row: row.answer),
    Column("language", lambda row: row.language),
    Column("article", lambda row: row.article),
    Column("added_by", lambda row: row.name),
    Column("added_at", lambda row: row.at, _("Added"), added_article.c.at),
    Column("removed_at", lambda row: row.removed_at),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/answers."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """Adds an answer that staff thought of themselves."""
    problem = flaw(visit.form) or phrases_flaw(visit.form)
    if problem is not None:
        return await _page(visit, problem)
    async with visit.office.store.write() as connection:
        await save(connection, visit)
    return visit.back_to("/answers", "answer-added")


async def shown(visit: Visit) -> web.Response:
    """/desk/answers/NUMBER: one version, to be read or changed."""
    return _one(visit, await _answer(visit))


async def edit(visit: Visit) -> web.Response:
    """New words, in the same language or as a translation."""
    problem = flaw(visit.form)
    if problem is not None:
        return _one(visit, await _answer(visit), problem)
    async with visit.office.store.write() as connection:
        old, words = await team_answer(connection, visit.number("number")), _words(visit.form)
        done = await edit_answer(connection, visit.number("number"), words, visit.member.id, visit.now)
        if old is not None and done:
            await visit.record(connection, "answer-changed", "article", old.article, before=asdict(old.words),
                               after=asdict(words))
    return visit.back_to("/answers", "answer-changed" if done else "answer-overtaken")


async def remove(visit: Visit) -> web.Response:
    """Takes an answer back; it stays in the list as what it was."""
    async with visit.office.store.write() as connection:
        old = await team_answer(connection, visit.number("number"))
        done = await remove_answer(connection, visit.number("number"), visit.now)
        if old is not None and done:
            await visit.record(connection, "answer-removed", "article", old.article, before=asdict(old.words))
    return visit.back_to("/answers", "answer-removed" if done else "answer-overtaken")


async def undo(visit: Visit) -> web.Response:
    """Brings an earlier version back."""
    async with visit.office.store.write() as connection:
        old = await team_answer(connection, visit.number("number"))
        done = await bring_back(connection, visit.number("number"), visit.member.id, visit.now)
        if old is not None and done:
            await visit.record(connection, "answer-restored", "article", old.article, after=asdict(old.words))
    return visit.back_to("/answers", "answer-back" if done else "answer-overtaken")


async def save(connection: AsyncConnection, visit: Visit) -> Article:
    """Keeps the answer of a form with its phrases."""
    words = _words(visit.form)
    article = await add_answer(connection, words, visit.member.id, visit.now)
    for phrase in _phrases(visit.form):
        await add_phrase(connection, article, words.language, phrase, visit.member.id, visit.now)
    await visit.record(connection, "answer-added", "article", article, after={**asdict(words), "phrases": _phrases(visit.form)})
    return team_article(article, Spoken(((words.language, words.title),)), Spoken(((words.language, words.answer),)),
                        visit.now.date())


def flaw(form: Mapping[str, str]) -> Text | None:
    """What is wrong with the words of a form, or None."""
    words = _words(form)
    if words.language not in languages():
        return _("Please choose a language.")
    if not plain(words.title) or "\n" in words.title or len(words.title) > LONGEST_TITLE:
        return _("Please write a title of one line and at most {most} characters.", most=LONGEST_TITLE)
    if not plain(words.answer) or len(words.answer) > LONGEST_ANSWER:
        return _("Please write an answer of at most {most} characters.", most=LONGEST_ANSWER)
    return None


def phrases_flaw(form: Mapping[str, str]) -> Text | None:
    """What is wrong with the first phrases of a form, or None."""
    phrases = _phrases(form)
    if not phrases or not all(plain(phrase) for phrase in phrases):
        return _("Please write at least one phrase, one per line, with words in each.")
    if any(len(phrase) > LONGEST_PHRASE for phrase in phrases):
        return _("The phrase is too long: at most {most} characters, please.", most=LONGEST_PHRASE)
    return None


def _words(form: Mapping[str, str]) -> Words:
    return Words(form.get("language", ""), form.get("title", ""), form.get("answer", ""))


def _phrases(form: Mapping[str, str]) -> list[str]:
    return [line.strip() for line in form.get("phrases", "").split("\n") if line.strip()]


async def _answer(visit: Visit) -> TeamAnswer:
    async with visit.office.store.read() as connection:
        found = await team_answer(connection, visit.number("number"))
    if found is None:
        raise web.HTTPNotFound
    return found


def _one(visit: Visit, answer: TeamAnswer, problem: Text | None = None) -> web.Response:
    return visit.page("answer.html", 200 if problem is None else 422, answer=answer, problem=problem, form=visit.form, **LIMITS)


async def _page(visit: Visit, problem: Text | None = None) -> web.Response:
    filters = (Filter("state", _("State"), STATES), Filter("language", _("Language"), visit.language_options(languages())),
               Filter("text", _("Words of the title or answer")))
    listing = Listing(visit, "answers", filters, COLUMNS, "-added_at")
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, VERSIONS.where(*_wanted(listing)), added_article.c.id)
    return listing.answer("answers.html", found, problem, form=visit.form, **LIMITS)


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    state, language, text = (listing.chosen(name) for name in ("state", "language", "text"))
    columns = (added_article.c.title, added_article.c.answer)
    wanted = [or_(*(column.icontains(text, autoescape=True) for column in columns))] if text else []
    if state:
        wanted.append(added_article.c.removed_at.is_(None) if state == "used" else added_article.c.removed_at.is_not(None))
    return [*wanted, added_article.c.language == language] if language else wanted
