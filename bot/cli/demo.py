"""`demo remove`, and what `run --demo` adds to `run`: example data in a folder of their own, and links for three of staff."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from .failing import Failure
from .logs import log_to_stderr
from .opening import now, settings

if TYPE_CHECKING:
    from bot.app import Running
    from bot.demo.folder import Folder
    from bot.settings import Settings


@click.group("demo")
def command() -> None:
    """The demonstration that `run --demo` starts."""


@command.command("remove")
def remove() -> None:
    """Throw the demonstration away, with all that was tried in it."""
    chosen = settings()
    with _told():
        folder = _folder(chosen)
        if not _cleared(chosen, folder):
            raise Failure(f"There is no demonstration at {folder.path}: run --demo makes one.")
    click.echo(f"{folder.path} is gone.")


def demonstrated(real: Settings, *, fresh: bool) -> Settings:
    """Settings of the demonstration beside the real data, which is made first where there is none."""
    from bot.demo.folder import demonstration

    with _told():
        folder = _folder(real)
        if fresh:
            _cleared(real, folder)
        if not folder.is_there:
            _make(real, folder)
    return demonstration(real, folder.path)


async def greet(running: Running) -> None:
    """Where it is, and how to come in as each of the three roles."""
    from bot.demo.stage import NAMES
    from bot.store.staff import add_staff, new_link

    click.echo(f"Demonstration with example data. Web chat: {running.address}/")
    async with running.store.write() as connection:
        for role, name in reversed(NAMES.items()):
            code = await new_link(connection, await add_staff(connection, name, role, now()), now())
            click.echo(f"Staff desk as {role}: {running.address}/desk/sign-in/{code}")
    click.echo("Ctrl+C stops it; partnership-assistant demo remove throws it away.")


def _make(real: Settings, folder: Folder) -> None:
    from bot.demo.seeding import seed

    click.echo(f"Making the example data in {folder.path}, once. This takes some seconds.")
    log_to_stderr(real.log_format, logging.WARNING)
    asyncio.run(seed(real, folder))
    log_to_stderr(real.log_format)


def _folder(real: Settings) -> Folder:
    from bot.demo.folder import Folder

    return Folder.beside(real)


def _cleared(real: Settings, folder: Folder) -> bool:
    """Removes the demonstration, unless it is running; whether there was one."""
    from bot.demo.folder import demonstration
    from bot.store.database import Store
    from bot.store.lock import only_process

    if folder.is_there:
        with only_process(Store(demonstration(real, folder.path).database)):
            pass
    return folder.remove()


@contextmanager
def _told() -> Iterator[None]:
    """What stands in the way, in one line."""
    from bot.demo.folder import NotOurs
    from bot.store.lock import AlreadyRunning

    try:
        yield
    except AlreadyRunning as error:
        raise Failure("The demonstration is running: stop it first.") from error
    except (NotOurs, OSError) as error:
        raise Failure(str(error)) from error
