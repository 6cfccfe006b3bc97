"""What is new in the inbox, told to open pages: one look a second for the whole process, and only while somebody watches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from bot.inbox.finding import entries_after, newest_entry, unread
from bot.store.database import Store

log = structlog.get_logger()
LOOK_EVERY = 1.0  # seconds
KEEP_ALIVE = 15.0  # seconds; proxies close silent connections
LONGEST = 120.0  # seconds; then the browser connects anew, and its session is checked anew
BEHIND = 100  # numbers: two processes may commit a little out of order
MOST_WAITING = 20  # news that a slow browser has yet to take
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache, no-transform",
           "X-Accel-Buffering": "no"}


@dataclass(frozen=True)
class News:
    """The enquiries that something has happened to, and how many are unread, by member of the team."""

    changed: tuple[str, ...]
    unread: Mapping[int, int]


@dataclass(eq=False)
class Viewer:
    """One open page."""

    member: int
    news: asyncio.Queue[News] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))


class Watch:
    """Looks, and tells all viewers of this process."""

    def __init__(self, store: Store, every: float = LOOK_EVERY) -> None:
        self._store, self._every = store, every
        self._viewers: set[Viewer] = set()
        self._streams: set[asyncio.Task[object]] = set()
        self._looking: asyncio.Task[None] | None = None
        self._floor, self._seen = 0, set[int]()
        self._marked = False

    def marked(self) -> None:
        """Somebody has read something: counts have changed, though nothing was written."""
        self._marked = True

    async def serve(self, request: web.Request, member: int) -> web.StreamResponse:
        """Answers a request with what is new, until the browser leaves."""
        task, viewer = asyncio.current_task(), Viewer(member)
        assert task is not None, "a handler runs in a task"
        response = web.StreamResponse(headers=HEADERS)
        self._streams.add(task)
        try:
            await self._begin(viewer)
            await response.prepare(request)
            await self._write(response, viewer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the browser has left, or the server stops
        finally:
            self._viewers.discard(viewer)
            self._streams.discard(task)
        return response

    async def close(self, _application: web.Application) -> None:
        """Ends all streams, and the looking."""
        tasks = [*self._streams, *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _begin(self, viewer: Viewer) -> None:
        async with self._store.read() as connection:
            counts = await unread(connection, [viewer.member])
            if not self._viewers:
                self._floor = max(0, await newest_entry(connection) - BEHIND)
                self._seen = {number for number, _reference in await entries_after(connection, self._floor)}
        viewer.news.put_nowait(News((), counts))
        self._viewers.add(viewer)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_on())

    async def _look_on(self) -> None:
        while self._viewers:
            await asyncio.sleep(self._every)
            try:
                await self._look()
            except Exception:
                log.exception("no look into the inbox")

    async def _look(self) -> None:
        marked, self._marked = self._marked, False
        async with self._store.read() as connection:
            found = [one for one in await entries_after(connection, self._floor) if one[0] not in self._seen]
            if not found and not marked:
                return
            counts = await unread(connection, {viewer.member for viewer in self._viewers})
        self._seen.update(number for number, _reference in found)
        self._forget_old()
        news = News(tuple(dict.fromkeys(reference for _number, reference in found)), counts)
        for viewer in self._viewers:
            with suppress(asyncio.QueueFull):  # what it misses stands on the page that the next news make it fetch
                viewer.news.put_nowait(news)

    def _forget_old(self) -> None:
        self._floor = max(self._floor, max(self._seen, default=0) - BEHIND)
        self._seen = {number for number in self._seen if number > self._floor}

    async def _write(self, response: web.StreamResponse, viewer: Viewer) -> None:
        await response.write(b"retry: 3000\n\n")
        clock: Callable[[], float] = asyncio.get_running_loop().time
        end = clock() + LONGEST
        while clock() < end:
            try:
                news = await asyncio.wait_for(viewer.news.get(), KEEP_ALIVE)
            except TimeoutError:
                await response.write(b": still here\n\n")
            else:
                told = {"changed": news.changed, "unread": news.unread.get(viewer.member, 0)}
                await response.write(f"data: {json.dumps(told)}\n\n".encode())
