"""What the committer does when a commit fails: nobody waits for ever, and nobody pays for another's message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.committer import Committer, Marks, Pending, Results
from bot.messages import Inbound, Message
from bot.store.database import Store
from flows.turn import Said
from tests.support.engine import party


def inbound(address: str, text: str = "hi") -> Inbound:
    return Inbound("note", address, f"{address}:{text}", Said(text))


@asynccontextmanager
async def committing(commit: object) -> AsyncIterator[Committer]:
    committer = Committer(commit, Results())  # type: ignore[arg-type]  # commits of each test's own
    task = asyncio.create_task(committer.run())
    try:
        yield committer
    finally:
        committer.stop()
        await asyncio.wait_for(task, 10)


async def test_only_the_culprit_of_a_group_fails() -> None:
    async def commit(group: list[Pending], marks: Marks) -> list[Pending]:
        if any(pending.inbound.address == "bad" for pending in group):
            raise DataError("insert", {}, ValueError("NUL"))
        for pending in group:
            pending.done.set_result(())
        return []

    async with committing(commit) as committer:
        tasks = [asyncio.ensure_future(committer.submit(inbound(address))) for address in ("1", "bad", "2", "3")]
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [tuple, DataError, tuple, tuple]


async def test_while_the_database_is_away_messages_wait_and_then_go_through() -> None:
    away = 3

    async def commit(group: list[Pending], marks: Marks) -> list[Pending]:
        nonlocal away
        away -= 1
        if away >= 0:
            raise OperationalError("select", {}, OSError("refused"))
        for pending in group:
            pending.done.set_result(())
        return []

    async with committing(commit) as committer:
        assert await asyncio.wait_for(committer.submit(inbound("1")), 5) == ()


async def test_a_commit_whose_answer_is_lost_still_sends_its_replies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as started:
        whole, lose = Store.write, [True]

        @asynccontextmanager
        async def losing(store: Store) -> AsyncIterator[AsyncConnection]:
            async with whole(store) as connection:
                yield connection
            if lose:
                lose.pop()
                raise OperationalError("commit", {}, OSError("connection reset"))

        monkeypatch.setattr(Store, "write", losing)
        replies: tuple[Message, ...] = await asyncio.wait_for(started.engine.submit(inbound("1", "/check")), 10)
        assert [reply.body.text for reply in replies] == ["Who is asking?"]
        for _try in range(100):
            if started.sender.sent["1"]:
                break
            await asyncio.sleep(0.05)
    assert [message.body.text for message in started.sender.sent["1"]] == ["Who is asking?"]


@pytest.mark.slow
async def test_it_stops_although_the_database_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as started:
        await started.say("/check")

        @asynccontextmanager
        async def gone(store: Store) -> AsyncIterator[AsyncConnection]:
            raise OperationalError("select", {}, OSError("refused"))
            yield  # a generator, as the real one is

        monkeypatch.setattr(Store, "write", gone)
        started.engine.committer._results.report(Marks(sent=[1]))
        await asyncio.wait_for(started.engine.stop(), 25)
        monkeypatch.undo()
