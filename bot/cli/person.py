"""`person export` and `person erase`: what is held on one person, as the law gives them a right to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from .failing import Failure
from .opening import in_transaction, now, settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.privacy.person import Rows

WHO = "A person's number, or a chat such as telegram:123."


@click.group("person")
def command() -> None:
    """All that is held on a person: ID is their number, or a chat such as telegram:123."""


@command.command("export", help=f"Print all that is held on a person as JSON. {WHO}")
@click.argument("id")
def export(id: str) -> None:
    """Print all that is held on a person."""

    async def work(connection: AsyncConnection) -> tuple[int, Rows]:
        from bot.privacy.person import rows_of
        from bot.store.audit import record

        number = await _number(connection, id)
        rows = await rows_of(connection, number)
        counts = {table: len(each) for table, each in rows.items()}
        await record(connection, None, "person-exported", ("person", number), now(), after=counts)
        return number, rows

    number, rows = in_transaction(settings(), work)
    click.echo(json.dumps({"person": number, "held": rows}, ensure_ascii=False, indent=2))


@command.command("erase", help=f"Erase all that is held on a person and print how much it was. {WHO}")
@click.argument("id")
def erase(id: str) -> None:
    """Erase a person."""

    async def work(connection: AsyncConnection) -> tuple[int, dict[str, int]]:
        from bot.conferences.leaving import end_all
        from bot.privacy.person import erase
        from bot.store.audit import record

        number = await _number(connection, id)
        await end_all(connection, number, now())
        counts = await erase(connection, number)
        await record(connection, None, "person-erased", ("person", number), now(), before=counts)
        return number, counts

    number, counts = in_transaction(settings(), work)
    click.echo(json.dumps({"person": number, "erased": counts}))


async def _number(connection: AsyncConnection, id: str) -> int:
    from bot.privacy.person import person_named

    number = await person_named(connection, id)
    if number is None:
        raise Failure(f"Nobody is kept under {id}: give a person's number or a chat such as telegram:123.")
    return number
