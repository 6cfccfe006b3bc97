"""When a case is deleted: with the last of its people, or some time after everybody has left it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .case_tables import case_member, partnership


async def drop_empty(connection: AsyncConnection) -> None:
    """Deletes cases that have nobody left, since the last one has had everything erased."""
    await connection.execute(delete(partnership).where(partnership.c.id.not_in(select(case_member.c.partnership_id))))


async def drop_abandoned(connection: AsyncConnection, before: datetime) -> None:
    """Deletes cases that everybody had left before a day."""
    alive = select(case_member.c.partnership_id).where(or_(case_member.c.left_at.is_(None), case_member.c.left_at >= before))
    await connection.execute(delete(partnership).where(partnership.c.id.not_in(alive)))
