"""Backups of PostgreSQL are pg_dump's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.store.backup import NoBackup, back_up
from bot.store.database import Store
from tests.support.postgres import binaries
from tests.support.store import postgres_server, postgres_store, postgres_url

__all__ = ["postgres_server", "postgres_store", "postgres_url"]


@pytest.mark.postgres
async def test_postgresql_is_dumped(postgres_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{binaries() or ''}{os.pathsep}{os.environ['PATH']}")
    await back_up(postgres_store, tmp_path / "copy.dump")
    assert (tmp_path / "copy.dump").read_bytes().startswith(b"PGDMP")


@pytest.mark.postgres
async def test_without_pg_dump_it_is_said_what_to_install(
    postgres_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoBackup, match="pg_dump is missing: install PostgreSQL's client programs"):
        await back_up(postgres_store, tmp_path / "copy.dump")
    assert list(tmp_path.iterdir()) == []
