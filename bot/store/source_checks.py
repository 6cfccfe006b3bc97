"""When somebody of the team last looked whether a source still says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .editing_tables import source_check
from .phrases import knowledge_changed
from .schema import staff


@dataclass(frozen=True)
class Check:
    """The latest look at a source."""

    on: date
    by: str


async def note_check(connection: AsyncConnection, source: str, staff_id: int | None, now: datetime) -> None:
    """The source was read today and says the same; answers show the day from the next message on."""
    await knowledge_changed(connection)
    await connection.execute(insert(source_check).values(source=source, checked_on=now.date(), staff_id=staff_id, at=now))


async def latest_checks(connection: AsyncConnection) -> dict[str, Check]:
    """The latest look at each source that was looked at here."""
    newest = select(func.max(source_check.c.id)).group_by(source_check.c.source)
    rows = await connection.execute(
        select(source_check.c.source, source_check.c.checked_on, staff.c.name)
        .outerjoin(staff, staff.c.id == source_check.c.staff_id).where(source_check.c.id.in_(newest)))
    return {row.source: Check(row.checked_on, row.name or "") for row in rows}
