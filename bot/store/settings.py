"""What staff have set. Nothing is overwritten: a changed value is a new row, and the newest of a name and language holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .desk_tables import setting
from .revisions import count_up
from .schema import staff

SETTINGS = "settings"  # the name of their revision
Key = tuple[str, str]  # name and language; an empty language is for what is the same in all
VERSIONS = select(setting, staff.c.name.label("by")).outerjoin(staff, staff.c.id == setting.c.staff_id)
"""Every value that was ever set, with who set it."""


async def values(connection: AsyncConnection) -> dict[Key, str]:
    """What holds now; what is set back to nothing is left out."""
    newest = select(func.max(setting.c.id)).group_by(setting.c.name, setting.c.language)
    rows = await connection.execute(select(setting).where(setting.c.id.in_(newest)))
    return {(row.name, row.language): row.value for row in rows if row.value}


async def change(connection: AsyncConnection, wanted: Mapping[Key, str], staff_id: int | None, now: datetime) -> dict[Key, str]:
    """Sets what differs from what holds; returns how that was before."""
    await count_up(connection, SETTINGS)  # first of all, so that two changes never cross
    held = await values(connection)
    before = {key: held.get(key, "") for key, value in wanted.items() if value != held.get(key, "")}
    for name, language in before:
        await connection.execute(insert(setting).values(
            name=name, language=language, value=wanted[name, language], staff_id=staff_id, at=now))
    return before
