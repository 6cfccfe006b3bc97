"""All that is held on one person, row by row, and its erasure.

What belongs to a person is what the database deletes with them (ON DELETE CASCADE), so a table that is added later is
shown and erased without a line changed here.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.chats import forget_person
from bot.store.schema import chat, metadata, person

Rows = dict[str, list[dict[str, Any]]]


async def person_named(connection: AsyncConnection, name: str) -> int | None:
    """The person of a number ("17") or of a chat's handle ("telegram:123")."""
    if name.isdecimal():
        found: int | None = await connection.scalar(select(person.c.id).where(person.c.id == int(name)))
    else:
        found = await connection.scalar(select(chat.c.person_id).where(chat.c.handle == name))
    return found


async def rows_of(connection: AsyncConnection, number: int) -> Rows:
    """Every row that belongs to the person, by table; tables without one are left out."""
    found: Rows = {}
    for table, belongs in _belongings(number):
        rows = await connection.execute(select(table).where(belongs).order_by(*table.primary_key.columns))
        packed = [{str(name): _packed(value) for name, value in row.items()} for row in rows.mappings()]
        found |= {table.name: packed} if packed else {}
    return found


async def erase(connection: AsyncConnection, number: int) -> dict[str, int]:
    """Erases the person with all rows of theirs; returns how many there were, by table."""
    counts = {}
    for table, belongs in _belongings(number):
        counts[table.name] = await connection.scalar(select(func.count()).select_from(table).where(belongs)) or 0
    await forget_person(connection, number)
    return {name: count for name, count in counts.items() if count}


async def row_of(connection: AsyncConnection, number: int, table: str, key: int) -> dict[str, Any] | None:
    """One row that belongs to the person, by its own number; None where it is nobody's or another's."""
    for found, belongs in _belongings(number):
        if found.name == table:
            row = (await connection.execute(select(found).where(belongs, _key(found) == key))).mappings().first()
            return {str(name): value for name, value in row.items()} if row else None
    return None


async def correct(connection: AsyncConnection, table: str, key: int, column: str, value: str) -> None:
    """Puts right what is held; `row_of` has told whose it is."""
    found = metadata.tables[table]
    await connection.execute(update(found).where(_key(found) == key).values({column: value}))


def _key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


def _belongings(number: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables that hang on a person, nearest first, each with the condition that picks this person's rows."""
    conditions: dict[str, ColumnElement[bool]] = {person.name: person.c.id == number}
    yield person, conditions[person.name]
    for table in metadata.sorted_tables:
        owners = [key for key in table.foreign_keys if key.ondelete == "CASCADE" and key.column.table.name in conditions]
        if owners and table.name not in conditions:
            conditions[table.name] = or_(*(
                key.parent.in_(select(key.column).where(conditions[key.column.table.name])) for key in owners))
            yield table, conditions[table.name]


def _packed(value: object) -> object:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value
