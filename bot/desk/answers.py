"""Versions of answers that staff have written: the list of all, one with what it changes, and what becomes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict

from aiohttp import web
from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import team_articles
from bot.store.schema import added_article
from bot.store.team_articles import VERSIONS, Version
from locales import languages

from . import writing
from .articles import fact_choices
from .listing import Column, Filter, Listing
from .second import second_person_missing
from .standing import standings, unremoved
from .visit import Visit
from .wording import difference
from .words import _

STATES = {"": _("all"), "used": _("in use"), "review": _("waiting for review"), "draft": _("draft"),
          "removed": _("no longer in use")}
COLUMNS = (
    Column("title", lambda row: row.title, _("Answer"), added_article.c.title),
    Column("answer", lambda row: row.answer),
    Column("language", lambda row: row.language),
    Column("article", lambda row: row.article),
    Column("state", lambda row: row.state),
    Column("added_by", lambda row: row.name),
    Column("added_at", lambda row: row.at, _("Added"), added_article.c.at),
    Column("removed_at", lambda row: row.removed_at),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/answers."""
    filters = (Filter("state", _("State"), STATES), Filter("language", _("Language"), visit.language_options(languages())),
               Filter("text", _("Words of the title or answer")))
    listing = Listing(visit, "answers", filters, COLUMNS, "-added_at")
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, VERSIONS.where(*_wanted(listing)), added_article.c.id)
    return listing.answer("answers.html", found, states=STATES)


async def compose(visit: Visit) -> web.Response:
    """/desk/answers/new: the form for an answer that staff thought of themselves."""
    problem = None
    if visit.form:
        problem = writing.flaw(visit.form) or writing.phrases_flaw(visit.form)
        if problem is None:
            async with visit.office.store.write() as connection:
                note = await writing.keep(connection, visit, "")
            return visit.back_to("/answers", note)
    return visit.page("answer_new.html", 200 if problem is None else 422, problem=problem, form=visit.form,
                      facts=fact_choices(visit), **writing.LIMITS)


async def shown(visit: Visit) -> web.Response:
    """/desk/answers/NUMBER: one version, with what it changes against what people read, or against the version before."""
    async with visit.office.store.read() as connection:
        found = await _version(connection, visit)
        title, answer = await _before(connection, visit, found)
    return visit.page("answer.html", version=found, titles=difference(title, found.words.title),
                      answers=difference(answer, found.words.answer), is_new=not title,
                      facts=visit.office.live.knowledge.library.facts, needs_second=second_person_missing(visit, found.staff_id))


async def _before(connection: AsyncConnection, visit: Visit, found: Version) -> tuple[str, str]:
    """The title and answer that a version is to be held against; empty where there were none."""
    shipped = visit.office.live.base.library.articles.get(found.article)
    current = await unremoved(connection, found.article) if found.is_pending else ()
    same = (added_article.c.article == found.article, added_article.c.language == found.words.language,
            added_article.c.state == "published", added_article.c.id < found.id)
    earlier = [] if found.is_pending else await team_articles.versions(connection, *same)
    if earlier:
        return earlier[0].words.title, earlier[0].words.answer
    [now] = [one for one in standings(shipped, current) if one.language == found.words.language]
    return now.title, now.answer


async def publish(visit: Visit) -> web.Response:
    """People read these words from the next message on."""
    async with visit.office.store.write() as connection:
        found = await _version(connection, visit)
        if second_person_missing(visit, found.staff_id):
            return visit.back_to(f"/answers/{found.id}", "second-person")
        told = await writing.publish(connection, visit, found)
    note = "answer-overtaken" if told is None else "answer-published-told" if told else "answer-published"
    return visit.back_to(f"/answers/{found.id}", note)


async def submit(visit: Visit) -> web.Response:
    """Hands a draft in for review."""
    return await _done(visit, "answer-submitted", "answer-review",
                       lambda connection, found: team_articles.move(connection, found.id, "draft", "review"))


async def give_back(visit: Visit) -> web.Response:
    """Makes a draft again of what is in review."""
    return await _done(visit, "answer-returned", "answer-returned",
                       lambda connection, found: team_articles.move(connection, found.id, "review", "draft"))


async def remove(visit: Visit) -> web.Response:
    """Takes an answer back or discards a draft; it stays in the list as what it was."""
    return await _done(visit, "answer-removed", "answer-removed",
                       lambda connection, found: team_articles.remove(connection, found.id, visit.now))


async def undo(visit: Visit) -> web.Response:
    """Brings an earlier version back."""
    return await _done(visit, "answer-restored", "answer-back",
                       lambda connection, found: team_articles.bring_back(connection, found.id, visit.member.id, visit.now))


Act = Callable[[AsyncConnection, Version], Awaitable[bool]]


async def _done(visit: Visit, deed: str, note: str, act: Act) -> web.Response:
    async with visit.office.store.write() as connection:
        found = await _version(connection, visit)
        done = await act(connection, found)
        if done:
            await visit.record(connection, deed, "article", found.article, before={"version": found.id, "state": found.state},
                               after=asdict(found.words))
    return visit.back_to("/answers", note if done else "answer-overtaken")


async def _version(connection: AsyncConnection, visit: Visit) -> Version:
    found = await team_articles.version(connection, visit.number("number"))
    if found is None:
        raise web.HTTPNotFound
    return found


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    state, language, text = (listing.chosen(name) for name in ("state", "language", "text"))
    columns = (added_article.c.title, added_article.c.answer)
    wanted = [or_(*(column.icontains(text, autoescape=True) for column in columns))] if text else []
    if state == "removed":
        wanted.append(added_article.c.removed_at.is_not(None))
    elif state:
        wanted += [added_article.c.removed_at.is_(None), added_article.c.state == {"used": "published"}.get(state, state)]
    return [*wanted, added_article.c.language == language] if language else wanted
