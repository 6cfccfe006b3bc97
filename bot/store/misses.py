"""Questions that were not understood, answered with doubt or in vain; kept without who asked, unless they agreed to hear more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .schema import chat, miss, miss_asker

MOST = 1000  # misses that staff see at once; comparing each with each takes well under a second


@dataclass(frozen=True)
class Miss:
    """One question asked in vain; `text` is empty where only an answer was marked as not helpful."""

    id: int
    text: str
    language: str
    articles: tuple[str, ...]
    reason: str
    at: datetime


@dataclass(frozen=True)
class Asker:
    """A chat whose person agreed to be told the answer to `question`."""

    chat: int
    handle: str
    language: str
    question: str


async def open_misses(connection: AsyncConnection, language: str = "", most: int = MOST) -> list[Miss]:
    """The newest misses that nobody has settled, of one language or of all, oldest first."""
    query = select(miss).where(miss.c.settled_at.is_(None)).order_by(miss.c.id.desc()).limit(most)
    rows = await connection.execute(query.where(miss.c.language == language) if language else query)
    return [Miss(row.id, row.text, row.language, tuple(row.articles), row.reason, row.at) for row in rows][::-1]


async def open_languages(connection: AsyncConnection) -> dict[str, int]:
    """How many unsettled misses there are per language, the most first."""
    count = func.count()
    rows = await connection.execute(
        select(miss.c.language, count).where(miss.c.settled_at.is_(None)).group_by(miss.c.language)
        .order_by(count.desc(), miss.c.language))
    return {row[0]: row[1] for row in rows}


async def still_open(connection: AsyncConnection, numbers: Collection[int]) -> list[int]:
    """Those of these misses that nobody has settled."""
    return sorted(await connection.scalars(select(miss.c.id).where(miss.c.id.in_(numbers), miss.c.settled_at.is_(None))))


async def settle(connection: AsyncConnection, numbers: Collection[int], now: datetime) -> list[int]:
    """Settles these misses; returns those that nobody had settled before."""
    found = await connection.scalars(
        update(miss).where(miss.c.id.in_(numbers), miss.c.settled_at.is_(None)).values(settled_at=now).returning(miss.c.id))
    return sorted(found)


async def take_askers(connection: AsyncConnection, misses: Collection[int]) -> list[Asker]:
    """Who is to be told the answer, each chat once; they are forgotten here, since nobody is told twice."""
    rows = await connection.execute(
        select(chat.c.id, chat.c.handle, chat.c.language, chat.c.blocked_at, miss.c.text)
        .select_from(miss_asker).join(chat, chat.c.id == miss_asker.c.chat_id).join(miss, miss.c.id == miss_asker.c.miss_id)
        .where(miss.c.id.in_(misses)).order_by(miss.c.id))
    found = {row.id: Asker(row.id, row.handle, row.language, row.text) for row in rows if row.blocked_at is None}
    await connection.execute(delete(miss_asker).where(miss_asker.c.miss_id.in_(misses)))
    return list(found.values())
