"""Who of the team did what, with how it was before and after; written in the transaction of the deed itself.

What people wrote never stands here: an erasure must leave nothing of them, and who erased them has to stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from .desk_tables import audit
from .staff import StaffMember

Facts = Mapping[str, object]  # what JSON can hold
NOTHING: Facts = {}


async def record(connection: AsyncConnection, by: StaffMember | None, action: str, subject: tuple[str, object], now: datetime, *,
                 before: Facts = NOTHING, after: Facts = NOTHING) -> None:
    """Keeps one deed; `by` is None for the command line, `subject` a kind and which one of it."""
    kind, which = subject
    await connection.execute(insert(audit).values(
        staff_id=by.id or None if by else None, name=by.name if by else "", action=action, kind=kind, subject=str(which)[:64],
        before=dict(before), after=dict(after), at=now))
