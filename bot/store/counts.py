"""The daily counts: one upsert for a whole group of messages, and what the overview reads of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.counting import Count

from .editing_tables import daily_count

KEY = ("kind", "day", "key", "language", "channel", "country")


@dataclass(frozen=True)
class Counted:
    """What happened in a chat of that language and channel."""

    count: Count
    language: str
    channel: str


async def add_counts(connection: AsyncConnection, counted: Iterable[Counted], day: date) -> None:
    """Adds to the day's numbers; rows in one order, so that two replicas never wait for each other in a circle."""
    numbers: Counter[tuple[str, ...]] = Counter()
    words: dict[str, str] = {}
    for one in counted:
        count = one.count
        numbers[count.kind, count.key, one.language, one.channel, count.country] += count.number
        words[count.key] = count.words or words.get(count.key, "")
    rows = [{"kind": kind, "day": day, "key": key, "language": language, "channel": channel, "country": country,
             "words": words[key], "number": number}
            for (kind, key, language, channel, country), number in sorted(numbers.items()) if number]
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(daily_count)
    more = {"number": daily_count.c.number + adding.excluded.number, "words": adding.excluded.words}
    await connection.execute(adding.on_conflict_do_update(index_elements=KEY, set_=more), rows)


async def sums(connection: AsyncConnection, by: tuple[str, ...], since: date,
               *conditions: ColumnElement[bool]) -> dict[tuple[Any, ...], int]:
    """The numbers since a day, summed up by these columns."""
    columns = [daily_count.c[name] for name in by]
    query = select(*columns, func.sum(daily_count.c.number)).where(daily_count.c.day >= since, *conditions).group_by(*columns)
    return {tuple(row[:-1]): int(row[-1]) for row in await connection.execute(query)}
