"""Announcements from the chat of a member of staff: the same gate, the same steps, told in the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit import record
from bot.store.chats import ChatRow
from bot.store.schema import chat, staff, subscription
from bot.store.staff import StaffMember
from flows.known import Office
from flows.replies import Choice, Reply, say
from flows.subscriptions import MAIN, covered
from flows.turn import Announce, SteerAnnouncement, Turn
from locales import Text, _

from . import store
from .compose import Composed
from .gate import Decision, approve, submit
from .report import status_of

Announcing = Announce | SteerAnnouncement
MOVED = ("running", "proposed")
DEEDS = {"pause": "announcement-paused", "resume": "announcement-resumed", "stop": "announcement-cancelled",
         "approve": "announcement-approved"}
TOLD: dict[Decision, Text] = {
    "proposed": _("It waits for the approval of a second person."),
    "missing": _("Nothing is sent: some languages of the audience have neither a text nor a fallback."),
    "same": _("Somebody else than its author has to approve it."),
    "gone": _("That cannot be done with this announcement now."),
}


async def office_of(connection: AsyncConnection, handle: str, second_above: int) -> Office:
    """What the chat's member of staff may know; an empty role for everybody else."""
    role = await connection.scalar(select(staff.c.role).join(chat, chat.c.id == staff.c.chat_id).where(chat.c.handle == handle))
    if role is None:
        return Office()
    readers = {}
    for topic in MAIN:
        rows = await connection.execute(
            select(chat.c.language, func.count(func.distinct(chat.c.id)).label("people"))
            .join(subscription, subscription.c.chat_id == chat.c.id)
            .where(subscription.c.topic.in_(covered(topic)), chat.c.blocked_at.is_(None))
            .group_by(chat.c.language).order_by(func.count().desc(), chat.c.language))
        readers[topic] = {row.language: row.people for row in rows}
    return Office(role, readers, second_above)


async def apply_announcing(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: Announcing, now: datetime) -> Turn:
    """Carries out what a member of staff has asked for, and tells what became of it."""
    member = await _member(connection, row)
    if member is None or member.role not in ("editor", "admin"):
        return turn
    if isinstance(effect, Announce):
        composed = Composed(texts=dict(effect.texts), topic=effect.topic, fallback=effect.fallback)
        number = await store.keep(connection, composed, member.id, now)
        decision = await submit(connection, number, now, effect.second_above)
        action = "announcement-submitted" if decision in MOVED else "announcement-composed"
        await record(connection, member, action, ("announcement", number), now, after={"texts": dict(effect.texts)})
        return _with(turn, await _told(connection, number, decision, now))
    return _with(turn, await _steered(connection, member, effect, now))


async def _steered(connection: AsyncConnection, member: StaffMember, effect: SteerAnnouncement, now: datetime) -> Reply:
    number, done = effect.number, True
    match effect.step:
        case "pause":
            done = await store.pause(connection, number, now)
        case "resume":
            done = await store.resume(connection, number, now)
        case "stop":
            done = await store.cancel(connection, number, now)
        case "approve":
            decision = await approve(connection, number, member.id, now)
            if decision in MOVED:
                await record(connection, member, DEEDS[effect.step], ("announcement", number), now)
            return await _told(connection, number, decision, now)
    if done and effect.step in DEEDS:
        await record(connection, member, DEEDS[effect.step], ("announcement", number), now)
    return await _told(connection, number, "running" if done else "gone", now)


async def _told(connection: AsyncConnection, number: int, decision: Decision, now: datetime) -> Reply:
    found = await status_of(connection, number, now)
    if found is None:
        return say(_("There is no announcement of that number."))
    if found.state == "running" and not found.total:  # its rows are made from the next moment on
        return say(_("Announcement {number} is on its way.", number=number), choices=_choices(found.state, number))
    first = () if decision == "running" else (TOLD[decision],)
    counts = _("Announcement {number}: {sent} of {total} sent, {failed} failed, {blocked} blocked, {left} left before.",
               number=number, sent=found.sent, total=found.total, failed=found.failed, blocked=found.blocked, left=found.left)
    return say(*first, counts, choices=_choices(found.state, number))


def _choices(state: str, number: int) -> tuple[Choice, ...]:
    steps = {
        "running": (("status", _("How far is it?")), ("pause", _("Pause")), ("stop", _("Stop it for good"))),
        "scheduled": (("stop", _("Stop it for good")),),
        "paused": (("resume", _("Go on")), ("stop", _("Stop it for good"))),
        "proposed": (("approve", _("Approve and send")), ("stop", _("Stop it for good"))),
    }
    return tuple(Choice(f"/announce {step} {number}", label) for step, label in steps.get(state, ()))


async def _member(connection: AsyncConnection, row: ChatRow) -> StaffMember | None:
    found = (await connection.execute(select(staff).where(staff.c.chat_id == row.id))).first()
    return StaffMember(found.id, found.name, found.role) if found else None


def _with(turn: Turn, reply: Reply) -> Turn:
    return replace(turn, replies=(*turn.replies, reply))
