"""What is held on a person can be shown and erased to the last row."""

from __future__ import annotations

import pytest
from sqlalchemy import ColumnElement, func, select

from bot.privacy.person import erase, person_named, rows_of
from bot.store.database import Store
from bot.store.schema import metadata
from tests.support.people import APART, SHARED, mentions, seeded
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
OWN = {table.name for table in metadata.sorted_tables} - APART - SHARED


async def test_an_export_shows_every_table_that_holds_something_of_the_person(store: Store) -> None:
    async with store.write() as connection:
        ana = await seeded(connection, "ana0")
        await seeded(connection, "ben0")
        rows = await rows_of(connection, ana["person"])
    assert set(rows) == OWN
    assert all(len(found) == 1 for found in rows.values())
    assert "ben0" not in repr(rows)


async def test_after_an_erasure_no_row_mentions_the_person(any_store: Store) -> None:
    async with any_store.write() as connection:
        ana = await seeded(connection, "ana0")
        ben = await seeded(connection, "ben0")
        everything = await mentions(connection, "ben0", ben)
        counts = await erase(connection, ana["person"])
    async with any_store.read() as connection:
        assert await mentions(connection, "ana0", ana) == []
        assert await mentions(connection, "ben0", ben) == everything
        with_words = (OWN | SHARED | {"staff"}) - {"partnership", "enquiry_assignee", "enquiry_read"}  # those hold numbers
        assert {table for table, _column in everything} == with_words
    assert counts == dict.fromkeys(OWN, 1)


async def test_what_is_kept_apart_from_people_stays(store: Store) -> None:
    async with store.write() as connection:
        ana = await seeded(connection, "ana0")
        await erase(connection, ana["person"])
        left = {table.name for table in metadata.sorted_tables
                if await connection.scalar(select(func.count()).select_from(table))}
    assert left == APART


@pytest.mark.parametrize("column", ["id", "handle"])
async def test_a_person_is_found_by_number_or_chat(store: Store, column: str) -> None:
    async with store.write() as connection:
        ana = await seeded(connection, "ana0")
        chat = metadata.tables["chat"]
        named: ColumnElement[object] = chat.c.person_id if column == "id" else chat.c.handle
        name = await connection.scalar(select(named).where(chat.c.id == ana["chat"]))
        assert await person_named(connection, str(name)) == ana["person"]
        assert await person_named(connection, "telegram:0") is None
        assert await person_named(connection, "99") is None
