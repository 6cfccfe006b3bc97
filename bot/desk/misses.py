"""Questions asked in vain: grouped, taught to the assistant as phrases, given a new answer, or settled without."""

from __future__ import annotations

import asyncio

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.late import tell_askers
from bot.store.misses import MOST, open_languages, open_misses, settle, still_open, take_askers
from bot.store.phrases import LONGEST, add_phrase
from locales import Text, languages

from . import writing
from .articles import choices, fact_choices
from .likeness import Group, grouped
from .listing import Column, Filter, Listing
from .phrases import flaw
from .reasons import REASONS
from .visit import Visit, number_in
from .words import _

COLUMNS = (
    Column("question", lambda group: group.first.text or f"({', '.join(group.articles[:1])})", _("Question"),
           lambda group: group.first.text.casefold()),
    Column("language", lambda group: group.first.language),
    Column("asked", lambda group: group.count, _("Asked"), lambda group: (group.count, -group.id), is_number=True),
    Column("last", lambda group: group.last_at, _("Last"), lambda group: group.last_at),
    Column("reasons", lambda group: ", ".join(group.reasons)),
    Column("articles", lambda group: ", ".join(group.articles)),
    Column("wordings", lambda group: "\n".join(group.texts)),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/misses: the largest groups first."""
    async with visit.office.store.read() as connection:
        counts = await open_languages(connection)
        names = {code: f"{name} ({counts[code]})" for code, name in visit.language_options(counts).items() if code}
        filters = (Filter("language", _("Language"), {"": _("all"), **names}),
                   Filter("reason", _("Reason"), {"": _("all"), **REASONS}),
                   Filter("text", _("Words of the question")))
        listing = Listing(visit, "misses", filters, COLUMNS, "-asked")
        misses = await open_misses(connection, listing.chosen("language"))
    groups = await asyncio.to_thread(grouped, misses)
    found = listing.pick([group for group in groups if _matches(group, listing.chosen("reason"), listing.chosen("text"))])
    return listing.answer("misses.html", found, reason_names=REASONS, shown=len(misses), most=MOST)


async def shown(visit: Visit) -> web.Response:
    """/desk/misses/NUMBER: one group, by the number of its first miss."""
    return _page(visit, await _group(visit))


async def attach(visit: Visit) -> web.Response:
    """Adds a phrase to an article, settles the group, and tells the answer to those who wait for it."""
    problem = flaw(visit)
    if problem is not None:
        return _page(visit, await _group(visit), problem)
    article, now = visit.form["article"], visit.now
    async with visit.office.store.write() as connection:
        settled = await settle(connection, _numbers(visit), now)
        if not settled:
            return visit.back_to("/misses", "already")
        await add_phrase(connection, article, visit.form["language"], visit.form["phrase"], visit.member.id, now)
        told = await tell_askers(connection, visit.office.live.knowledge, article, settled, now)
        await visit.record(connection, "phrase-added", "article", article, after={
            "language": visit.form["language"], "phrase": visit.form["phrase"], "misses": settled})
    return visit.back_to("/misses", "attached-told" if told else "attached")


async def write(visit: Visit) -> web.Response:
    """/desk/misses/NUMBER/answer: the form for a new answer to the group."""
    return _writing(visit, await _group(visit))


async def answer(visit: Visit) -> web.Response:
    """Writes a new answer with its phrases; once published it settles the group and is told to those who wait for it."""
    problem = writing.flaw(visit.form) or writing.phrases_flaw(visit.form)
    if problem is not None:
        return _writing(visit, await _group(visit), problem)
    async with visit.office.store.write() as connection:
        numbers = await still_open(connection, _numbers(visit))
        if not numbers:
            return visit.back_to("/misses", "already")
        note = await writing.keep(connection, visit, "", tuple(numbers))
    return visit.back_to("/misses", note)


async def set_aside(visit: Visit) -> web.Response:
    """Settles a group without a phrase; nobody waits for its answer any more."""
    async with visit.office.store.write() as connection:
        settled = await settle(connection, _numbers(visit), visit.now)
        await take_askers(connection, settled)
        if settled:
            await _record(connection, visit, settled)
    return visit.back_to("/misses", "settled" if settled else "already")


def _matches(group: Group, reason: str, text: str) -> bool:
    return (not reason or reason in group.reasons) and any(text.casefold() in one.casefold() for one in group.texts)


async def _record(connection: AsyncConnection, visit: Visit, settled: list[int]) -> None:
    await visit.record(connection, "misses-settled", "miss", settled[0], after={"misses": settled})


def _numbers(visit: Visit) -> list[int]:
    """The misses that staff saw when they decided: later ones of the group are not settled unseen."""
    return [number for given in visit.form.get("misses", "").split() if (number := number_in(given)) is not None]


async def _group(visit: Visit) -> Group:
    async with visit.office.store.read() as connection:
        misses = await open_misses(connection)
    groups = await asyncio.to_thread(grouped, misses)
    wanted = visit.number("number")
    found = next((group for group in groups if any(miss.id == wanted for miss in group.misses)), None)
    if found is None:
        raise web.HTTPNotFound
    return found


def _writing(visit: Visit, group: Group, problem: Text | None = None) -> web.Response:
    return visit.page("miss_answer.html", 200 if problem is None else 422, group=group, problem=problem, form=visit.form,
                      facts=fact_choices(visit), **writing.LIMITS)


def _page(visit: Visit, group: Group, problem: Text | None = None) -> web.Response:
    return visit.page("miss.html", 200 if problem is None else 422, group=group, problem=problem, form=visit.form,
                      choices=choices(visit, group.articles), reason_names=REASONS,
                      languages=languages(), longest=LONGEST)
