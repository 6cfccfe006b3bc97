"""Phrases that staff have added to articles: the list, one more, and taking one back."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import ColumnElement, select

from bot.store.phrases import ADDED, LONGEST, add_phrase, remove_phrase
from bot.store.schema import added_phrase
from knowledge.normal import plain
from locales import Text, languages

from .articles import choices
from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

STATES = {"": _("all"), "used": _("in use"), "removed": _("taken back")}
COLUMNS = (
    Column("phrase", lambda row: row.text, _("Phrase"), added_phrase.c.text),
    Column("language", lambda row: row.language),
    Column("article", lambda row: row.article),
    Column("added_by", lambda row: row.name),
    Column("added_at", lambda row: row.at, _("Added"), added_phrase.c.at),
    Column("removed_at", lambda row: row.removed_at),
)


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
        await visit.record(connection, "phrase-added", "article", form["article"],
                           after={"language": form["language"], "phrase": form["phrase"]})
    return visit.back_to("/phrases", "added")


async def remove(visit: Visit) -> web.Response:
    """Takes a phrase back; it stays in the list as what it was."""
    async with visit.office.store.write() as connection:
        old = (await connection.execute(select(added_phrase).where(added_phrase.c.id == visit.number("number")))).first()
        if old is None or not await remove_phrase(connection, old.id, visit.now):
            raise web.HTTPNotFound
        await visit.record(connection, "phrase-removed", "article", old.article,
                           before={"language": old.language, "phrase": old.text})
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
    filters = (Filter("state", _("State"), STATES), Filter("language", _("Language"), visit.language_options(languages())),
               Filter("text", _("Words of the phrase")))
    listing = Listing(visit, "phrases", filters, COLUMNS, "-added_at")
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, ADDED.where(*_wanted(listing)), added_phrase.c.id)
    return listing.answer("phrases.html", found, problem, choices=choices(visit), languages=languages(), form=visit.form,
                          longest=LONGEST)


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    state, language, text = (listing.chosen(name) for name in ("state", "language", "text"))
    wanted: list[ColumnElement[bool]] = [added_phrase.c.text.icontains(text, autoescape=True)] if text else []
    if state:
        wanted.append(added_phrase.c.removed_at.is_(None) if state == "used" else added_phrase.c.removed_at.is_not(None))
    return [*wanted, added_phrase.c.language == language] if language else wanted
