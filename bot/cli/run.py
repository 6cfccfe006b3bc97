"""`run`: the assistant itself, until it is stopped."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from .demo import demonstrated, greet
from .failing import Failure, one_line
from .logs import log_to_stderr
from .opening import now, plainly_told, settings, store_at

if TYPE_CHECKING:
    from bot.app import Running
    from bot.settings import Settings

FIRST = "admin"  # the member of staff who lets the others in
NO_ADDRESS = (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL)


@click.command("run")
@click.option("--demo", is_flag=True, help="Start with example data, in a folder of their own beside DATA_DIR.")
@click.option("--fresh", is_flag=True, help="With --demo: make the example data anew.")
def command(demo: bool = False, fresh: bool = False) -> None:
    """Start the web chat, the staff desk and, with a token, Telegram; Ctrl+C stops it."""
    chosen = settings()
    if fresh and not demo:
        raise click.UsageError("--fresh goes with --demo.")
    if chosen.is_demonstration:
        raise Failure(f"{chosen.data_dir} is a demonstration: use run --demo without this DATA_DIR, or set another one.")
    if demo:
        chosen = demonstrated(chosen, fresh=fresh)
    log_to_stderr(chosen.log_format)
    store = store_at(chosen.database)  # connects to nothing: a wrong address is told before anything starts
    from bot.app import run_until_stopped
    from bot.store.lock import AlreadyRunning

    try:
        with plainly_told(store), _address_told(chosen):
            asyncio.run(run_until_stopped(chosen, greet if demo else _greet))
    except AlreadyRunning as error:
        raise Failure(str(error)) from error


@contextmanager
def _address_told(chosen: Settings) -> Iterator[None]:
    where = f"{chosen.host}:{chosen.port}"
    try:
        socket.getaddrinfo(chosen.host, chosen.port)
    except OSError as error:
        raise Failure(f"HOST is {chosen.host}, which is no address of this machine: set another ({one_line(error)}).") from error
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ADDRESS:
            raise
        raise Failure(f"{where} cannot be listened on: stop what uses it, or set HOST and PORT ({one_line(error)}).") from error


async def _greet(running: Running) -> None:
    click.echo(f"Web chat: {running.address}/")
    code = await _first_code(running)
    if code is not None:
        click.echo(f"Staff sign in here, once, within a day: {running.address}/desk/sign-in/{code}")
    click.echo("Ctrl+C stops it.")


async def _first_code(running: Running) -> str | None:
    """A new sign-in code for the first member of staff, as long as nobody of the team has ever signed in."""
    from bot.store.staff import add_staff, anyone_signed_in, new_link

    async with running.store.write() as connection:
        if await anyone_signed_in(connection):
            return None
        return await new_link(connection, await add_staff(connection, FIRST, "admin", now()), now())
