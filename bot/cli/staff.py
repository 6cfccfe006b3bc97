"""`staff add`: a member of staff and a link to sign in with, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .opening import in_transaction, now, settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.store.staff import Role

ROLES = ("viewer", "editor", "admin")


@click.group("staff")
def command() -> None:
    """Staff of the desk."""


@command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do: look, answer and edit, or all.")
def add(name: str, role: Role) -> None:
    """Add a member of staff, or give them this role, and print a link for one sign-in within a day."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 100:
        raise click.UsageError("A name has 1 to 100 characters.")
    chosen = settings()

    async def work(connection: AsyncConnection) -> str:
        from bot.store.audit import record
        from bot.store.staff import add_staff, new_link

        member = await add_staff(connection, cleaned, role, now())
        await record(connection, None, "staff-added", ("staff", member.id), now(), after={"name": cleaned, "role": role})
        return await new_link(connection, member, now())

    click.echo(f"{chosen.base_url}/desk/sign-in/{in_transaction(chosen, work)}")
