"""`announce`: announcements to those who subscribed are not built yet, which is said."""

from __future__ import annotations

import click

from .failing import Failure


@click.command("announce", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Queue an announcement: this version cannot yet."""
    raise Failure("Announcements are not there yet: this version keeps subscriptions and cannot write to them.")
