"""One enquiry: what was written about it and by whom, and what staff do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.inbox import acting
from bot.inbox.acting import Actor, Overtaken
from bot.inbox.entries import Entry, entries_of
from bot.inbox.finding import is_unread, mark_read
from bot.store import enquiries as kept
from bot.store.enquiries import Enquiry
from bot.store.staff import StaffMember, members
from locales import Text

from . import canned
from .canned import Canned
from .inbox import SIDES, STATUS_NAMES, country_name
from .visit import Visit, number_in
from .words import _

LONGEST = 4000  # characters of a reply or note
EVENTS = {
    "taken": _("{who} sees to it now."),
    "assigned": _("{who} has given it to {whom}."), "unassigned": _("{who} has given it back to everybody."),
    "talk": _("{who} has begun to talk with the person; the assistant keeps silent."),
    "back": _("{who} has handed the person back to the assistant."), "left": _("The person has gone back to the assistant."),
    "joined": _("The person wants to talk with the team; the assistant keeps silent."),
    "closed": _("{who} has closed it."), "reopened": _("{who} has opened it again."),
}
OVERTAKEN = _("Somebody else has acted on this enquiry meanwhile. Nothing was done: please look at what is new first.")
Act = Callable[[AsyncConnection, Enquiry, Actor], Awaitable[object]]


@dataclass(frozen=True)
class Shown:
    """All that one enquiry's page shows."""

    asked: Enquiry
    entries: list[Entry]
    tags: tuple[str, ...]
    team: list[StaffMember]
    canned: list[Canned]


async def shown(visit: Visit) -> web.Response:
    """/desk/enquiries/REFERENCE; what is on it counts as read."""
    found = await _read(visit)
    await _mark(visit, found)
    chosen = next((one for one in found.canned if one.id == visit.number("canned")), None)
    return _page(visit, found, text=chosen.filled(visit.member.name, found.asked.reference) if chosen else "")


async def reply(visit: Visit) -> web.Response:
    """Answers into the person's chat."""
    text = visit.form.get("text", "")
    problem = text_problem(text)
    if problem is not None:
        return _page(visit, await _read(visit), 422, problem, text)
    asked = await _asked(visit)
    try:
        async with visit.office.store.write() as connection:
            delivery = await acting.reply(connection, asked.reference, text, _actor(visit))
            await _record(connection, visit, asked, "enquiry-replied")
    except Overtaken:
        return _page(visit, await _read(visit), 409, OVERTAKEN, text)
    if delivery is None:
        raise web.HTTPNotFound
    if delivery.email:
        return visit.back_to(f"/enquiries/{asked.reference}", "replied-email" if delivery.in_chat else "only-email")
    return visit.back_to(f"/enquiries/{asked.reference}", "replied" if delivery.in_chat else "unreachable")


async def take(visit: Visit) -> web.Response:
    """The visitor sees to it."""
    return await _act(visit, "enquiry-assigned", "taken",
                      lambda connection, asked, by: acting.assign(connection, asked.reference, visit.member.id, by))


async def assign(visit: Visit) -> web.Response:
    """Somebody else of the team sees to it, or nobody."""
    async with visit.office.store.read() as connection:
        known = {str(member.id): member.id for member in await members(connection)}
    to = known.get(visit.form.get("to", ""))
    return await _act(visit, "enquiry-assigned", "assigned",
                      lambda connection, asked, by: acting.assign(connection, asked.reference, to, by))


async def talk(visit: Visit) -> web.Response:
    """The visitor talks with the person; the assistant keeps silent."""
    return await _act(visit, "enquiry-talk", "talk",
                      lambda connection, asked, by: acting.take_over(connection, asked.reference, by, visit.office.turns))


async def hand_back(visit: Visit) -> web.Response:
    """The assistant takes up where it was."""
    return await _act(visit, "enquiry-back", "back",
                      lambda connection, asked, by: acting.hand_back(connection, asked.reference, by, visit.office.turns))


async def close(visit: Visit) -> web.Response:
    """Closes it, answered or not."""
    return await _act(visit, "enquiry-closed", "closed",
                      lambda connection, asked, by: acting.close(connection, asked.reference, by, visit.office.turns))


