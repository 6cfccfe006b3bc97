"""Announcing a conference, closing its registration, and calling it off with a message to everybody who has registered."""

from __future__ import annotations

from aiohttp import web

from bot.conferences.entering import set_state
from bot.conferences.notifying import LONGEST, called_off, from_the_team, tell_everybody
from bot.conferences.reading import registrations_of
from bot.desk.visit import Visit
from bot.desk.words import _
from flows.conference.view import State
from locales import Spoken, Text

from .editing import found, found_again, ordered_languages
from .form import spoken

# What each action makes of a conference, and from which states it can be taken.
ACTIONS = {
    "announce": (State.OPEN, {State.DRAFT, State.CLOSED}),
    "close": (State.CLOSED, {State.OPEN}),
    "withdraw": (State.DRAFT, {State.OPEN, State.CLOSED}),
}


async def steer(visit: Visit) -> web.Response:
    """Announces a conference, closes it, or makes a draft of it again where nobody has registered yet."""
    state, possible_from = ACTIONS[visit.request.path.rpartition("/")[2]]
    async with visit.office.store.write() as connection:
        one = await found_again(visit, connection)
        registered = bool(await registrations_of(connection, one.id))
        if one.stored not in possible_from or (state is State.DRAFT and registered):
            return visit.back_to(f"/conferences/{one.id}", "conference-overtaken")
        await set_state(connection, one.id, state, visit.now)
        await visit.record(connection, "conference-steered", "conference", one.id, before={"state": one.stored.value},
                           after={"state": state.value})
    return visit.back_to(f"/conferences/{one.id}", f"conference-{state.value}")


async def ask(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/cancel: what will be said, and to how many."""
    return await _page(visit)


async def write(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/tell: a message to everybody who has registered."""
    return await _page(visit, template="conference_tell.html")


async def tell(visit: Visit) -> web.Response:
    """Writes to everybody whose registration counts, in their language."""
    one, words = await found(visit), spoken(visit.form, "message")
    problem = _flaw(words) if words else _("Please write the message in at least one language.")
    if problem is not None:
        return await _page(visit, problem, "conference_tell.html")
    async with visit.office.store.write() as connection:
        told = await tell_everybody(connection, one, from_the_team(one, words), visit.now)
        await visit.record(connection, "conference-told", "conference", one.id, after={"told": told, "message": dict(words.ways)})
    return visit.back_to(f"/conferences/{one.id}", "conference-told")


async def cancel(visit: Visit) -> web.Response:
    """Calls it off, and tells everybody whose registration counts, in their language."""
    words = spoken(visit.form, "message")
    problem = _flaw(words)
    if problem is not None:
        return await _page(visit, problem)
    if "sure" not in visit.form:
        return await _page(visit, _("Please tick that you are sure: everybody who has registered is told at once."))
    async with visit.office.store.write() as connection:
        one = await found_again(visit, connection)
        if one.stored is State.CANCELLED:
            return visit.back_to(f"/conferences/{one.id}", "conference-overtaken")
        await set_state(connection, one.id, State.CANCELLED, visit.now)
        told = await tell_everybody(connection, one, called_off(one, words), visit.now)
        await visit.record(connection, "conference-cancelled", "conference", one.id, before={"state": one.stored.value},
                           after={"state": State.CANCELLED.value, "told": told, "message": dict(words.ways)})
    return visit.back_to(f"/conferences/{one.id}", "conference-cancelled")


def _flaw(words: Spoken) -> Text | None:
    too_long = any(len(text) > LONGEST for _language, text in words.ways)
    return _("A message is too long: at most {most} characters, please.", most=LONGEST) if too_long else None


async def _page(visit: Visit, problem: Text | None = None, template: str = "conference_cancel.html") -> web.Response:
    one = await found(visit)
    async with visit.office.store.read() as connection:
        rows = [row for row in await registrations_of(connection, one.id) if row.status.counts]
    return visit.page(template, 200 if problem is None else 422, one=one, problem=problem, form=visit.form,
                      languages=ordered_languages(visit), longest=LONGEST, shown=visit.words.value, registered=len(rows))
