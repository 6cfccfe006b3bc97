"""A store many times over: every row again under further numbers, so that lists grow long with data that hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, String, Table, UniqueConstraint, cast, func, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import metadata
from bot.store.types import Id

STEP = 100_000  # between a row's number and that of its next copy
# What a town hall's crowd brings with it; the team, its knowledge, conferences and announcements do not grow with it.
CROWD = ("person", "partnership", "miss", "rating", "conclusion", "audit")
FEW = ("registration",)  # no conference is larger than its hall


def growing(roots: Collection[str] = CROWD, without: Collection[str] = FEW) -> frozenset[str]:
    """These tables, and those whose rows belong to theirs."""
    found = set(roots)
    for table in metadata.sorted_tables:
        owners = {key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"}
        if table.name not in without and owners & found:
            found.add(table.name)
    return frozenset(found)


def numbered() -> frozenset[str]:
    """All tables whose rows can be told apart by a number."""
    return frozenset(table.name for table in metadata.sorted_tables if any(map(_is_number, table.primary_key.columns)))


async def multiply(connection: AsyncConnection, copies: int, tables: Collection[str]) -> None:
    """Puts so many copies of each row beside it; what belongs together in a copy refers to that copy."""
    numbers = text("WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < :copies) SELECT k FROM n").columns(
        Column("k", Integer)).bindparams(copies=copies).subquery("copies")
    for table in metadata.sorted_tables:
        if table.name in tables and table.name in numbered():
            columns = list(table.columns)
            copied = [_copied(column, numbers.c.k, tables) for column in columns]
            rows = select(*copied).select_from(table.join(numbers, literal(value=True)))
            await connection.execute(insert(table).from_select([column.name for column in columns], rows))


def _copied(column: Column[Any], k: ColumnElement[int], tables: Collection[str]) -> ColumnElement[Any]:
    target = next((key.column.table.name for key in column.foreign_keys), "")
    if target in tables or (not target and column.primary_key and _is_number(column)):
        return (column + cast(k, Id) * STEP).label(column.name)
    if isinstance(column.type, String) and column in set(_told_apart(column.table)):
        kept = func.substr(column, 1, (column.type.length or 200) - 6)
        return kept.concat("-").concat(cast(k, String)).label(column.name)
    return column


def _told_apart(table: Any) -> Iterator[Column[Any]]:
    """The columns in which no two rows may be equal, where their owners do not tell them apart already."""
    assert isinstance(table, Table)
    for column in table.columns:
        if column.unique:
            yield column
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and not any(column.foreign_keys for column in constraint.columns):
            yield max(constraint.columns, key=lambda column: getattr(column.type, "length", 0) or 0)


def _is_number(column: Column[Any]) -> bool:
    return not isinstance(column.type, String) and isinstance(column.type.python_type, type) and column.type.python_type is int
