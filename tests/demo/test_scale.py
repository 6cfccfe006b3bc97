"""The desk when there is much: no page asks more of the database the longer its list is, and none reads whole crowds."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from bot.desk.pages import PAGES
from bot.settings import Settings
from bot.store.database import Store
from tests.support.crawl import crawled
from tests.support.desk import Browser, desk
from tests.support.multiplied import growing, multiply, numbered
from tests.support.queries import Statement, heard

pytestmark = [pytest.mark.slow, pytest.mark.load]
CROWDS = ("message", "person", "chat", "delivery")
SCAN = re.compile(r"SCAN (\w+)(?! USING (?:COVERING )?INDEX)")
WHOLE = (r"/announcements/{number:\d{1,15}}",)  # before it goes out, who would hear is counted anew


@asynccontextmanager
async def office(made: Settings) -> AsyncIterator[Browser]:
    """An administrator at the desk over a demonstration's store."""
    store = Store(made.database)
    async with desk(store) as browser:
        await browser.sign_in("admin")
        yield browser
    await store.close()


async def asked(browser: Browser) -> dict[str, list[Statement]]:
    """What each page of the desk asks the database, by its route; of several addresses the most."""
    found: dict[str, list[Statement]] = {}
    for path, pages in (await crawled(browser, PAGES, 2)).items():
        for page in pages:
            with heard(browser.store) as statements:
                assert (await browser.get(page.path)).status == 200
            found[path] = max(found.get(path, []), statements, key=len)
    return found


async def test_no_page_asks_more_of_the_database_when_its_list_is_longer(made: Settings) -> None:
    async with office(made) as browser:
        few = {path: len(statements) for path, statements in (await asked(browser)).items()}
        async with browser.store.write() as connection:
            await multiply(connection, 11, numbered())
        many = {path: len(statements) for path, statements in (await asked(browser)).items()}
    assert {path: (few[path], many[path]) for path in few.keys() & many.keys() if many[path] > few[path]} == {}


async def test_no_page_reads_a_whole_crowd(made: Settings) -> None:
    async with office(made) as browser:
        async with browser.store.write() as connection:
            await multiply(connection, 50, growing())
            await connection.execute(text("ANALYZE"))
        scanned = {}
        for path, statements in (await asked(browser)).items():
            if not path.endswith((".csv", ".xlsx")):
                plans = [await plan(browser.store, one) for one in statements]
                scanned[path] = {table for found in plans for table in SCAN.findall(found)} & set(CROWDS)
    assert {path: tables for path, tables in scanned.items() if tables and path not in WHOLE} == {}


async def plan(store: Store, statement: Statement) -> str:
    """How SQLite carries a statement out."""
    words, values = statement
    async with store.read() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        return "\n".join(str(row.detail) for row in rows)
