"""What a demonstration is played on: the real engine and the real desk, with a clock that the script moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession, DummyCookieJar, web
from sqlalchemy import delete, event, update

from bot.announcements.tick import Tick
from bot.desk.live import Watch
from bot.desk.pages import Desk
from bot.desk.visit import Office
from bot.engine.brain import Brain
from bot.engine.engine import Engine, utc_now
from bot.engine.jobs import work_off
from bot.engine.unsent import beat
from bot.inbox.handing import TeamTurns
from bot.knowledge import LiveKnowledge
from bot.settings import Settings
from bot.store.database import Store
from bot.store.migrate import migrate
from bot.store.schema import message, staff_session
from bot.store.staff import ROLES, Role, add_staff
from flows.notices import Links
from knowledge import Knowledge

from .clerk import Clerk
from .folder import SECOND_ABOVE
from .nowhere import Nowhere
from .player import Player

NAMES: dict[Role, str] = {"viewer": "Vera Viewer (Beispiel)", "editor": "Emil Editor (Beispiel)",
                          "admin": "Anna Admin (Beispiel)"}
LONG = timedelta(days=60)  # the time that is played
QUICK = 1000.0  # messages a second: nobody is there to be spared
BLOCKED, GONE = ("900011", "900023"), ("900031",)


@dataclass
class Clock:
    """The time on the stage."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """The engine, the desk, the team and the clock."""

    store: Store
    engine: Engine
    clock: Clock
    team: dict[Role, Clerk]
    opened_at: datetime

    @property
    def editor(self) -> Clerk:
        return self.team["editor"]

    @property
    def admin(self) -> Clerk:
        return self.team["admin"]

    def person(self, channel: str, address: str, language: str) -> Player:
        """Somebody who writes."""
        return Player(self.engine, channel, address, language)

    async def moves_to(self, moment: datetime) -> None:
        """Lets time pass, and does what became due in it."""
        self.clock.now = max(self.clock.now, min(moment, self.opened_at))
        await work_off(self.store, self.engine.replica, self.engine.brain.knowledge, self.clock())

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Announcements go out as long as this lasts."""
        async with self.store.write() as connection:
            await beat(connection, self.engine.replica, utc_now() + timedelta(days=1))
        nowhere = {"telegram": Nowhere(BLOCKED, GONE)}
        tick = Tick(self.store, self.engine.replica, nowhere, self.engine.rate, self.engine.window, self.clock, lambda: True)
        tick.start()
        try:
            yield
        finally:
            await tick.stop()

    async def passes(self, **by: float) -> None:
        """Lets time pass: `passes(minutes=2)`."""
        await self.moves_to(self.clock.now + timedelta(**by))


@asynccontextmanager
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    """Opens a stage on an empty store; the clock stands where the script begins."""
    async with AsyncExitStack() as stack:
        store = Store(settings.database)
        stack.push_async_callback(store.close)
        event.listen(store.engine.sync_engine, "connect", _hasten)
        await migrate(store)
        opened_at = utc_now()
        clock = Clock(opened_at - LONG)
        engine = _engine(settings, store, clock)
        await engine.start(beside=True)
        stack.push_async_callback(engine.stop)
        address = await _open_desk(engine, stack)
        browser = await stack.enter_async_context(ClientSession(cookie_jar=DummyCookieJar()))
        async with store.write() as connection:
            members = {role: await add_staff(connection, NAMES[role], role, clock()) for role in ROLES}
        team = {role: Clerk(member, browser, address, store, clock) for role, member in members.items()}
        yield Stage(store, engine, clock, team, opened_at)
        async with store.write() as connection:
            await connection.execute(delete(staff_session))
            await connection.execute(update(message).where(message.c.sent_at.is_(None)).values(sent_at=message.c.at, owner=None))


def _engine(settings: Settings, store: Store, clock: Clock) -> Engine:
    """As `run` makes it, without what takes long to load: words alone find the answers to these questions."""
    knowledge = Knowledge()
    brain = Brain(knowledge, settings.default_language, Links(base=settings.base_url))
    return Engine(store, brain, LiveKnowledge(knowledge), {}, clock, QUICK)


async def _open_desk(engine: Engine, stack: AsyncExitStack) -> str:
    """The desk on a port that nobody else knows."""
    application = web.Application()
    office = Office(engine.store, engine.now, engine.live, TeamTurns(engine), Watch(engine.store), second_above=SECOND_ABOVE)
    Desk(office).setup(application)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def _hasten(connection: Any, _record: object) -> None:
    """A draft that a crash spoils is made anew: there is no need to wait for the disk."""
    connection.execute("PRAGMA synchronous=OFF")
