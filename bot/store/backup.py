"""A consistent copy of the database while it is in use: SQLite's own, or pg_dump's."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Store
from .desk_tables import backup


class NoBackup(Exception):
    """No copy could be made; the message says what to do."""


async def back_up(store: Store, target: Path) -> None:
    """Writes a copy to `target`, in place of what stood there, once it is complete.

    Raises NoBackup where PostgreSQL's pg_dump is missing or fails, OSError where the file cannot be written.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        await (_copy_sqlite(store, unfinished) if store.is_sqlite else _dump_postgres(store.url, unfinished))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


async def note_copy(connection: AsyncConnection, size: int, now: datetime) -> None:
    """Remembers that a copy was made, and the last hundred of them."""
    number = await connection.scalar(insert(backup).values(at=now, bytes=size).returning(backup.c.id))
    await connection.execute(delete(backup).where(backup.c.id <= int(number or 0) - 100))


async def _copy_sqlite(store: Store, target: Path) -> None:
    target.touch(mode=0o600, exist_ok=False)  # an empty file may be filled; this one only its owner can read
    async with store.engine.connect() as connection:
        await connection.exec_driver_sql("COMMIT")  # VACUUM cannot run inside a transaction
        await connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
        await connection.exec_driver_sql("BEGIN")


async def _dump_postgres(address: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise NoBackup("pg_dump is missing: install PostgreSQL's client programs, of the server's version or newer.")
    target.touch(mode=0o600, exist_ok=False)
    plain = address.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    dump = await asyncio.create_subprocess_exec(
        program, "--format=custom", f"--file={target}", f"--dbname={plain}", "--no-password",
        env={**os.environ, **secret}, stderr=asyncio.subprocess.PIPE)
    _out, errors = await dump.communicate()
    if dump.returncode:
        last = (errors.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        raise NoBackup(f"pg_dump failed, mend this first: {last}")
