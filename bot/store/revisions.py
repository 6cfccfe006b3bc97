"""Numbers that grow with each change of what every replica keeps in memory; counted up in the transaction of the change."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from .schema import revision


async def revisions(connection: AsyncConnection) -> dict[str, int]:
    """The numbers by name; what was never changed has none."""
    return {row.name: row.number for row in await connection.execute(select(revision))}


async def count_up(connection: AsyncConnection, name: str) -> None:
    """Makes every replica read what has changed anew."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    first = dialect.insert(revision).values(name=name, number=1)
    await connection.execute(first.on_conflict_do_update(index_elements=["name"], set_={"number": revision.c.number + 1}))
