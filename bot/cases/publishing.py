"""Publishing a call: kept whole and never overwritten; running cases move on to it and keep all that is done."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.case_tables import checklist_call, municipality, partnership
from bot.store.jobs import Job
from knowledge import Knowledge
from knowledge.checklist import Call, Item, Side
from locales import Spoken

from .calls import calls_by_number, known_dac_list
from .events import record
from .reminders import plan_all

MOVE = "call-begins"


async def publish(connection: AsyncConnection, call: Call, staff_id: int | None, now: datetime) -> int:
    """Keeps a new version, and moves every running case that it takes on to it; returns how many. Nothing done is lost."""
    number = await connection.scalar(insert(checklist_call).values(
        title=_packed(call.title), valid_from=call.valid_from, valid_until=call.valid_until, deadline=call.deadline,
        regions=list(call.regions), partner_required=call.partner_required, submission=_packed(call.submission),
        left_out=list(call.left_out), added=[_packed_item(item) for item in call.added], staff_id=staff_id,
        published_at=now).returning(checklist_call.c.id))
    return await move_cases(connection, int(number or 0), now)


async def move_cases(connection: AsyncConnection, number: int, now: datetime) -> int:
    """Moves the cases of a call's countries on to it, on its first day if that is to come; members hear of it by digest."""
    call = (await calls_by_number(connection, [number]))[number]
    if now.date() < call.valid_from:
        await jobs.schedule(connection, MOVE, number, datetime.combine(call.valid_from, time(), UTC))
    if not call.holds(now.date()):
        return 0
    query = (select(partnership.c.id, partnership.c.call_id, municipality.c.country).join(municipality)
             .where(municipality.c.side == Side.SOUTH.value).order_by(partnership.c.id))
    rows = [row for row in await connection.execute(query) if call.admits(row.country, known_dac_list())]
    for row in rows:
        await connection.execute(update(partnership).where(partnership.c.id == row.id).values(call_id=number))
        await record(connection, row.id, "call", "", None, now, value=f"{row.call_id or 0}>{number}")
        await plan_all(connection, row.id, now)
    return len(rows)


def _packed(words: Spoken) -> dict[str, str]:
    return dict(words.ways)


def _packed_item(item: Item) -> dict[str, Any]:
    words = {"title": item.title, "explanation": item.explanation}
    return {"id": item.id, "owner": item.owner.value,
            **{field: _packed(value) for field, value in words.items() if isinstance(value, Spoken)}}


async def begin_call(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """A call's first day has come."""
    if job.subject in await calls_by_number(connection, [job.subject]):
        await move_cases(connection, job.subject, now)
