"""Stores for tests: SQLite in a folder of the test's own, PostgreSQL where a test is marked for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.store.database import Store

from .migrated import migrated
from .postgres import postgres_server, postgres_url

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty SQLite store with all tables."""
    opened = await migrated(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'assistant.sqlite'}")
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def postgres_store(postgres_url: str) -> AsyncIterator[Store]:
    """An empty PostgreSQL store with all tables."""
    opened = await migrated(postgres_url)
    yield opened
    await opened.close()


@pytest.fixture(params=["store", pytest.param("postgres_store", marks=pytest.mark.postgres)], ids=["sqlite", "postgres"])
def any_store(request: pytest.FixtureRequest) -> Store:
    """Both stores, one after the other."""
    opened: Store = request.getfixturevalue(request.param)
    return opened
