"""Announcements from scripts: queued, told, steered, taken away as a table."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.store.database import Store
from bot.store.migrate import migrate
from tests.cli.conftest import Typed, complaint
from tests.support.announcing import Noting, replica_of, subscribers, until_done

PLAIN = {"texts": {"en": "News", "de": "Neues"}, "topic": "general"}


def in_store(folder: Path, *, send: bool = False) -> None:
    """Three people subscribe in English and one in French; or the first announcement is sent."""

    async def work() -> None:
        store = Store(f"sqlite+aiosqlite:///{folder / 'data' / 'assistant.sqlite'}")
        await migrate(store)
        if send:
            async with replica_of(store, Noting()):
                await until_done(store, 1)
        else:
            await subscribers(store, 3)
            await subscribers(store, 1, 10, language="fr")
        await store.close()

    asyncio.run(work())


def test_an_announcement_is_queued_and_its_counters_told(typed: Typed, folder: Path) -> None:
    in_store(folder)
    Path("a.json").write_text(json.dumps({**PLAIN, "fallback": "en"}), encoding="utf-8")
    assert typed("announce", "--json", "a.json").output == "1\n"
    in_store(folder, send=True)
    told = json.loads(typed("announce", "--status", "1", "--json").output)
    assert told.pop("rate") > 0
    assert told == {"id": 1, "state": "done", "total": 4, "sent": 4, "failed": 0, "blocked": 0, "left": 0, "waiting": 0}
    assert "4/4" in typed("announce", "--watch", "1").output
    assert typed("announce", "--status", "1", "--out", "rows.csv").exit_code == 0
    assert len(Path("rows.csv").read_text(encoding="utf-8").splitlines()) == 5


def test_a_language_without_text_is_named(typed: Typed, folder: Path) -> None:
    in_store(folder)
    ran = typed("announce", "--json", "-", stdin=json.dumps(PLAIN))
    assert ran.exit_code == 1
    assert complaint(ran) == (
        "Error: These languages of the audience have no text: fr (1). Add texts, or name a fallback language.")


@pytest.mark.parametrize(("given", "why"), [
    ("{", "is no JSON"),
    ("{}", "texts: Field required"),
    (json.dumps({**PLAIN, "audience": {"colour": "red"}}), "audience.colour"),
    (json.dumps({**PLAIN, "file": "nowhere.pdf"}), "nowhere.pdf cannot be read"),
])
def test_what_cannot_be_queued_is_explained_in_one_line(typed: Typed, given: str, why: str) -> None:
    ran = typed("announce", "--json", "-", stdin=given)
    assert ran.exit_code == 1
    assert why in complaint(ran)


def test_it_is_paused_resumed_and_cancelled(typed: Typed, folder: Path) -> None:
    in_store(folder)
    typed("announce", "--json", "-", stdin=json.dumps({**PLAIN, "fallback": "en"}))
    for step, state in (("--pause", "paused"), ("--resume", "running"), ("--cancel", "cancelled")):
        assert typed("announce", step, "1").exit_code == 0
        assert json.loads(typed("announce", "--status", "1", "--json").output)["state"] == state
    assert "cannot be steered" in complaint(typed("announce", "--pause", "1"))


def test_bad_usage_exits_with_2(typed: Typed) -> None:
    assert [typed("announce", *arguments).exit_code for arguments in
            ((), ("--json",), ("--status",), ("--status", "1", "--pause", "1"), ("--out", "x.csv"))] == [2] * 5
    assert typed("announce", "--status", "7").exit_code == 1
