"""kill -9 between any two steps of a dialogue: nothing is lost, nothing is repeated."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.engine.doubt import GRACE
from bot.engine.unsent import SILENCE
from tests.support.bot_api import TOKEN, BotApi
from tests.support.process import free_port, start
from tests.support.store import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

pytestmark = pytest.mark.crash
CHAT = 7
# What the person does, and what must be in the reply to it.
STEPS = (
    ("/check", "Who is asking?"),
    ("[A municipality in the Global South]", "Which country is the municipality in?"),
    ("Cusco", "Do you mean Peru?"),
    ("[Peru]", "Does it have a partner municipality in Germany?"),
    ("back", "Which country is the municipality in?"),
    ("Kenya", "Does it have a partner municipality in Germany?"),
    ("[Yes, one]", "Have you talked with the German partner about taking part?"),
    ("[Yes]", "Yes: by what you say, the conditions for taking part are met."),
    ("[Ask the team]", "Do you agree?"),
    ("[Yes]", "What would you like to ask the team?"),
    ("How long does a mission last?", "Where should the answer go?"),
    ("[Here in this chat]", "Your question has gone to the team under the number"),
)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_dialogue_survives_a_kill_after_each_step(tmp_path: Path, mode: str) -> None:
    await survive(tmp_path, {"TELEGRAM_MODE": mode})


@pytest.mark.postgres
async def test_it_does_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await survive(tmp_path, {"DATABASE_URL": postgres_url})


async def survive(folder: Path, more: dict[str, str]) -> None:
    """Kills the assistant after each step; in the end each reply must have come once."""
    port = free_port()
    async with BotApi() as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url, "PUBLIC_URL": f"http://127.0.0.1:{port}",
                    "TELEGRAM_WEBHOOK_SECRET": "secret", **more}
        process = await start(folder, settings, port)
        try:
            for line, expected in STEPS:
                _do(telegram, line)
                reply = await telegram.wait_for_reply(CHAT, timeout=20)
                assert expected in reply.text
                if line == STEPS[-1][0]:
                    await asyncio.sleep(1)  # no later answer proves that this one arrived
                await process.kill()
                process = await start(folder, settings, port)
            await asyncio.sleep(GRACE + SILENCE.total_seconds() + 1)
        finally:
            await process.stop()
        assert len(telegram.world.replies[CHAT]) == len(STEPS), [reply.text for reply in telegram.world.replies[CHAT]]


async def test_what_arrives_while_it_is_down_is_answered_at_the_next_start(tmp_path: Path) -> None:
    async with BotApi() as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}
        process = await start(tmp_path, settings)
        telegram.world.say(CHAT, "/check")
        await telegram.wait_for_reply(CHAT, timeout=20)
        await process.kill()
        telegram.world.say(CHAT, "1")
        process = await start(tmp_path, settings)
        try:
            assert "Which country" in (await telegram.wait_for_reply(CHAT, timeout=20)).text
        finally:
            await process.stop()


def _do(telegram: BotApi, line: str) -> None:
    if line.startswith("["):
        telegram.world.press(CHAT, line[1:-1])
    else:
        telegram.world.say(CHAT, line)
