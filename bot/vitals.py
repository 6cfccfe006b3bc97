"""How the assistant is doing, read from the store and from this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from sqlalchemy import case, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import announcement
from bot.store.database import Store
from bot.store.desk_tables import backup, fault
from bot.store.jobs import MOST_ATTEMPTS
from bot.store.migrate import current_revision
from bot.store.migrations import HEAD
from bot.store.schema import chat, job, message, replica

CHANNELS = ("telegram", "web")


@dataclass(frozen=True)
class Process:
    """What only this process knows of itself."""

    telegram: Literal["off", "polling", "webhook"] = "off"
    waiting: Callable[[], int] = lambda: 0  # inbound messages not yet committed
    replica: str = ""
    demonstration: bool = False  # its data are examples, and every page says so


@dataclass(frozen=True)
class Jobs:
    """Work for later of one kind; `stuck` was tried so often that somebody has to look."""

    kind: str
    planned: int
    stuck: int
    next_at: datetime


@dataclass(frozen=True)
class Vitals:
    """How it stands at one moment."""

    heard: dict[str, datetime]  # when each channel last had a message from a person
    unsent: int
    oldest_unsent: datetime | None
    deliveries: int
    jobs: tuple[Jobs, ...]
    faults: tuple[Any, ...]
    replicas: tuple[Any, ...]
    version: str
    database: str
    bytes: int
    revision: str | None
    is_current: bool
    backed_up: Any


async def vitals(store: Store) -> Vitals:
    """How the assistant is doing now; the same few statements however much there is."""
    revision = await current_revision(store)
    async with store.read() as connection:
        unsent = (await connection.execute(
            select(func.count().label("many"), func.min(message.c.at).label("oldest")).where(message.c.sent_at.is_(None)))).one()
        return Vitals(
            await _heard(connection), unsent.many, unsent.oldest, await _deliveries(connection), await _jobs(connection),
            tuple(await connection.execute(select(fault).order_by(fault.c.id.desc()).limit(20))),
            tuple(await connection.execute(select(replica).order_by(replica.c.id))), _version(),
            "SQLite" if store.is_sqlite else "PostgreSQL", await _size(connection, store), revision, revision == HEAD,
            (await connection.execute(select(backup).order_by(backup.c.id.desc()).limit(1))).first())


def _version() -> str:
    try:
        return version("partnership-assistant")
    except PackageNotFoundError:  # run from its sources
        return "–"


async def _heard(connection: AsyncConnection) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for channel in CHANNELS:
        newest = select(chat.c.seen_at).where(chat.c.handle.startswith(f"{channel}:")).order_by(chat.c.seen_at.desc()).limit(1)
        at = await connection.scalar(newest)
        found |= {channel: at} if at else {}
    return found


async def _deliveries(connection: AsyncConnection) -> int:
    columns = announcement.c
    waiting = columns.total - columns.sent - columns.failed - columns.blocked - columns.left
    return int(await connection.scalar(select(func.sum(waiting)).where(columns.state.in_(("running", "paused")))) or 0)


async def _jobs(connection: AsyncConnection) -> tuple[Jobs, ...]:
    stuck = func.sum(case((job.c.attempts >= MOST_ATTEMPTS, 1), else_=0)).label("stuck")
    rows = await connection.execute(
        select(job.c.kind, func.count().label("planned"), stuck, func.min(job.c.run_at).label("next_at"))
        .group_by(job.c.kind).order_by(job.c.kind))
    return tuple(Jobs(row.kind, row.planned, int(row.stuck), row.next_at) for row in rows)


async def _size(connection: AsyncConnection, store: Store) -> int:
    query = ("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()" if store.is_sqlite
             else "SELECT pg_database_size(current_database())")
    return int(await connection.scalar(text(query)) or 0)
