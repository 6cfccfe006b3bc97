"""Work for later, as rows with a due time: kept once under its key, claimed by one replica, tried again when it fails."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from .schema import job, replica

MOST_ATTEMPTS = 10
FIRST_PAUSE = timedelta(seconds=10)


@dataclass(frozen=True)
class Job:
    """One claimed piece of work."""

    id: int
    kind: str
    subject: int
    key: str
    run_at: datetime
    attempts: int


async def schedule(connection: AsyncConnection, kind: str, subject: int, run_at: datetime) -> None:
    """Wants `kind` done for a subject at a time; what is wanted already keeps the earlier of both times."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = dialect.insert(job).values(kind=kind, subject=subject, key=f"{kind}:{subject}", run_at=run_at, attempts=0)
    earlier = func.min if connection.dialect.name == "sqlite" else func.least
    await connection.execute(new.on_conflict_do_update(
        index_elements=["key"], set_={"run_at": earlier(job.c.run_at, new.excluded.run_at)}))


async def cancel(connection: AsyncConnection, kind: str, subject: int) -> None:
    """Wants it no more."""
    await connection.execute(delete(job).where(job.c.key == f"{kind}:{subject}"))


async def anything_due(connection: AsyncConnection, kinds: Collection[str], now: datetime) -> bool:
    """Whether there may be something to claim; cheap enough to ask twice a second."""
    return await connection.scalar(select(job.c.id).where(*_due(kinds, now)).limit(1)) is not None


async def claim(connection: AsyncConnection, me: str, kinds: Collection[str], now: datetime, most: int = 50) -> list[Job]:
    """Takes over what is due and nobody alive is at, the longest overdue first."""
    numbers = select(job.c.id).where(*_due(kinds, now)).order_by(job.c.run_at).limit(most).with_for_update(skip_locked=True)
    found = list(await connection.scalars(numbers))
    await connection.execute(update(job).where(job.c.id.in_(found)).values(owner=me, attempts=job.c.attempts + 1))
    rows = await connection.execute(select(job).where(job.c.id.in_(found)).order_by(job.c.run_at))
    return [Job(row.id, row.kind, row.subject, row.key, row.run_at, row.attempts) for row in rows]


async def finish(connection: AsyncConnection, done: Job, me: str) -> bool:
    """Deletes a job in the transaction of its work; false where another replica has taken it over meanwhile."""
    gone = await connection.execute(delete(job).where(job.c.id == done.id, job.c.owner == me))
    return gone.rowcount == 1


async def try_later(connection: AsyncConnection, failed: Job, me: str, now: datetime) -> None:
    """Gives a job back, to be tried after a pause that doubles each time; at last it rests with its owner, to be looked at."""
    if failed.attempts < MOST_ATTEMPTS:
        pause = FIRST_PAUSE * 2 ** (failed.attempts - 1)
        mine = job.c.id == failed.id, job.c.owner == me
        await connection.execute(update(job).where(*mine).values(owner=None, run_at=now + pause))


def _due(kinds: Collection[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    nobody = or_(job.c.owner.is_(None), job.c.owner.not_in(select(replica.c.id)))
    return job.c.kind.in_(kinds), job.c.run_at <= now, job.c.attempts < MOST_ATTEMPTS, nobody
