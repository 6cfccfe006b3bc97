"""Phrases that staff have added to articles at run time; each change counts up the knowledge's revision in its transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .revisions import count_up, revisions
from .schema import added_phrase, staff

KNOWLEDGE = "knowledge"
LONGEST = 500  # characters of a phrase


ADDED = select(added_phrase, staff.c.name).outerjoin(staff, staff.c.id == added_phrase.c.staff_id)
"""Every phrase that was ever added, with who did."""


async def add_phrase(connection: AsyncConnection, article: str, language: str, text: str, staff_id: int | None,
                     now: datetime) -> None:
    """Adds a phrase, unless the article has just that one already from staff."""
    same = (added_phrase.c.article == article, added_phrase.c.language == language, added_phrase.c.text == text,
            added_phrase.c.removed_at.is_(None))
    if await connection.scalar(select(added_phrase.c.id).where(*same)) is not None:
        return
    await connection.execute(insert(added_phrase).values(
        article=article, language=language, text=text, staff_id=staff_id, at=now))
    await knowledge_changed(connection)


async def remove_phrase(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Takes a phrase back; false if there is none or it was taken back before."""
    removed = await connection.scalar(
        update(added_phrase).where(added_phrase.c.id == number, added_phrase.c.removed_at.is_(None))
        .values(removed_at=now).returning(added_phrase.c.id))
    if removed is not None:
        await knowledge_changed(connection)
    return removed is not None


async def knowledge_revision(connection: AsyncConnection) -> int:
    """The number that grows with each change to the knowledge; 0 before the first."""
    return (await revisions(connection)).get(KNOWLEDGE, 0)


async def knowledge_changed(connection: AsyncConnection) -> None:
    """Makes every replica read the knowledge anew before its next message."""
    await count_up(connection, KNOWLEDGE)
