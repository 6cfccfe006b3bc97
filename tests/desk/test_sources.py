"""Sources: when each was last read, which are due, and that answers show the day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.knowledge import LiveKnowledge
from bot.store.database import Store
from bot.store.desk_tables import audit
from bot.store.source_checks import note_check
from tests.support.desk import NOW, desk
from tests.support.engine import party
from tests.support.store import store
from tests.support.talk import knowledge

__all__ = ["store"]


async def test_a_source_that_was_not_read_for_long_is_due(store: Store) -> None:
    async with desk(store) as browser:
        await browser.sign_in("editor", "Ada")
        page = await browser.get("/desk/sources", due="90")
        assert "OECD: DAC List of ODA Recipients (OECD recipient codelist) dac 15 June 2026 due" in page.words
        assert "project page" not in page.words
        assert "Noted: the source was read today" in (await browser.send("/desk/sources", "/desk/sources", source="dac")).words
        assert "There is no such source." in (await browser.get("/desk/sources", due="90")).words
        assert "dac 22 November 2026 , Ada" in (await browser.get("/desk/sources")).words
        assert (await browser.send("/desk/sources", "/desk/sources", source="nothing")).status == 404
        async with store.read() as connection:
            row = (await connection.execute(select(audit).where(audit.c.action == "source-checked"))).one()
    assert (row.subject, row.before, row.after) == ("dac", {"read": "2026-06-15"}, {"read": "2026-11-22"})


async def test_answers_show_the_day_of_the_latest_look_on_every_replica(tmp_path: Path) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as assistant:
        assert "read on 21 November 2026" in await assistant.press("/ask who-submits")
        async with assistant.store.write() as connection:
            await note_check(connection, "project", None, NOW + timedelta(days=9))
        assert "read on 1 December 2026" in await assistant.press("/ask who-submits")


async def test_a_list_of_sources_can_be_taken_away(store: Store) -> None:
    async with desk(store, LiveKnowledge(knowledge())) as browser:
        await browser.sign_in("viewer")
        first, *rows = (await browser.get("/desk/sources.csv", text="project page")).text.splitlines()
    assert first.lstrip("\ufeff") == "title,id,url,read,read_by,articles,facts"
    assert [row.split(",")[-5:-2] for row in rows if ",project," in row] == [["", "2026-11-21", ""]]
