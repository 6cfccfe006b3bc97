"""`backup FILE`: a consistent copy of the store while it runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from .failing import Failure, one_line
from .opening import now, open_store, settings


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Copy the store to FILE: an SQLite database, or PostgreSQL's custom dump for pg_restore."""
    from bot.documents.shelf import Shelf
    from bot.store.backup import NoBackup

    try:
        size = asyncio.run(_backed_up(file))
    except NoBackup as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{file} cannot be written: choose another file ({one_line(error)}).") from error
    click.echo(f"{size} bytes in {file}")
    documents = len(Shelf(settings().documents))
    if documents:
        click.echo(f"{documents} attached documents are not in it: now copy the folder {settings().documents} as well.")


async def _backed_up(file: Path) -> int:
    from bot.store.backup import back_up, note_copy

    async with open_store(settings()) as store:
        await back_up(store, file)
        size = file.stat().st_size
        async with store.write() as connection:
            await note_copy(connection, size, now())
    return size
