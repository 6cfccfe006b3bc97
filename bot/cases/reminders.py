"""Reminders of due dates and of the call's deadline: planned as one job per member, sent by day, at most one a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.case_tables import case_member, case_part, checklist_call, municipality, partnership
from bot.store.jobs import Job
from flows.case.overview import back_to, deadline_sentence
from flows.case.view import Case
from flows.replies import Choice, Paragraph, Reply, strong
from knowledge import Knowledge
from knowledge.checklist import Part, Status
from knowledge.checklist.reminding import OF_DEADLINE, OF_DUE_DATE, is_time, next_reminder, reminder_days
from locales import Text, _

from .hours import local_day, morning
from .telling import Reader, reader, tell

REMINDER = "case-reminder"


async def plan(connection: AsyncConnection, member: int, now: datetime) -> None:
    """Plans a member's next reminder, or none."""
    row = await _member(connection, member)
    if row is None or row.paused or row.left_at is not None:
        return await jobs.cancel(connection, REMINDER, member)
    today = local_day(row.country, now)
    day = next_reminder(await _days(connection, row), row.reminded_on or today - timedelta(days=1))
    if day is None:
        return await jobs.cancel(connection, REMINDER, member)
    return await jobs.schedule(connection, REMINDER, member, max(now, morning(row.country, max(day, today))))


async def plan_all(connection: AsyncConnection, case: int, now: datetime) -> None:
    """Plans the reminders of everyone who works on a case."""
    members = await connection.scalars(select(case_member.c.id).where(
        case_member.c.partnership_id == case, case_member.c.left_at.is_(None)))
    for member in members.all():
        await plan(connection, member, now)


async def remind(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """Reminds a member of what is due, if anything still is, and plans the next time."""
    row = await _member(connection, job.subject)
    found = await reader(connection, job.subject, knowledge.checklist, now)
    if row is None or found is None or row.paused:
        return
    today = local_day(row.country, now)
    since = row.reminded_on or local_day(row.country, row.joined_at) - timedelta(days=1)
    lines = list(_due(found, since, today, knowledge)) if since < today else []
    if lines:
        await tell(connection, found, _reminder(found.case, lines), now)
    if since < today:
        await connection.execute(update(case_member).where(case_member.c.id == job.subject).values(reminded_on=today))
    await plan(connection, job.subject, now)


def _reminder(case: Case, lines: list[Text]) -> Reply:
    pause = Choice(f"/case {case.id} pause", _("Pause reminders"))
    head = strong(_("A reminder of your checklist: {title}", title=case.title))
    return Reply((head, *map(Paragraph, lines)), (Choice(f"/case {case.id} next", _("Next open point")), pause, back_to(case)))


def _due(found: Reader, since: date, today: date, knowledge: Knowledge) -> Iterator[Text]:
    case = found.case
    for item in case.checklist.items:
        part = case.part(item.id, case.mine)
        if case.mine in item.owner.sides and _concerns(part, case) and part.due and is_time(part.due, OF_DUE_DATE, since, today):
            yield _due_sentence(item.title, part.due, today)
    deadline = case.call.deadline if case.call else None
    submitted = case.readiness(knowledge.dac, today).submitted
    if deadline and not submitted and is_time(deadline, OF_DEADLINE, since, today):
        yield deadline_sentence(deadline, today)


def _concerns(part: Part, case: Case) -> bool:
    """What is done needs no reminder; what a colleague sees to is the colleague's."""
    return part.status is not Status.DONE and part.responsible in (None, case.me.id)


def _due_sentence(point: Any, due: date, today: date) -> Text:
    if due == today:
        return _("“{point}” is due today.", point=point)
    if due < today:
        return _("“{point}” was due on {date}.", point=point, date=due)
    return _("“{point}” is due on {date}.", point=point, date=due)


async def _member(connection: AsyncConnection, member: int) -> Any:
    query = (select(case_member, municipality.c.country)
             .join(municipality, (municipality.c.partnership_id == case_member.c.partnership_id)
                   & (municipality.c.side == case_member.c.side))
             .where(case_member.c.id == member))
    return (await connection.execute(query)).first()


async def _days(connection: AsyncConnection, row: Any) -> list[date]:
    dues = await connection.scalars(select(case_part.c.due).where(
        case_part.c.partnership_id == row.partnership_id, case_part.c.side == row.side, case_part.c.due.is_not(None),
        case_part.c.status != Status.DONE.value,
        or_(case_part.c.responsible.is_(None), case_part.c.responsible == row.id)))
    deadline = await connection.scalar(select(checklist_call.c.deadline).join(partnership)
                                       .where(partnership.c.id == row.partnership_id))
    days = [day for due in dues for day in reminder_days(due, OF_DUE_DATE)]
    return days + (list(reminder_days(deadline, OF_DEADLINE)) if deadline else [])
