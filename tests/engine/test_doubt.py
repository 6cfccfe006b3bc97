"""What becomes of a reply that was being sent when the process died."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import update

from bot.engine.doubt import GRACE
from bot.store.schema import message
from tests.support.engine import NotingSender, Party, party


async def crash_while_sending(url: str) -> None:
    """Leaves the first question of the eligibility check in doubt."""
    async with party(url) as first:
        await first.say("/check", key="u1")
        await asyncio.sleep(0.3)
        async with first.store.write() as connection:
            await connection.execute(update(message).where(message.c.author == "assistant").values(sent_at=None, owner="dead"))


async def sent(started: Party, count: int, seconds: float) -> list[str]:
    """The texts sent within some seconds, or as soon as there are `count`."""
    deadline = asyncio.get_running_loop().time() + seconds
    while len(started.sender.sent["1"]) < count and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.05)
    return [one.body.text for one in started.sender.sent["1"]]


async def test_without_an_answer_it_is_sent_again_after_a_moment(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    await crash_while_sending(url)
    async with party(url) as again:
        assert await sent(again, 1, GRACE / 2) == []
        assert await sent(again, 1, 3 * GRACE) == ["Who is asking?"]


async def test_an_answer_proves_that_it_arrived(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    await crash_while_sending(url)
    async with party(url) as again:
        await again.press("side:south")
        texts = await sent(again, 2, GRACE + 1)
        assert texts == ["Which country is the municipality in?"]


async def test_what_the_command_line_queued_is_sent_at_once(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    await crash_while_sending(url)
    async with party(url, NotingSender()) as again:
        async with again.store.write() as connection:
            await connection.execute(update(message).where(message.c.author == "assistant").values(owner=None))
        assert await sent(again, 1, GRACE / 2 + 1) == ["Who is asking?"]
