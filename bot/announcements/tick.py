"""The heartbeat of sending: one short transaction saves results, frees what the dead left, claims, and reserves slots.

Every replica runs it side by side with its chats. While there is nothing to send it is one cheap look twice a second.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy import exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED, Announcer, Attachment, Notice
from bot.store.announcement_tables import announcement, delivery
from bot.store.database import Store

from .claim import Claim, Running, claim
from .courier import Courier, Parcel, Unsaved
from .fill import fill_one
from .outcome import close_finished, finished, keep_file_id, release_dead, release_strays, save
from .pulled import lay_in
from .rate import SharedRate, Window
from .store import Library

log = structlog.get_logger()
EVERY = 0.1  # seconds between ticks while there is something to send
SOON = 0.05  # seconds at least from one to the next, where results come in one by one
IDLE = 0.5  # seconds between looks while there is not
AHEAD = 0.3  # seconds for which slots are reserved in advance: more than one slow tick takes
MOST_HELD = 1000  # claims of one replica at a time, however fast it may send
LOOK_EVERY = 0.5  # seconds between looks for claims of the dead, and for web chats to write to


class Tick:
    """Announcements of one replica, from their rows to their results."""

    def __init__(self, store: Store, replica: str, announcers: Mapping[str, Announcer], rate: SharedRate, window: Window,
                 now: Callable[[], datetime], fresh: Callable[[], bool]) -> None:
        self._store, self._me, self._announcers, self._rate, self._now = store, replica, announcers, rate, now
        self._library = Library()
        self._courier = Courier(announcers, window, now, fresh)
        self._shortest = min(EVERY, max(SOON, rate.per_second / 1000))
        self._most_held = int(max(8, min(MOST_HELD, rate.per_second / 2)))
        self._freed_at = self._laid_at = -LOOK_EVERY
        self._laying = False
        self._afresh = True  # at the start and after a failed tick: look at what may have been left behind
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begins to look for something to send."""
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._courier.run())]

    async def stop(self) -> None:
        """Finishes what is being sent, gives back what is not, and saves both."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._courier.finish(patience=5.0)
        with suppress(Exception):  # unsaved results come back as claims of a replica that is gone
            async with self._store.write() as connection:
                await self._save(connection, self._courier.take_unsaved())

    async def _run(self) -> None:
        while True:
            began = asyncio.get_running_loop().time()
            try:
                active = (self._courier.outstanding or await self._anything_due()) and await self._once()
            except Exception:
                log.exception("announcements: tick failed")
                active = False
            await self._pause(began, bool(active))

    async def _pause(self, began: float, active: bool) -> None:
        """At low rates a result is saved almost at once, so that a crash leaves little in doubt."""
        self._courier.wake.clear()
        spent = asyncio.get_running_loop().time() - began
        await asyncio.sleep(max(self._shortest - spent, 0.0))
        longest = EVERY if active or self._courier.outstanding else IDLE
        with suppress(TimeoutError):
            await asyncio.wait_for(self._courier.wake.wait(), max(longest - spent, 0.0))

    async def _once(self) -> bool:
        """One tick; whether there was anything to do."""
        taken, late = self._courier.take_unsaved(), self._courier.take_without_slot()
        try:
            async with self._store.write() as connection:
                running = await self._prepare(connection, taken)
                moved = await self._progress(connection, running, is_new=bool(taken.outcomes))
                claimed = await self._claim(connection, running)
                parcels = [*late, *claimed]
                slots = await self._rate.reserve(connection, len(parcels), given_back=len(late)) if parcels else None
        except BaseException:
            self._courier.put_back(taken, late)
            self._afresh = True
            raise
        if slots is not None:
            self._courier.accept(parcels, slots)
        return bool(taken.outcomes or moved or parcels)

    async def _prepare(self, connection: AsyncConnection, taken: Unsaved) -> list[Running]:
        """Saves what has become of claims, frees those of the dead, and learns what is running."""
        await self._save(connection, taken)
        if self._afresh:
            await self._rate.begin(connection)
            await release_strays(connection, self._me, self._courier.held)
            self._afresh = False
        time = asyncio.get_running_loop().time()
        if time - self._freed_at >= LOOK_EVERY:
            self._freed_at = time
            await release_dead(connection)
        running = await self._library.running(connection)
        self._courier.keep_only([one.id for one in running])
        return running

    async def _save(self, connection: AsyncConnection, taken: Unsaved) -> None:
        if taken.outcomes:
            await save(connection, self._me, taken.outcomes, self._now())
        for number, file_id in taken.files.items():
            await keep_file_id(connection, number, file_id)
        if taken.hush:
            await self._rate.push(connection, taken.hush)

    async def _progress(self, connection: AsyncConnection, running: Sequence[Running], *, is_new: bool) -> bool:
        """Makes rows, lays messages into web chats, and closes what is finished; whether there was any of it."""
        filled = not all(one.filled for one in running) and await fill_one(connection, self._now())
        laid = 0
        time = asyncio.get_running_loop().time()
        if filled or self._laying or time - self._laid_at >= LOOK_EVERY:
            self._laid_at = time
            laid = sum([await lay_in(connection, self._me, one, self._now()) for one in running])
        self._laying = laid > 0
        if running and (is_new or filled or laid or not self._courier.outstanding):
            await close_finished(connection, [one.id for one in running], self._now())
        return bool(filled or laid)

    async def _claim(self, connection: AsyncConnection, running: Sequence[Running]) -> list[Parcel]:
        parcels: list[Parcel] = []
        wanted = self._room()
        for one in running:
            room = wanted - len(parcels)
            if room <= 0:
                break
            file = await self._library.file(connection, one.id)
            if file is not None and file.file_id is None:
                room = await self._turn_to_upload(connection, one)
            claims = await claim(connection, self._me, one, self._announcers.keys() - PULLED, room, self._now())
            parcels += [parcel for parcel in (_parcel(one, recipient, file) for recipient in claims) if parcel]
        return parcels

    def _room(self) -> int:
        """How many more to claim: what fills the slots of the next moments, and never more than may be in doubt after a crash."""
        lead = self._courier.lead
        if lead > AHEAD / 2:
            return 0
        return min(self._most_held - self._courier.outstanding, math.ceil(self._rate.per_second * (AHEAD - lead)))

    async def _turn_to_upload(self, connection: AsyncConnection, one: Running) -> int:
        """The first message takes the file along; the others wait until Telegram has named it."""
        await connection.execute(select(announcement.c.id).where(announcement.c.id == one.id).with_for_update())
        held = await connection.scalar(
            select(exists().where(delivery.c.owner.is_not(None), delivery.c.announcement_id == one.id)))
        return 0 if held else 1

    async def _anything_due(self) -> bool:
        waiting = exists().where(delivery.c.announcement_id == announcement.c.id, delivery.c.state == "waiting",
                                 delivery.c.owner.is_(None), delivery.c.not_before <= self._now(),
                                 delivery.c.channel.in_(self._announcers.keys() | PULLED)).correlate(announcement)
        left_behind = exists().where(delivery.c.owner.is_not(None), delivery.c.announcement_id == announcement.c.id,
                                     ).correlate(announcement)
        query = select(announcement.c.id).where(
            announcement.c.state == "running", or_(announcement.c.filled == false(), waiting, left_behind, finished())).limit(1)
        async with self._store.read() as connection:
            return await connection.scalar(query) is not None


def _parcel(running: Running, recipient: Claim, file: Attachment | None) -> Parcel | None:
    body = running.content.body(recipient.language, recipient.name)
    return None if body is None else Parcel(recipient, Notice(recipient.handle, body, file))
