"""The register of what is kept, held against the schema."""

from __future__ import annotations

from bot.privacy.register import REGISTER
from bot.store.schema import metadata


def test_every_column_is_in_the_register_and_the_register_names_no_other() -> None:
    kept = {table.name: set(table.columns.keys()) for table in metadata.sorted_tables}
    assert {name: set(record.columns) for name, record in REGISTER.items()} == kept


def test_every_table_says_why_and_how_long_it_is_kept() -> None:
    for name, record in REGISTER.items():
        assert record.why.endswith("."), name
        assert record.until, name
        assert all(entry.what for entry in record.columns.values()), name


def test_a_column_that_points_to_a_person_or_chat_is_personal() -> None:
    pointing = {(table.name, key.parent.name) for table in metadata.sorted_tables for key in table.foreign_keys
                if key.column.table.name in ("person", "chat", "staff")}
    assert {(table, column) for table, column in pointing if not REGISTER[table].columns[column].personal} == set()
