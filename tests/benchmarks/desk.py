"""How long the desk's pages take with much in the store: `python -m tests.benchmarks.desk [--copies 1100] [--database URL]`.

The demonstration's crowd, many times over: with 1,100 copies some 100,000 people, 1,000,000 messages, 10,000 enquiries.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.demo.folder import Folder, demonstration
from bot.demo.seeding import seed
from bot.desk.pages import PAGES
from bot.settings import Settings
from bot.store.database import Store
from bot.store.migrate import migrate
from bot.store.schema import enquiry, message, metadata, person
from tests.support.crawl import crawled
from tests.support.desk import Browser, desk
from tests.support.multiplied import growing, multiply
from tests.support.queries import heard

TIMES, BOUND = 5, 150.0  # how often each page is fetched; milliseconds that it may take


async def main(copies: int, url: str) -> None:
    """Fills the store and measures each page that links lead to."""
    with tempfile.TemporaryDirectory() as home:
        folder = Folder(Path(home) / "demo-data")
        await seed(Settings(_env_file=None), folder)
        made = Store(demonstration(Settings(_env_file=None), folder.path).database)
        store = Store(url) if url else made
        if url:
            await migrate(store)
            await copied(made, store)
        async with store.write() as connection:
            await multiply(connection, copies, growing())
            await connection.execute(text("ANALYZE"))
            for table in (person, message, enquiry):
                print(f"{await connection.scalar(select(func.count()).select_from(table)):>9,} {table.name}")
        async with desk(store) as browser:
            await browser.sign_in("admin")
            await measure(browser)
        await made.close()
        await store.close()


async def copied(source: Store, target: Store) -> None:
    """All rows of one store in another."""
    async with source.read() as reading, target.write() as writing:
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in (await reading.execute(select(table))).mappings()]
            if rows:
                await writing.execute(insert(table), rows)
        await _count_on(writing, target)


async def _count_on(connection: AsyncConnection, store: Store) -> None:
    """PostgreSQL counts its rows on from where the copied ones end, far from where further copies will lie."""
    for table in () if store.is_sqlite else metadata.sorted_tables:
        if "id" in table.columns and table.columns["id"].type.python_type is int:
            await connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 90000)"))


async def measure(browser: Browser) -> None:
    """One line for each page, the slowest last."""
    lines = []
    pages_alone = [page for page in PAGES if not page.path.endswith((".csv", ".xlsx"))]  # a file of everything takes its time
    for path, pages in (await crawled(browser, pages_alone, 1)).items():
        for page in pages:
            took = []
            for _time in range(TIMES):
                with heard(browser.store) as statements:
                    began = time.perf_counter()
                    await browser.get(page.path)
                    took.append(1000 * (time.perf_counter() - began))
            lines.append((statistics.median(took), statistics.quantiles(took, n=20)[-1], len(statements), path))
    for median, high, queries, path in sorted(lines):
        print(f"{median:8.1f} ms {high:8.1f} ms {queries:4} queries  {'  SLOW  ' if median > BOUND else ''}{path}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=1100)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    asyncio.run(main(given.copies, given.database))
