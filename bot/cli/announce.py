"""`announce --json FILE` queues an announcement, `--status ID` tells how it is doing, `--pause`, `--resume`, `--cancel` steer it.

Whoever may call this holds the database, so no second person is asked; the languages are checked as everywhere.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .failing import Failure, one_line
from .opening import in_transaction, now, open_store, settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.announcements.compose import Composed
    from bot.announcements.report import Status

BAR = 30  # characters
LOOK_EVERY = 1.0  # seconds
OVER = ("done", "cancelled")


@click.command("announce")
@click.option("--json", "file", is_flag=False, flag_value="", default=None, metavar="FILE",
              help="Queue the announcement described in FILE (- is stdin); with --status, print JSON.")
@click.option("--status", "number", type=int, metavar="ID", help="Print the counters of an announcement.")
@click.option("--watch", "watched", type=int, metavar="ID", help="Show its progress until it is over.")
@click.option("--pause", "paused", type=int, metavar="ID", help="Stop sending for now.")
@click.option("--resume", "resumed", type=int, metavar="ID", help="Go on sending.")
@click.option("--cancel", "cancelled", type=int, metavar="ID", help="Stop sending for good.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="With --status: every recipient, as CSV or XLSX.")
def command(file: str | None, number: int | None, watched: int | None, paused: int | None, resumed: int | None,
            cancelled: int | None, out: Path | None) -> None:
    """Queue an announcement, or steer and watch one."""
    steered = {"pause": paused, "resume": resumed, "cancel": cancelled}
    asked = [name for name, value in (*steered.items(), ("status", number), ("watch", watched)) if value is not None]
    if len(asked) > 1 or (not asked and not file) or (asked and file) or (out and number is None):
        raise click.UsageError("Give --json FILE, or one of --status, --watch, --pause, --resume and --cancel with an ID.")
    if number is not None:
        _show(number, as_json=file is not None, out=out)
    elif watched is not None:
        asyncio.run(_watch(watched))
    elif asked:
        _steer(asked[0], steered[asked[0]] or 0)
    else:
        click.echo(_queue(file or "-"))


DEEDS = {"pause": "announcement-paused", "resume": "announcement-resumed", "cancel": "announcement-cancelled"}


def _queue(file: str) -> int:
    """Reads, checks and queues; returns the announcement's number."""
    from bot.announcements.gate import gate
    from bot.announcements.store import keep, start
    from bot.store.audit import record

    composed, content = _read(file)

    async def work(connection: AsyncConnection) -> int:
        checked = await gate(connection, composed, now(), 0)
        if not checked.is_open:
            counts = ", ".join(f"{language} ({checked.sizes.languages[language]})" for language in checked.missing)
            raise Failure(f"These languages of the audience have no text: {counts}. Add texts, or name a fallback language.")
        number = await keep(connection, composed, None, now(), content)
        await start(connection, number, now())
        await record(connection, None, "announcement-submitted", ("announcement", number), now(), after={"texts": composed.texts})
        return number

    return in_transaction(settings(), work)


def _read(file: str) -> tuple[Composed, bytes | None]:
    from pydantic import ValidationError

    from bot.announcements.compose import Composed

    try:
        with click.open_file(file, encoding="utf-8") as opened:
            given = json.load(opened)
        composed = Composed.model_validate(given)
        path = Path(file).parent / composed.file if composed.file else None
        content = path.read_bytes() if path else None
    except OSError as error:
        raise Failure(f"{error.filename or file} cannot be read: check the name ({one_line(error)}).") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, row['loc'])) or 'the announcement'}: {row['msg']}" for row in error.errors())
        raise Failure(f"Mend {file}: {wrong}.") from error
    except ValueError as error:
        raise Failure(f"{file} is no JSON: {one_line(error)}.") from error
    return composed.model_copy(update={"file": path.name}) if path else composed, content


def _show(number: int, *, as_json: bool, out: Path | None) -> None:
    from bot.announcements.report import failures, rows_of
    from bot.store.exports import Sheet, writer_of

    write = writer_of(out) if out else None
    if out and write is None:
        raise click.UsageError(f"{out.name} must end in .csv or .xlsx.")

    async def work(connection: AsyncConnection) -> tuple[Status, list[tuple[str, int]], Sheet | None]:
        found = await _status(connection, number)
        return found, await failures(connection, number), await rows_of(connection, number) if out else None

    found, reasons, sheet = in_transaction(settings(), work)
    if out and write and sheet:
        try:
            out.write_bytes(write(sheet))
        except OSError as error:
            raise Failure(f"{out} cannot be written: choose another file ({one_line(error)}).") from error
    click.echo(json.dumps(found.published()) if as_json else "\n".join(_told(found, reasons)))


def _steer(what: str, number: int) -> None:
    from bot.announcements import store
    from bot.store.audit import record

    async def work(connection: AsyncConnection) -> bool:
        done = bool(await getattr(store, what)(connection, number, now()))
        if done:
            await record(connection, None, DEEDS[what], ("announcement", number), now())
        return done

    if not in_transaction(settings(), work):
        raise Failure(f"Announcement {number} cannot be steered so now: look at it with announce --status {number}.")


async def _watch(number: int) -> None:
    """A bar that moves until it is over."""
    chosen = settings()
    async with open_store(chosen) as store:
        while True:
            async with store.read() as connection:
                found = await _status(connection, number)
            click.echo(f"\r{bar(found, chosen.broadcast_rate)}", nl=False)
            if found.state in OVER:
                click.echo()
                return
            await asyncio.sleep(LOOK_EVERY)


def bar(found: Status, allowed: float) -> str:
    """One line: how far it is, how fast, and how long it will take."""
    filled = round(BAR * found.share)
    left = time.strftime("%H:%M:%S", time.gmtime(found.time_left(allowed).total_seconds()))
    return (f"[{'#' * filled}{'.' * (BAR - filled)}] {found.share:4.0%}  {found.settled}/{found.total}  {found.rate:g}/s  "
            f"{left} left  {found.state:9}")


def _told(found: Status, reasons: list[tuple[str, int]]) -> list[str]:
    lines = [f"{name:10} {value}" for name, value in asdict(found).items()]
    lines += [f"  {count} × {reason}" for reason, count in reasons]
    if found.doubtful:
        lines.append(f"A sender died while it was sending: up to {found.doubtful} people may have got it twice.")
    return lines


async def _status(connection: AsyncConnection, number: int) -> Status:
    from bot.announcements.report import status_of

    found = await status_of(connection, number, now())
    if found is None:
        raise Failure(f"There is no announcement {number}.")
    return found
