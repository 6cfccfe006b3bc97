"""The whole assistant as it runs: Ana on Telegram in Spanish, Bernd over the web's API in German, one checklist."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import assistant
from bot.settings import Settings
from flows.case.words import STATUSES
from knowledge.checklist import Status
from locales import words
from tests.support.bot_api import TOKEN, BotApi

ANA = 7
POINTS = ("talked", "agreement", "long-term", "staff", "participation", "departments", "stakeholders")


@dataclass
class Telegram:
    """Ana's app."""

    api: BotApi

    async def say(self, text: str) -> str:
        self.api.world.say(ANA, text, language="es")
        return (await self.api.wait_for_reply(ANA)).text

    async def tap(self, data: str) -> str:
        self.api.world.press(ANA, data)
        return (await self.api.wait_for_reply(ANA)).text


@dataclass
class Web:
    """Bernd's program."""

    http: aiohttp.ClientSession
    address: str
    token: str
    language: str

    async def send(self, **message: str) -> dict[str, Any]:
        async with self.http.post(self.address, json=message, headers={"Authorization": f"Bearer {self.token}"}) as response:
            assert response.status == 200
            found: list[dict[str, Any]] = (await response.json())["messages"]
        return {"text": "\n\n".join(one["text"] for one in found),
                "documents": [file for one in found for file in one["documents"]],
                "choices": [choice["id"] for one in found for choice in one["choices"]],
                "languages": {one["language"] for one in found}}

    async def tap(self, choice: str) -> dict[str, Any]:
        return await self.send(choice=choice)


@pytest.fixture
async def wires(tmp_path: Path) -> AsyncIterator[tuple[Telegram, Web]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with BotApi() as api, aiohttp.ClientSession() as http:
        settings = Settings(_env_file=None, data_dir=tmp_path, port=port, telegram_bot_token=TOKEN, telegram_api_url=api.url)
        async with assistant(settings) as running:
            base = f"{running.address}/api/v1/chat"
            async with http.post(base, json={"language": "de"}) as response:
                opened = await response.json()
            web = Web(http, f"{base}/{opened['conversation']}/messages", opened["token"], opened["language"])
            yield Telegram(api), web


async def test_two_people_on_two_channels_in_two_languages_finish_a_checklist(wires: tuple[Telegram, Web]) -> None:
    ana, bernd = wires
    await ana.say("/checklist")
    for step in ("/case start", "consent:yes", "writer:south"):
        await ana.tap(step)
    for line in ("Nicaragua", "Corinto", "Köln", "Ana Pérez"):
        await ana.say(line)
    await ana.tap("/case 1 invite german")
    invitation = ana.api.world.replies[ANA][-1].text
    link = re.search(r"https://t\.me/partner_bot\?start=join-([A-Z0-9-]{11})", invitation)
    assert link is not None
    await bernd.send(text=f"/start join-{link[1]}")
    for choice in ("consent:yes", "right:yes", "land:nw"):
        await bernd.tap(choice)
    await bernd.send(text="Bernd Maier")
    for point in POINTS:
        heard = await _ana_does(ana, point)
        seen = await bernd.tap(f"/case 1 set {point} done 0")
    assert words("es").render(STATUSES[Status.DONE]) in heard
    assert words("de").render(STATUSES[Status.DONE]) in seen["text"]
    assert seen["languages"] == {"de"}
    assert "/case 1 set submission done 0" in (await bernd.tap("/case 1 next"))["choices"]
    await bernd.tap("/case 1 set submission done 0")
    heard = await ana.say("/checklist")
    assert "▰▰▰▰▰▰▰▰▰▰ 10" in heard
    files = (await bernd.tap("/case 1 summary"))["documents"]
    async with bernd.http.get(files[0]["url"]) as response:
        assert (response.status, response.content_type) == (200, "application/pdf")


async def _ana_does(ana: Telegram, point: str) -> str:
    """She opens the overview, the point from it, and taps that it is done."""
    await ana.say("/checklist")
    await ana.tap(f"/case 1 item {point}")
    return await ana.tap(f"/case 1 set {point} done 0")