async def reopen(visit: Visit) -> web.Response:
    """Opens again what was answered or closed."""
    return await _act(visit, "enquiry-reopened", "reopened",
                      lambda connection, asked, by: acting.reopen(connection, asked.reference, by))


async def note(visit: Visit) -> web.Response:
    """Keeps a note that only the team sees."""
    text = visit.form.get("note", "")
    problem = text_problem(text)
    if problem is not None:
        return _page(visit, await _read(visit), 422, problem)
    return await _act(visit, "enquiry-noted", "enquiry-noted",
                      lambda connection, asked, by: acting.note(connection, asked, text, by))


async def tag(visit: Visit) -> web.Response:
    """Gives it other tags."""
    tags = acting.tags_in(visit.form.get("tags", ""))
    return await _act(visit, "enquiry-tagged", "tagged", lambda connection, asked, _by: acting.tag(connection, asked, tags))


async def _act(visit: Visit, action: str, done: str, act: Act) -> web.Response:
    asked = await _asked(visit)
    try:
        async with visit.office.store.write() as connection:
            await act(connection, asked, _actor(visit))
            await _record(connection, visit, asked, action)
    except Overtaken:
        return _page(visit, await _read(visit), 409, OVERTAKEN)
    return visit.back_to(f"/enquiries/{asked.reference}", done)


async def _record(connection: AsyncConnection, visit: Visit, before: Enquiry, action: str) -> None:
    after = await kept.enquiry_named(connection, before.reference)
    if after is None:
        raise web.HTTPNotFound
    was, now = _facts(before), _facts(after)
    changed = [name for name in was if was[name] != now[name]]
    await visit.record(connection, action, "enquiry", before.reference, before={name: was[name] for name in changed},
                       after={name: now[name] for name in changed})


def _facts(asked: Enquiry) -> dict[str, object]:
    return {"status": asked.status, "assignee": asked.assignee_name, "talk": asked.talks}


def _actor(visit: Visit) -> Actor:
    return Actor(visit.member, visit.now, number_in(visit.form.get("version", "")))


async def _asked(visit: Visit) -> Enquiry:
    async with visit.office.store.read() as connection:
        asked = await kept.enquiry_named(connection, visit.request.match_info["reference"])
    if asked is None:
        raise web.HTTPNotFound
    return asked


async def _read(visit: Visit) -> Shown:
    asked = await _asked(visit)
    async with visit.office.store.read() as connection:
        return Shown(asked, await entries_of(connection, asked.id), await acting.tags_of(connection, asked.id),
                     await members(connection), await canned.kept(connection, asked.language))


async def _mark(visit: Visit, found: Shown) -> None:
    newest = max((entry.id for entry in found.entries), default=0)
    async with visit.office.store.read() as connection:
        if not newest or not await is_unread(connection, found.asked.id, visit.member.id):
            return
    async with visit.office.store.write() as connection:
        await mark_read(connection, found.asked.id, visit.member.id, newest)
    visit.office.watch.marked()


def _page(visit: Visit, found: Shown, status: int = 200, problem: Text | None = None, text: str = "") -> web.Response:
    names = {str(member.id): member.name for member in found.team}
    return visit.page("enquiry.html", status, found=found, asked=found.asked, problem=problem, text=text, longest=LONGEST,
                      status_names=STATUS_NAMES, sides=SIDES, country=lambda code: country_name(visit, code),
                      event=lambda entry: _event(visit, entry, names), form=visit.form)


def _event(visit: Visit, entry: Entry, names: dict[str, str]) -> str:
    name, _colon, whom = entry.text.partition(":")
    sentence = EVENTS[name]
    nobody = visit.say(_("Somebody"))
    return visit.say(replace(sentence, values=(("who", entry.by or nobody), ("whom", names.get(whom, nobody)))))


def text_problem(text: str) -> Text | None:
    """What is wrong with a text that a form brings."""
    if not text:
        return _("Please write a reply first.")
    if len(text) > LONGEST:
        return _("The reply is too long: at most {most} characters, please.", most=LONGEST)
    return None
