"""How long the inbox's lists and searches take: `python -m tests.benchmarks.inbox [DATABASE_URL]`, an empty database.

10,000 enquiries with ten entries each, beside 1,000,000 messages that no search may touch.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import timedelta

from sqlalchemy import insert, text

from bot.store.database import Store
from bot.store.inbox_tables import enquiry_entry, folded
from bot.store.schema import chat, enquiry, message, person
from bot.store.staff import add_staff
from tests.support.desk import NOW, desk
from tests.support.migrated import migrated

TIMES = 9
QUERIES: tuple[dict[str, str], ...] = (
    {}, {"status": "all", "text": "needle"}, {"status": "all", "text": "nothing of the kind"}, {"new": "yes"},
    {"country": "KE", "order": "-last_at"}, {"page": "200"})


async def main(url: str) -> None:
    """Fills the store and measures each list."""
    with tempfile.TemporaryDirectory() as home:
        store = await migrated(url or f"sqlite+aiosqlite:///{home}/inbox.sqlite")
        await filled(store, enquiries=10_000, entries=10, messages=1_000_000)
        async with desk(store) as browser:
            await browser.sign_in("editor", "Ada")
            for query in QUERIES:
                took = []
                for _time in range(TIMES):
                    began = time.perf_counter()
                    assert (await browser.get("/desk/enquiries", **query)).status == 200
                    took.append((time.perf_counter() - began) * 1000)
                print(f"{statistics.median(took):6.0f} ms median {max(took):6.0f} ms most  {query}")
        await store.close()


async def filled(store: Store, *, enquiries: int, entries: int, messages: int) -> None:
    """Much of everything; one enquiry in a thousand holds a needle."""
    async with store.write() as connection:
        await add_staff(connection, "Ada", "editor", NOW)
        await connection.execute(insert(person), [{"created_at": NOW} for _one in range(enquiries)])
        await connection.execute(insert(chat), [
            {"person_id": number, "handle": f"telegram:{number}", "language": "es", "state": {}, "version": 0, "created_at": NOW,
             "seen_at": NOW} for number in range(1, enquiries + 1)])
        await connection.execute(insert(enquiry), [
            {"reference": f"E-{number:06}", "person_id": number, "chat_id": number, "question": f"Question {number} " * 8,
             "contact": "", "language": "es", "status": "open" if number % 3 else "closed",
             "country": "KE" if number % 2 else "NI", "opened_at": NOW - timedelta(minutes=number),
             "heard_entry": number * entries, "searched": folded(f"E-{number:06} Question {number} " * 8)}
            for number in range(1, enquiries + 1)])
        for begin in range(0, enquiries, 1000):
            await connection.execute(insert(enquiry_entry), [
                {"enquiry_id": number, "kind": "person", "text": "word " * 30, "at": NOW,
                 "searched": "word " * 30 + ("needle" if number % 1000 == 0 else "")}
                for number in range(begin + 1, begin + 1001) for _entry in range(entries)])
        body = {"paragraphs": [["plain", "needle"]], "language": "es"}
        for begin in range(0, messages, 20_000):
            await connection.execute(insert(message), [
                {"chat_id": number % enquiries + 1, "author": "person", "body": body, "at": NOW, "sent_at": NOW}
                for number in range(begin, begin + 20_000)])
    async with store.write() as connection:
        await connection.execute(text("ANALYZE"))  # as each database does by itself after a while


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
