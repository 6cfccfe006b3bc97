"""`export KIND --out FILE`: what the team works on, as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .failing import Failure, one_line
from .opening import in_transaction, settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.store.exports import Sheet

KINDS = ("enquiries", "registrations", "checklists", "unanswered")


@click.command("export")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A file ending in .csv or .xlsx.")
def command(kind: str, out: Path) -> None:
    """Write all enquiries, registrations, checklists, or questions without an answer, to a CSV or XLSX file."""
    from bot.store.exports import writer_of

    write = writer_of(out)
    if write is None:
        raise click.UsageError(f"{out.name} must end in .csv or .xlsx.")
    sheet = in_transaction(settings(), lambda connection: _sheet(connection, kind))
    try:
        out.write_bytes(write(sheet))
    except OSError as error:
        raise Failure(f"{out} cannot be written: choose another file ({one_line(error)}).") from error
    click.echo(f"{len(sheet.rows)} {kind} in {out}")


async def _sheet(connection: AsyncConnection, kind: str) -> Sheet:
    from bot.cases.exporting import all_checklists
    from bot.conferences.exporting import all_registrations
    from bot.store.exports import KINDS as KEPT

    return await {**KEPT, "checklists": all_checklists, "registrations": all_registrations}[kind](connection)
