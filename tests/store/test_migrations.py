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


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_the_migrations_one_after_the_other_lead_there_too(
        kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    empty = Store(url)
    async with empty.write() as connection:
        await connection.run_sync(step_by_step)
        assert await connection.run_sync(differences) == []
    await empty.close()


@pytest.mark.postgres
async def test_replicas_that_start_together_migrate_once(postgres_url: str) -> None:
    replicas = [Store(postgres_url) for _ in range(4)]
    await asyncio.gather(*(migrate(replica) for replica in replicas))
    assert [await current_revision(replica) for replica in replicas] == [HEAD] * 4
    for replica in replicas:
        await replica.close()
