"""Articles, shipped and the team's: all of them, one in its languages side by side, and writing it in one language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import added_article
from bot.store.team_articles import Version, versions
from knowledge.articles import Article
from locales import SOURCE_LANGUAGE, Text, languages

from . import writing
from .articles import KINDS, fact_choices
from .listing import Column, Filter, Listing
from .standing import Standing, standings, unremoved
from .visit import Visit
from .wording import Piece, difference
from .words import _

MARKS = {"team": _("written by the team"), "review": _("waiting for review"), "draft": _("draft"),
         "stale": _("translation stale")}
HISTORY = 20  # versions shown beside the form


@dataclass(frozen=True)
class Row:
    """An article as the list shows it, with its marks (see MARKS)."""

    id: str
    title: str
    kind: Text
    marks: tuple[str, ...]
    languages: int


@dataclass(frozen=True)
class Past:
    """An earlier or later version with what it changed."""

    version: Version
    pieces: list[Piece]


COLUMNS = (
    Column("title", lambda row: row.title, _("Article"), lambda row: row.title.casefold()),
    Column("id", lambda row: row.id),
    Column("languages", lambda row: row.languages, _("Languages"), lambda row: row.languages, is_number=True),
    Column("marks", lambda row: ", ".join(row.marks), _("State"), lambda row: tuple(row.marks)),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/articles."""
    filters = (Filter("mark", _("State"), {"": _("all"), **MARKS}),
               Filter("kind", _("Kind"), {"": _("all"), **{kind.value: name for kind, name in KINDS.items()}}),
               Filter("text", _("Words of the title")))
    listing = Listing(visit, "articles", filters, COLUMNS, "title")
    mark, text = listing.chosen("mark"), listing.chosen("text").casefold()
    rows = [row for row in await _rows(visit, listing.chosen("kind"))
            if (not mark or mark in row.marks) and (text in row.title.casefold() or text in row.id)]
    return listing.answer("articles.html", listing.pick(rows), marks=MARKS)


async def shown(visit: Visit) -> web.Response:
    """/desk/articles/ID: what people read in each language beside the English, what waits, and what it rests on."""
    name, shipped, article = _article(visit)
    async with visit.office.store.read() as connection:
        found = standings(shipped, await unremoved(connection, name))
    if article is None and not any(one.pending for one in found):
        raise web.HTTPNotFound
    library = visit.office.live.knowledge.library
    facts = [library.facts[fact] for fact in (article.facts if article else ())]
    return visit.page("article.html", name=name, article=article, shipped=shipped, standings=found, kinds=KINDS, facts=facts,
                      sources=library.sources_of(article) if article else (), day=visit.words.value)


async def edit(visit: Visit) -> web.Response:
    """/desk/articles/ID/LANGUAGE: the words in one language beside the English, and their history."""
    return await _form(visit)


async def save(visit: Visit) -> web.Response:
    """Keeps new words as a draft, for review, or publishes them."""
    name, shipped, _live = _article(visit)
    problem = writing.flaw(visit.form)
    if problem is not None:
        return await _form(visit, problem)
    async with visit.office.store.write() as connection:
        known = await _history(connection, name, _language(visit))
        if not known and shipped is None and not await unremoved(connection, name):
            raise web.HTTPNotFound
        if visit.form.get("seen") != str(known[0].id if known else 0):
            problem = _("Somebody else has changed these words meanwhile. Yours are kept below; please look at theirs first.")
        else:
            note = await writing.keep(connection, visit, name)
    return await _form(visit, problem) if problem else visit.back_to(f"/articles/{name}", note)


async def _form(visit: Visit, problem: Text | None = None) -> web.Response:
    name, shipped, article = _article(visit)
    language = _language(visit)
    async with visit.office.store.read() as connection:
        current = await unremoved(connection, name)
        past = await _history(connection, name, language)
    if shipped is None and not current and not past:
        raise web.HTTPNotFound
    found = {one.language: one for one in standings(shipped, current)}
    mine = found[language]
    words = mine.pending.words if mine.pending else mine
    facts = mine.pending.words.facts if mine.pending else article.facts if article else ()
    return visit.page(
        "article_edit.html", 200 if problem is None else 422, name=name, language=language, mine=mine, words_now=words,
        english=found[SOURCE_LANGUAGE], history=_told(past, shipped, language), seen=past[0].id if past else 0, problem=problem,
        form=visit.form, facts=fact_choices(visit), chosen=facts, **writing.LIMITS)


async def _rows(visit: Visit, kind: str) -> list[Row]:
    async with visit.office.store.read() as connection:
        current = await unremoved(connection)
    by_article: dict[str, list[Version]] = defaultdict(list)
    for version in current:
        by_article[version.article].append(version)
    shipped, live = visit.office.live.base.library.articles, visit.office.live.knowledge.library.articles
    rows = [_row(visit, article, shipped.get(id), by_article.get(id, [])) for id, article in live.items()
            if not kind or article.kind.value == kind]
    fresh = [Row(id, found[0].words.title, _("not published yet"), tuple(sorted({one.state for one in found})), 0)
             for id, found in by_article.items() if id not in live and not kind]
    return rows + fresh


def _row(visit: Visit, article: Article, shipped: Article | None, current: list[Version]) -> Row:
    title, kind = visit.say(article.title), KINDS[article.kind]
    if not current:
        return Row(article.id, title, kind, (), len(languages()))
    found = standings(shipped, current)
    return Row(article.id, title, kind, _marks(found), sum(one.origin != "missing" for one in found))


def _marks(found: list[Standing]) -> tuple[str, ...]:
    waiting = {one.pending.state for one in found if one.pending}
    shown = {"team": any(one.live for one in found), "review": "review" in waiting, "draft": "draft" in waiting,
             "stale": any(one.is_stale for one in found)}
    return tuple(mark for mark, holds in shown.items() if holds)


async def _history(connection: AsyncConnection, name: str, language: str) -> list[Version]:
    return await versions(connection, added_article.c.article == name, added_article.c.language == language)


def _told(past: list[Version], shipped: Article | None, language: str) -> list[Past]:
    """Each version against the published one before it, the first against the shipped words; the newest first."""
    [first] = [one for one in standings(shipped, ()) if one.language == language]
    before, told = first.answer, []
    for version in reversed(past):
        told.append(Past(version, difference(before, version.words.answer)))
        before = version.words.answer if version.state == "published" else before
    return told[::-1][:HISTORY]


def _article(visit: Visit) -> tuple[str, Article | None, Article | None]:
    """The name in the address, the shipped article and the article as people read it."""
    name = visit.request.match_info["article"]
    return name, visit.office.live.base.library.articles.get(name), visit.office.live.knowledge.library.articles.get(name)


def _language(visit: Visit) -> str:
    language = visit.request.match_info["language"]
    if language not in languages():
        raise web.HTTPNotFound
    return language
