"""The whole assistant as it runs: a pair on Telegram in Spanish and in the web chat in German, another one waits behind it."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import Running, assistant
from bot.settings import Settings
from flows.conference.view import Status
from tests.support.bot_api import TOKEN, BotApi
from tests.support.conferences import entered, of

LIMA = {"slug": "lima-2028", "region": "latin-america", "city": "Köln", "first": date(2028, 9, 4), "last": date(2028, 9, 5),
        "deadline": date(2028, 6, 30), "places": 3}
BUTTON = re.compile(r"/conf .*|/change .*|[a-z_]+:[a-z0-9-]+")
CODE = re.compile(r"start=pair-([A-Z0-9]{10})")


@dataclass
class Telegram:
    """Somebody of the South, in the Telegram app."""

    api: BotApi
    chat: int

    async def do(self, *steps: str) -> str:
        """Taps what looks like a button, types the rest."""
        heard = ""
        for step in steps:
            if BUTTON.fullmatch(step):
                self.api.world.press(self.chat, step)
            else:
                self.api.world.say(self.chat, step, language="es")
            heard = (await self.api.wait_for_reply(self.chat)).text
        return heard


@dataclass
class Web:
    """Somebody in the web chat."""

    http: aiohttp.ClientSession
    address: str
    token: str
    language: str

    async def do(self, *steps: str) -> str:
        """Taps what looks like a button, types the rest."""
        found: list[dict[str, Any]] = []
        for step in steps:
            found = await self._send({"choice" if BUTTON.fullmatch(step) else "text": step})
        assert {message["language"] for message in found} == {self.language}
        return "\n\n".join(message["text"] for message in found)

    async def reads(self, after: int = 0) -> str:
        """Everything in the chat."""
        async with self.http.get(f"{self.address}?after={after}", headers=self._headers) as response:
            return "\n\n".join(message["text"] for message in (await response.json())["messages"])

    async def _send(self, message: dict[str, str]) -> list[dict[str, Any]]:
        async with self.http.post(self.address, json=message, headers=self._headers) as response:
            assert response.status == 200
            found: list[dict[str, Any]] = (await response.json())["messages"]
            return found

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class Wires:
    """The assistant, and what leads to it."""

    running: Running
    api: BotApi
    http: aiohttp.ClientSession

    async def web(self, language: str) -> Web:
        """A new web chat."""
        base = f"{self.running.address}/api/v1/chat"
        async with self.http.post(base, json={"language": language}) as response:
            opened = await response.json()
        return Web(self.http, f"{base}/{opened['conversation']}/messages", opened["token"], language)


@pytest.fixture
async def wires(tmp_path: Path) -> AsyncIterator[Wires]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with BotApi() as api, aiohttp.ClientSession() as http:
        settings = Settings(_env_file=None, data_dir=tmp_path, port=port, telegram_bot_token=TOKEN, telegram_api_url=api.url)
        async with assistant(settings) as running:
            yield Wires(running, api, http)


def needs(name: str) -> tuple[str, ...]:
    """From the number of people to the way one travels."""
    return ("people:1", name, "Oficina", f"{name.split()[0].lower()}@example.org", "-", "languages:es", "interpretation:de",
            "diet:vegan", "-", "-")


async def registers_first(south: Telegram | Web, town: str, name: str) -> str:
    """The Southern side, with a partner to come; returns the partner's code."""
    await south.do("/start conf-lima-2028", "/conf lima-2028 register", "consent:yes", "company:later", "side:south")
    heard = await south.do("Nicaragua", town, *needs(name), "visa:no", "sure:yes")
    code = CODE.search(heard)
    assert code is not None
    return code[1]


@pytest.mark.slow  # Telegram takes one message a second in each chat
async def test_one_edits_one_withdraws_and_the_waiting_pair_moves_up(wires: Wires) -> None:
    one = await entered(wires.running.store, **LIMA)
    ana, bernd = Telegram(wires.api, 7), await wires.web("de")
    rosa, clara = await wires.web("es"), await wires.web("de")
    code = await registers_first(ana, "Corinto", "Ana Pérez")
    await bernd.do(f"/start pair-{code}", "consent:yes", "Köln", *needs("Bernd Maier"), "sure:yes")
    assert "Köln" in (await ana.api.wait_for_reply(ana.chat)).text  # she is told that he comes
    code = await registers_first(rosa, "León", "Rosa Díaz")
    await clara.do(f"/start pair-{code}", "consent:yes", "Hamburg", *needs("Clara Vogt"), "sure:yes")
    assert "Hamburg" in await rosa.reads()
    assert [kept.status for kept in await of(wires.running.store, one)] == [Status.CONFIRMED] * 2 + [Status.WAITING] * 2

    await ana.do("/conf lima-2028 change", "/change role", "Alcaldesa", "sure:yes")
    await bernd.do("/conf lima-2028 withdraw", "sure:yes")
    assert "Köln" in (await ana.api.wait_for_reply(ana.chat)).text  # and that he does not
    assert "Partnership Conference Asia" in (await rosa.reads()).splitlines()[-3]
    assert "Partnerschaftskonferenz Asien" in (await clara.reads()).splitlines()[-3]
    await rosa.do("/conf lima-2028 accept")
    await clara.do("/conf lima-2028 accept")
    kept = await of(wires.running.store, one)
    assert [(each.municipality, each.status) for each in kept] == [
        ("Corinto", Status.CONFIRMED), ("Köln", Status.WITHDRAWN), ("León", Status.CONFIRMED), ("Hamburg", Status.CONFIRMED)]
    assert kept[0].attendees[0].role == "Alcaldesa"
    assert {each.language for each in kept} == {"es", "de"}
