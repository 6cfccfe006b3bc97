"""Debian's Chromium, and the real assistant for it to talk with."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from bot.channels.web.channel import WebChannel
from bot.messages import Body
from bot.settings import Settings
from bot.store import chats
from bot.store.chats import NewMessage
from tests.support.engine import Party, party

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-dev-shm-usage", "--no-first-run"]


@dataclass
class Site:
    """The assistant on a real port; another site can be had beside it, to embed the chat there."""

    party: Party
    server: TestServer
    other: TestServer

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.port}"

    async def write(self, text: str, author: str = "staff") -> None:
        """A message to the only conversation, as another process would store it."""
        engine = self.party.engine
        async with self.party.store.write() as connection:
            now = engine.now()
            await chats.add_messages(connection, [NewMessage(1, author, Body((("plain", text),), "en"), now, sent_at=now)])


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; CI has to install it")
        pytest.skip("needs Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with party(f"sqlite+aiosqlite:///{tmp_path / 'chat.sqlite'}") as running, _embedding_site() as other:
        application = web.Application(client_max_size=64 * 1024)
        channel = WebChannel(running.engine, running.engine.conversations, Settings(_env_file=None), keep_alive=1.0)
        channel.setup(application)
        server = TestServer(application)
        await server.start_server()
        yield Site(running, server, other)
        await server.close()


@asynccontextmanager
async def _embedding_site() -> AsyncIterator[TestServer]:
    """A page of somebody else's, under another name; `?chat=` is where the chat lives."""

    async def town(request: web.Request) -> web.Response:
        script = f'<script src="{request.query["chat"]}/embed.js" data-language="en" async></script>'
        page = f'<!doctype html><html lang="en"><title>Town</title><h1>Our town</h1>{script}</html>'
        policy = f"default-src 'none'; script-src {request.query['chat']}; frame-src {request.query['chat']}"
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": policy})

    application = web.Application()
    application.router.add_get("/", town)
    server = TestServer(application)
    await server.start_server()
    yield server
    await server.close()


@asynccontextmanager
async def tab(browser: Browser, *, script: bool = True, language: str = "en", width: int = 1280, dark: bool = False,
              height: int = 800) -> AsyncIterator[Page]:
    """A new browser profile with one tab; what its pages complain about fails the test."""
    context = await browser.new_context(java_script_enabled=script, locale=language, viewport={"width": width, "height": height},
                                        color_scheme="dark" if dark else "light", has_touch=width < 600)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    await context.close()
    assert complaints == []
