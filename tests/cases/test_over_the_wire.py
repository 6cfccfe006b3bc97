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
from tests.support import papers
from tests.support.bot_api import TOKEN, BotApi
from tests.support.bot_faults import BROKEN, LOST
from tests.support.bot_world import Reply

ANA = 7
POINTS = ("talked", "agreement", "long-term", "staff", "participation", "departments", "stakeholders")


@dataclass
class Telegram:
    """Ana's app."""

    api: BotApi

    async def say(self, text: str) -> str:
        self.api.world.say(ANA, text, language="es")
        return (await self.api.wait_for_reply(ANA)).text

    async def send(self, name: str, content: bytes, caption: str = "") -> str:
        self.api.world.send_file(ANA, name, content, caption=caption, language="es")
        return (await self.api.wait_for_reply(ANA)).text

    async def file(self) -> tuple[str, bytes]:
        """The next message as a file: its name and its content."""
        number = (await self.api.wait_for_reply(ANA)).asked["file"]
        return self.api.world.names[number], self.api.world.contents[number]

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

    async def attach(self, name: str, content: bytes, **fields: str) -> dict[str, Any]:
        form = aiohttp.FormData({"text": "", **fields})
        form.add_field("file", content, filename=name)
        address = self.address.replace("/messages", "/documents")
        async with self.http.post(address, data=form, headers={"Authorization": f"Bearer {self.token}"}) as response:
            return {"status": response.status, **await response.json()}

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


async def together(ana: Telegram, bernd: Web) -> None:
    """Ana opens the checklist, Bernd joins by her link."""
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


@pytest.mark.slow
async def test_two_people_on_two_channels_in_two_languages_finish_a_checklist(wires: tuple[Telegram, Web]) -> None:
    ana, bernd = wires
    await together(ana, bernd)
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


async def test_a_document_goes_from_telegram_to_the_web_and_back_as_a_file(wires: tuple[Telegram, Web]) -> None:
    ana, bernd = wires
    await together(ana, bernd)
    acta, brief = papers.pdf("Acta"), papers.office()
    assert "acta.pdf" in await ana.send("acta.pdf", acta, "Firmada")
    await ana.tap("item:staff")
    assert "📄 acta.pdf" in [label for label, _id in (await opened(ana, "staff")).buttons]
    files = (await bernd.tap("/case 1 doc 1"))["documents"]
    async with bernd.http.get(files[0]["url"]) as response:
        assert (await response.read(), response.headers["Content-Disposition"]) == (acta, "attachment; filename*=UTF-8''acta.pdf")
    await bernd.tap("/case 1 attach staff")
    sent = await bernd.attach("Brief.docx", brief, id="one")
    assert "Brief.docx" in sent["messages"][0]["text"]
    assert await bernd.attach("Brief.docx", brief, id="one") == sent, "sent again, it changes nothing"
    await opened(ana, "staff")
    ana.api.world.press(ANA, "/case 1 doc 2")
    assert await ana.file() == ("Brief.docx", brief)
    assert "Brief.docx" in (await ana.api.wait_for_reply(ANA)).text, "its words and buttons come after the file"
    async with bernd.http.get(f"{files[0]['url'].rpartition('/files/')[0]}/files/AAAAAAAAAA/document") as response:
        assert response.status == 404


async def test_a_picture_and_a_faulty_download_from_telegram(wires: tuple[Telegram, Web]) -> None:
    ana, bernd = wires
    await together(ana, bernd)
    ana.api.faults["download"].extend([BROKEN, LOST])
    assert "photo-" in await ana.send("", papers.picture("JPEG"))
    await ana.tap("item:staff")
    assert "image" not in await ana.send("leer.pdf", b"")
    ana.api.world.contents.clear()
    ana.api.world.post(ANA, {"document": {"file_id": "gone", "file_unique_id": "gone", "file_name": "x.pdf"}}, language="es")
    assert "x.pdf" in (await ana.api.wait_for_reply(ANA)).text


async def test_on_telegram_the_summary_comes_as_a_file(wires: tuple[Telegram, Web]) -> None:
    ana, bernd = wires
    await together(ana, bernd)
    await ana.say("/checklist")
    ana.api.world.press(ANA, "/case 1 summary")
    name, page = await ana.file()
    assert (name, page[:5]) == ("summary.pdf", b"%PDF-")
    name, text = await ana.file()
    assert (name, "Corinto" in text.decode()) == ("summary.txt", True)
    words_after = await ana.api.wait_for_reply(ANA)
    assert "/files/" not in words_after.text
    assert words_after.buttons


async def opened(ana: Telegram, point: str) -> Reply:
    """She opens the overview and the point from it; returns the point as she sees it."""
    await ana.say("/checklist")
    await ana.tap(f"/case 1 item {point}")
    return ana.api.world.replies[ANA][-1]
