"""The running program: queued by a command beside it, sent over Telegram and into a web chat, pressed, answered."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.support.bot_api import TOKEN, BotApi
from tests.support.process import running

pytestmark = pytest.mark.crash


async def announce(folder: Path, *arguments: str, stdin: str = "") -> str:
    """Runs the command beside the running program."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "announce", *arguments, env={**os.environ, "DATA_DIR": str(folder)},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    out, _errors = await child.communicate(stdin.encode())
    return out.decode()


async def test_an_announcement_reaches_telegram_and_an_open_web_page(tmp_path: Path) -> None:
    async with BotApi() as telegram, aiohttp.ClientSession() as web:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}
        async with running(tmp_path, settings) as process:
            telegram.world.say(7, "/subscribe general")
            await telegram.wait_for_reply(7, timeout=20)
            async with web.post(f"{process.url}/api/v1/chat", json={"language": "de"}) as response:
                opened = await response.json()
            headers = {"Authorization": f"Bearer {opened['token']}"}
            messages = f"{process.url}/api/v1/chat/{opened['conversation']}/messages"
            async with web.post(messages, json={"text": "/subscribe all"}, headers=headers) as response:
                last = (await response.json())["messages"][-1]["id"]
            await asyncio.sleep(1.1)
            described = {"texts": {"en": "News for you", "de": "Neues für Sie"}, "topic": "general"}
            async with web.get(messages, params={"after": last}, headers={**headers, "Accept": "text/event-stream"}) as stream:
                number = (await announce(tmp_path, "--json", "-", stdin=json.dumps(described))).strip()
                reply = await telegram.wait_for_reply(7, timeout=20)
                async with asyncio.timeout(20):
                    while "Neues für Sie" not in (await stream.content.readline()).decode():
                        pass
            assert reply.text == "News for you"
            telegram.world.press(7, "Stop these announcements")
            assert "no more announcements about: General news" in (await telegram.wait_for_reply(7, timeout=20)).text
            told = json.loads(await announce(tmp_path, "--status", number, "--json"))
    assert (told["total"], told["sent"], told["waiting"]) == (2, 2, 0)
