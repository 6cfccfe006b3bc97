"""Brings the database to the schema of this version, at start and under a lock."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from .database import Store
from .migrations import HEAD
from .schema import metadata

LOCK = 0x50417373  # any number that no other program on the database uses


async def migrate(store: Store) -> None:
    """Applies the migrations that are missing; several replicas may start at once."""
    if await current_revision(store) == HEAD:
        return
    async with store.write() as connection:
        if not store.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        await connection.run_sync(_upgrade)


async def current_revision(store: Store) -> str | None:
    """The revision that the database is at, None for an empty one."""
    async with store.read() as connection:
        return await connection.run_sync(_revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    """An empty database gets the schema as it is now, which a test holds against the sum of the migrations."""
    if _revision(connection) is None:
        metadata.create_all(connection)
        _stamp(connection)
    else:
        _migrate(connection)


def _stamp(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _migrate(connection: Connection) -> None:
    from alembic import command  # dear to import, and needed only when something has changed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
