"""The composition root: settings in, a running assistant out. Nothing is made at import."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import web

from bot.announcements.files import AnnouncementFiles
from bot.announcements.tick import Tick
from bot.channels.web.channel import WebChannel
from bot.conferences.pages.own import OwnPages
from bot.conferences.pages.public import ConferencePages
from bot.demo.nowhere import Nowhere
from bot.desk.bell import Bell
from bot.desk.colleagues import Colleagues
from bot.desk.live import Watch
from bot.desk.openid import OpenId
from bot.desk.pages import Desk
from bot.desk.visit import Office
from bot.desk.words import spoken
from bot.documents.shelf import Shelf
from bot.engine.assembly import assembled
from bot.engine.engine import Engine
from bot.health import Health
from bot.inbox.handing import TeamTurns
from bot.links.lending import Lending
from bot.links.pages import LinkPages
from bot.messages import Announcer, Sender
from bot.privacy.retention import forget_by_time, forget_deliveries
from bot.settings import Settings
from bot.store.database import Store
from bot.store.lock import only_process
from bot.store.migrate import migrate
from bot.vitals import Process
from flows.notices import Links

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel

log = structlog.get_logger()
CLEAN_EVERY = 3600.0  # seconds between looks for what is too old to keep


@dataclass(frozen=True)
class Running:
    """A started assistant."""

    engine: Engine
    store: Store
    address: str


@asynccontextmanager
async def assistant(settings: Settings) -> AsyncIterator[Running]:
    """Starts everything that is configured, and stops it in the opposite order.

    Raises AlreadyRunning where another process works on the same SQLite file, OSError where the port is taken.
    """
    async with AsyncExitStack() as stack:
        store = Store(settings.database)
        stack.push_async_callback(store.close)
        if store.is_sqlite:
            stack.enter_context(only_process(store))
        await migrate(store)
        senders: dict[str, Sender] = {"telegram": Nowhere()} if settings.is_demonstration else {}
        engine = assembled(settings, store, senders)
        web_channel = WebChannel(engine, engine.conversations, settings, notices=lambda: engine.board.notices)
        application = web.Application(client_max_size=64 * 1024)
        web_channel.setup(application)
        shelf = Shelf(settings.documents)
        Desk(_office(settings, store, engine, shelf)).setup(application)
        AnnouncementFiles(store).setup(application)
        lending = Lending(store, engine.live, engine.now, settings.base_url, shelf)
        LinkPages(lending, settings.base_url).setup(application)
        links = _links(engine)
        ConferencePages(store, engine.live, engine.now, settings.base_url, links).setup(application)
        OwnPages(store, engine.now, settings.base_url, links).setup(application)
        Health(store, engine).setup(application)
        telegram = _telegram(settings, engine.brain.know_bot, lending)
        words = spoken(settings.default_language)  # of the team's group
        if telegram is not None:
            senders["telegram"] = telegram
            application.add_routes(telegram.routes())
        await engine.start()
        stack.push_async_callback(engine.stop)
        address = await _serve(application, settings, stack)
        if telegram is not None:
            await telegram.start(engine, engine.presence, Colleagues(store, words, engine.now))
            stack.push_async_callback(telegram.stop)
        tick = Tick(store, engine.replica, _announcers(senders), engine.rate, engine.window, engine.now, lambda: engine.is_fresh)
        tick.start()
        stack.push_async_callback(tick.stop)
        _in_background(_clean(store, engine), stack)
        _in_background(Bell(store, engine.replica, telegram, settings.staff_telegram_group, words, engine.now).run(), stack)
        yield Running(engine, store, address)


def _links(engine: Engine) -> Callable[[], Links]:
    """The addresses as the team has set them by now."""
    return lambda: engine.brain.notices.over(engine.brain.links)


def _announcers(senders: Mapping[str, Sender]) -> dict[str, Announcer]:
    """The channels that announcements are sent through; the others fetch theirs."""
    return {channel: sender for channel, sender in senders.items() if isinstance(sender, Announcer)}


def _office(settings: Settings, store: Store, engine: Engine, shelf: Shelf) -> Office:
    return Office(store, engine.now, engine.live, TeamTurns(engine), Watch(store), public_url=settings.public_url,
                  second_above=settings.second_approval_above, rate=settings.broadcast_rate,
                  process=_process(settings, engine), openid=_openid(settings), shelf=shelf)


def _openid(settings: Settings) -> OpenId | None:
    if not (settings.openid_issuer and settings.openid_client_id):
        return None
    secret = settings.openid_client_secret
    return OpenId(settings.openid_issuer, settings.openid_client_id, secret.get_secret_value() if secret else "",
                  settings.openid_claim)


def _process(settings: Settings, engine: Engine) -> Process:
    mode = settings.telegram_mode if settings.telegram_bot_token else "off"
    return Process(mode, lambda: engine.committer.length, engine.replica, settings.is_demonstration)


def _telegram(settings: Settings, named: Callable[[str | None], None], lending: Lending) -> TelegramChannel | None:
    if not settings.telegram_bot_token:
        return None
    from bot.channels.telegram.channel import TelegramChannel  # dear to import, and only needed with a token

    secret = settings.telegram_webhook_secret
    return TelegramChannel(
        token=settings.telegram_bot_token.get_secret_value(), api_url=settings.telegram_api_url, mode=settings.telegram_mode,
        webhook_secret=secret.get_secret_value() if secret else "", public_url=settings.base_url,
        named=named, lend=lending.attachment, group=settings.staff_telegram_group)


async def _serve(application: web.Application, settings: Settings, stack: AsyncExitStack) -> str:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=3)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, settings.host, settings.port)
    await site.start()
    port = runner.addresses[0][1]
    return settings.public_url.rstrip("/") or f"http://{settings.host}:{port}"


def _in_background(work: Coroutine[Any, Any, None], stack: AsyncExitStack) -> None:
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()  # then wait: a database call that is broken off by the end of the loop never returns
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(end)


async def _clean(store: Store, engine: Engine) -> None:
    while True:
        try:
            await forget_by_time(store, engine.now())
            await forget_deliveries(store, engine.now())
        except Exception:
            log.exception("what is too old was not deleted")  # it is tried again
        await asyncio.sleep(CLEAN_EVERY)


async def run_until_stopped(settings: Settings, started: Callable[[Running], Awaitable[None]]) -> None:
    """Runs the assistant until SIGINT or SIGTERM; `started` is awaited once it is up."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with assistant(settings) as running:
        await started(running)
        await stop.wait()
