"""The history of a case, and who has to hear of it: one digest later on instead of a message for each tap."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.case_tables import case_event, case_member, municipality, partnership

from .hours import waking

DIGEST = "case-digest"
QUIET = timedelta(minutes=10)  # from the first change until the others are told of it and all that follow


async def hold(connection: AsyncConnection, case: int) -> bool:
    """Locks a case for this transaction, so that changes of it come one after the other; false if it is gone."""
    return await connection.scalar(select(partnership.c.id).where(partnership.c.id == case).with_for_update()) is not None


async def record(connection: AsyncConnection, case: int, kind: str, item: str, member: tuple[int, str] | None, now: datetime, *,
                 value: str = "", revision: int = 0) -> None:
    """Keeps an event by a member (number and side), or by the team, and plans the others' digests."""
    number, side = member or (None, None)
    await connection.execute(insert(case_event).values(
        partnership_id=case, kind=kind, item=item, side=side, member_id=number, value=value, revision=revision, at=now))
    query = (select(case_member.c.id, municipality.c.country)
             .join(municipality, (municipality.c.partnership_id == case_member.c.partnership_id)
                   & (municipality.c.side == case_member.c.side))
             .where(case_member.c.partnership_id == case, case_member.c.left_at.is_(None)))
    for row in list(await connection.execute(query)):
        if row.id != number:
            await jobs.schedule(connection, DIGEST, row.id, waking(row.country, now + QUIET))
