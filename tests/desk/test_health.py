"""Health at the desk: what waits, what went wrong without anybody's words, and when the last copy was made."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio
import structlog
from sqlalchemy import func, select

from bot import faults
from bot.cli.logs import log_to_stderr
from bot.faults import MOST, note_fault
from bot.store.backup import note_copy
from bot.store.database import Store
from bot.store.desk_tables import backup, fault
from bot.store.faults import keep_faults
from bot.store.jobs import MOST_ATTEMPTS
from bot.store.schema import job, message
from tests.support.desk import NOW, Browser, a_chat, desk
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]


@pytest_asyncio.fixture
async def viewer(any_store: Store) -> AsyncIterator[Browser]:
    async with desk(any_store) as browser:
        await browser.sign_in("viewer")
        yield browser


@pytest.fixture
def logged() -> Iterator[structlog.typing.FilteringBoundLogger]:
    """The program's log as `run` sets it up."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log_to_stderr("json")
    yield structlog.get_logger()
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    faults.settled(faults.noted())


async def test_an_assistant_that_is_well_says_so(viewer: Browser) -> None:
    async with viewer.store.write() as connection:
        await note_copy(connection, 2_500_000, NOW - timedelta(days=1))
    page = await viewer.get("/desk/health")
    for part in ("Nothing needs to be seen to.", "Replies to be sent 0", "None has been noted.", "Migration", "2.5 MB"):
        assert part in page.words
    assert ("SQLite" if viewer.store.is_sqlite else "PostgreSQL") in page.words


async def test_what_waits_and_what_is_stuck_is_told(viewer: Browser) -> None:
    number = await a_chat(viewer.store)
    async with viewer.store.write() as connection:
        await connection.execute(message.insert().values(
            chat_id=number, author="assistant", body={}, at=NOW - timedelta(minutes=9)))
        await connection.execute(job.insert().values(
            kind="case-reminder", subject=1, key="x", run_at=NOW, attempts=MOST_ATTEMPTS))
        await note_copy(connection, 1, NOW - timedelta(days=8))
    page = await viewer.get("/desk/health")
    for part in ("Messages have waited for more than five minutes", "tried ten times in vain", "more than a week old",
                 "Replies to be sent 1 the oldest 9 minutes ago", "Reminders of checklists 1 1",
                 "Telegram not set up Last message"):
        assert part in page.words


async def test_without_a_copy_it_is_said_how_to_make_one(viewer: Browser) -> None:
    assert "partnership-assistant backup FILE" in (await viewer.get("/desk/health")).words


async def test_a_fault_is_told_by_kind_and_place_and_never_by_words(
    store: Store, logged: structlog.typing.FilteringBoundLogger,
) -> None:
    def of_a_library() -> None:
        raise KeyError("I am María and live in Corinto")

    try:
        of_a_library()
    except KeyError:
        logged.exception("turn failed", flow="enquiry")
        logging.getLogger("aiohttp.server").exception("Error handling request of María")
    logged.error("no traceback")
    logged.warning("not serious")
    await keep_faults(store, "me")
    assert faults.noted() == {}
    async with store.read() as connection:
        rows = list(await connection.execute(select(fault).order_by(fault.c.id)))
    assert [(row.event, row.error) for row in rows] == [("turn failed", "KeyError"), ("aiohttp.server", "KeyError"),
                                                        ("no traceback", "")]
    assert rows[0].place.startswith("tests/desk/test_health.py:")
    assert "María" not in repr(rows)
    async with desk(store) as browser:
        await browser.sign_in("viewer")
        assert "turn failed KeyError tests/desk/test_health.py" in (await browser.get("/desk/health")).words


async def test_only_the_newest_faults_and_copies_stay(store: Store) -> None:
    for part in range(3):
        for number in range(MOST // 2):
            note_fault(None, "error", {"event": f"fault {part} {number}"})
        await keep_faults(store, "me")
    async with store.write() as connection:
        for _copy in range(103):
            await note_copy(connection, 1, NOW)
        assert await connection.scalar(select(func.count()).select_from(fault)) == MOST
        assert await connection.scalar(select(func.count()).select_from(backup)) == 100
    assert faults.noted() == {}
