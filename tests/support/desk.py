"""The staff desk on a real port, and a browser without scripts that reads its pages and sends its forms."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.desk.live import Watch
from bot.desk.openid import OpenId
from bot.desk.pages import Desk
from bot.desk.visit import Office
from bot.engine.brain import Brain
from bot.engine.engine import Engine
from bot.inbox.handing import TeamTurns
from bot.knowledge import LiveKnowledge
from bot.store.database import Store
from bot.store.schema import chat, enquiry, miss, person
from bot.store.staff import Role, add_staff, new_link
from flows.notices import Links
from tests.support.engine import shelf_beside
from tests.support.talk import knowledge

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOKEN = re.compile(r'name="token" value="(\w+)"')


@dataclass(frozen=True)
class Page:
    """An answer of the desk."""

    status: int
    text: str
    path: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """What is read on it, without markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.text)).split())

    @property
    def token(self) -> str:
        """The token of its forms; empty where there is none."""
        found = TOKEN.search(self.text)
        return found[1] if found else ""


@dataclass
class Browser:
    """One person's browser at the desk."""

    client: TestClient[web.Request, web.Application]
    store: Store
    language: str = "en"

    async def get(self, path: str, **query: str) -> Page:
        async with self.client.get(path, params=query, headers={"Accept-Language": self.language}) as response:
            return Page(response.status, await response.text(errors="replace"), str(response.url.path_qs), response.headers)

    async def glance(self, path: str) -> Page:
        """A stream's beginning."""
        async with self.client.get(path, headers={"Accept-Language": self.language}) as response:
            text = (await response.content.readline()).decode() if response.status == 200 else await response.text()
            return Page(response.status, text, str(response.url.path_qs), response.headers)

    async def post(self, path: str, form: Mapping[str, str], *, follow: bool = True) -> Page:
        """Sends a form just as it is given."""
        sending = self.client.post(path, data=form, headers={"Accept-Language": self.language}, allow_redirects=follow)
        async with sending as response:
            return Page(response.status, await response.text(errors="replace"), str(response.url.path_qs), response.headers)

    async def send(self, path: str, seen_on: str = "/desk", **form: str) -> Page:
        """Sends a form with the token of the page that it is seen on."""
        return await self.post(path, {**form, "token": (await self.get(seen_on)).token})

    async def sign_in(self, role: Role, name: str = "") -> Page:
        """Comes in by a one-time link of that role."""
        async with self.store.write() as connection:
            member = await add_staff(connection, name or role, role, NOW)
            code = await new_link(connection, member, NOW)
        return await self.send(f"/desk/sign-in/{code}", f"/desk/sign-in/{code}")


@asynccontextmanager
async def desk(store: Store, live: LiveKnowledge | None = None, public_url: str = "",
               openid: OpenId | None = None) -> AsyncIterator[Browser]:
    """The desk over a store; the clock stands at NOW."""
    application = web.Application(client_max_size=64 * 1024)
    known = live or LiveKnowledge(knowledge())
    assistant = Engine(store, Brain(knowledge(), "en", Links()), known, {})  # not started: people's turns run elsewhere
    Desk(Office(store, lambda: NOW, known, TeamTurns(assistant), Watch(store), public_url, openid=openid,
                shelf=shelf_beside(store))).setup(application)
    async with TestClient(TestServer(application), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Browser(client, store)


async def a_chat(store: Store, handle: str = "telegram:7", language: str = "es") -> int:
    """A person with a chat; returns the chat's number."""
    async with store.write() as connection:
        owner = await connection.scalar(person.insert().values(created_at=NOW).returning(person.c.id))
        number = await connection.scalar(chat.insert().values(
            person_id=owner, handle=handle, language=language, state={}, version=0, created_at=NOW, seen_at=NOW,
        ).returning(chat.c.id))
    return int(number or 0)


async def an_enquiry(store: Store, reference: str = "E-AAAA22", chat_id: int = 1, **values: object) -> None:
    """An open enquiry of the person behind a chat."""
    async with store.write() as connection:
        row = {"reference": reference, "person_id": chat_id, "chat_id": chat_id, "question": "¿Cuánto dura una misión?",
               "contact": "", "language": "es", "status": "open", "opened_at": NOW}
        await connection.execute(enquiry.insert().values({**row, **values}))


async def a_miss(store: Store, text: str, language: str = "en", reason: str = "unknown", *articles: str) -> int:
    """A question asked in vain; returns its number."""
    async with store.write() as connection:
        number = await connection.scalar(miss.insert().values(
            text=text, language=language, articles=list(articles), reason=reason, at=NOW).returning(miss.c.id))
    return int(number or 0)
