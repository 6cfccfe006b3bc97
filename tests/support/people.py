"""People of whom every table holds something, made from the schema itself, so that no table is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, LargeBinary, String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import metadata
from bot.store.types import Moment

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NOBODY = "nobody"
# What is kept without a person, or of the team: it holds nothing of what the person said.
APART = frozenset({"miss", "rating", "conclusion", "staff", "staff_link", "staff_session", "added_phrase", "added_article",
                   "revision", "replica", "job", "checklist_call", "announcement", "announcement_file", "rate", "segment",
                   "audit", "setting", "fault", "backup", "canned_reply",
                   "daily_count", "source_check", "dac_version",
                   "conference", "conference_question", "conference_pair", "access_code", "conference_feedback"})
# What people of two municipalities have done together: it goes with the last of them.
SHARED = frozenset({"partnership", "municipality", "case_part", "case_event"})


async def seeded(connection: AsyncConnection, mark: str) -> dict[str, Any]:
    """A row in every table, tied together; texts of the person's hold `mark`. Returns the primary keys by table."""
    keys: dict[str, Any] = {}
    for table in metadata.sorted_tables:
        said = f"{NOBODY}-{mark[::-1]}" if table.name in APART else mark
        row = {column.name: _value(column, said, keys) for column in table.columns if not _counted(column)}
        key, *_others = table.primary_key.columns
        keys[table.name] = await connection.scalar(insert(table).values(row).returning(key))
    return keys


async def mentions(connection: AsyncConnection, mark: str, keys: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a text holds `mark`, or a reference points to the person or the chat: (table, column), sorted."""
    found = set()
    for table in metadata.sorted_tables:
        for row in (await connection.execute(select(table))).mappings():
            found |= {(table.name, column.name) for column in table.columns
                      if mark in repr(row[column.name]) or _points(column, row[column.name], keys)}
    return sorted(found)


def _counted(column: Column[Any]) -> bool:
    return column.primary_key and not isinstance(column.type, String | Date) and not column.foreign_keys


def _points(column: Column[Any], value: object, keys: Mapping[str, Any]) -> bool:
    targets = [key.column for key in column.foreign_keys] or ([column] if column.primary_key else [])
    return any(value == keys[target.table.name] for target in targets if target.table.name in ("person", "chat"))


def _value(column: Column[Any], said: str, keys: Mapping[str, Any]) -> object:
    for key in column.foreign_keys:
        return keys[key.column.table.name]
    match column.type:
        case JSON():
            return {"said": said}
        case Moment() | DateTime():
            return NOW
        case Date():
            return NOW.date()
        case Boolean():
            return True
        case LargeBinary():
            return said.encode()
        case String(length=length):
            return f"{said}-{_table(column).name}-{column.name}"[:length or 100]
        case _:
            return 1


def _table(column: Column[Any]) -> Table:
    assert isinstance(column.table, Table)
    return column.table
