"""What the next cleaning would delete: the same statements as `retention`, counted instead of carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Delete, Dialect, Insert, Table, Update, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import announcement, delivery
from bot.store.database import Store

from .retention import DELIVERIES, forget_by_time

HOLDS = timedelta(minutes=5)


async def due(connection: AsyncConnection, now: datetime) -> dict[str, int]:
    """How many rows of which table are past their term; what goes along with them is not counted."""
    rehearsing = _Rehearsing(connection)
    await forget_by_time(cast("Store", rehearsing), now)  # it uses nothing of a store but `write`
    ended = select(announcement.c.id).where(announcement.c.ended_at < now - DELIVERIES)
    deliveries = await connection.scalar(select(func.count()).select_from(delivery).where(delivery.c.announcement_id.in_(ended)))
    return {table: count for table, count in {**rehearsing.counts, "delivery": deliveries or 0}.items() if count}


class Rehearsal:
    """The counts as a page shows them: taken anew once they are some minutes old, for they grow dear with what is due."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self.counts: dict[str, int] = {}

    async def look(self, connection: AsyncConnection, now: datetime) -> None:
        """Counts, if that is some minutes ago."""
        if self.at is None or not timedelta() <= now - self.at < HOLDS:
            self.counts, self.at = await due(connection, now), now


class _Rehearsing:
    """Stands where the store and its connection stand: what would change something changes nothing."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.counts: Counter[str] = Counter()

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    @asynccontextmanager
    async def write(self) -> AsyncIterator[_Rehearsing]:
        yield self

    async def execute(self, statement: Any, *values: Any) -> Any:
        if isinstance(statement, Delete):
            table = statement.table
            assert isinstance(table, Table), "rows are deleted from tables"
            count = select(func.count()).select_from(table)
            past = count if statement.whereclause is None else count.where(statement.whereclause)
            self.counts[table.name] += await self._connection.scalar(past) or 0
            return ()
        return () if isinstance(statement, Update | Insert) else await self._connection.execute(statement, *values)

    async def scalar(self, statement: Any, *values: Any) -> Any:
        return await self._connection.scalar(statement, *values)

    async def scalars(self, statement: Any, *values: Any) -> Any:
        return await self._connection.scalars(statement, *values)
