"""Phrases that staff have added to articles: the list, one more, and taking one back."""

from __future__ import annotations

from aiohttp import web

from bot.store.phrases import LONGEST, add_phrase, added_phrases, remove_phrase
from knowledge.normal import plain
from locales import Text, languages

from .articles import choices
from .paging import ROWS, Paging
from .visit import Visit
from .words import _


async def listed(visit: Visit) -> web.Response:
    """/desk/phrases."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """Adds a phrase that staff thought of themselves."""
    problem = flaw(visit)
    if problem is not None:
        return await _page(visit, problem)
    form = visit.form
    async with visit.office.store.write() as connection:
        await add_phrase(connection, form["article"], form["language"], form["phrase"], visit.member.id, visit.now)
    return visit.back_to("/phrases", "added")


async def remove(visit: Visit) -> web.Response:
    """Takes a phrase back; it stays in the list as what it was."""
    async with visit.office.store.write() as connection:
        if not await remove_phrase(connection, visit.number("number"), visit.now):
            raise web.HTTPNotFound
    return visit.back_to("/phrases", "removed")


def flaw(visit: Visit) -> Text | None:
    """What is wrong with the phrase of a form, or None."""
    phrase = visit.form.get("phrase", "")
    if visit.form.get("article", "") not in visit.office.live.knowledge.library.articles:
        return _("Please choose an article.")
    if visit.form.get("language", "") not in languages():
        return _("Please choose a language.")
    if not plain(phrase) or "\n" in phrase:
        return _("Please write a phrase of one line, with words in it.")
    if len(phrase) > LONGEST:
        return _("The phrase is too long: at most {most} characters, please.", most=LONGEST)
    return None


async def _page(visit: Visit, problem: Text | None = None) -> web.Response:
    async with visit.office.store.read() as connection:
        total, _first = await added_phrases(connection, 0, 0)
        paging = Paging.of(visit, total)
        _total, rows = await added_phrases(connection, paging.start, ROWS)
    return visit.page("phrases.html", 200 if problem is None else 422, rows=rows, paging=paging, problem=problem,
                      choices=choices(visit), languages=languages(), form=visit.form,
                      longest=LONGEST)
