"""Audiences that staff keep under a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import segment

from .audience import Audience

LONGEST = 100  # characters of a name


async def save(connection: AsyncConnection, name: str, audience: Audience, now: datetime) -> None:
    """Keeps an audience; one of the same name is replaced."""
    name = name.strip()[:LONGEST]
    await connection.execute(delete(segment).where(segment.c.name == name))
    await connection.execute(insert(segment).values(name=name, audience=audience.stored(), created_at=now))


async def all_segments(connection: AsyncConnection) -> list[tuple[int, str]]:
    """Numbers and names, by name."""
    rows = await connection.execute(select(segment.c.id, segment.c.name).order_by(segment.c.name))
    return [(row.id, row.name) for row in rows]


async def audience_of(connection: AsyncConnection, number: int) -> Audience | None:
    """The audience kept under a number."""
    kept = await connection.scalar(select(segment.c.audience).where(segment.c.id == number))
    return None if kept is None else Audience.model_validate(kept)
