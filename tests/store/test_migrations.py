"""The migrations lead to the schema of the code, on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.store.database import Store
from bot.store.migrate import _migrate as step_by_step
from bot.store.migrate import current_revision, migrate
from bot.store.migrations import HEAD
from bot.store.schema import metadata
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_a_migrated_store_has_the_tables_of_the_code(any_store: Store) -> None:
    async with any_store.read() as connection:
        assert await connection.run_sync(differences) == []
    assert await current_revision(any_store) == HEAD


async def migrated_from_nothing(url: str) -> list[object]:
    empty = Store(url)
    try:
        async with empty.write() as connection:
            await connection.run_sync(step_by_step)
            return await connection.run_sync(differences)
    finally:
        await empty.close()


async def test_the_migrations_one_after_the_other_lead_there_too(tmp_path: Path) -> None:
    assert await migrated_from_nothing(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") == []


@pytest.mark.postgres
async def test_they_do_on_postgresql(postgres_url: str) -> None:
    assert await migrated_from_nothing(postgres_url) == []


@pytest.mark.postgres
async def test_replicas_that_start_together_migrate_once(postgres_url: str) -> None:
    replicas = [Store(postgres_url) for _ in range(4)]
    await asyncio.gather(*(migrate(replica) for replica in replicas))
    assert [await current_revision(replica) for replica in replicas] == [HEAD] * 4
    for replica in replicas:
        await replica.close()
