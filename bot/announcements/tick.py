"""The heartbeat of sending: one short transaction saves results, frees what the dead left, claims, and reserves slots.

Every replica runs it side by side with its chats. While there is nothing to send it is one cheap look twice a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy import exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED, Announcer, Attachment, Notice
from bot.store.announcing import announcement, delivery
from bot.store.database import Store

from .claim import Claim, Running, claim
from .courier import Courier, Parcel
from .fill import fill_one
from .outcome import close_finished, finished, keep_file_id, release_dead, save
from .pulled import lay_in
from .rate import SharedRate, Slots, Window
from .store import Library

log = structlog.get_logger()
EVERY = 0.1  # seconds between ticks while there is something to send
IDLE = 0.5  # seconds between looks while there is not
AHEAD = 0.2  # seconds for which slots are reserved in advance
MOST_HELD = 1000  # claims of one replica at a time, however fast it may send
FREE_DEAD_EVERY = 0.5  # seconds


class Tick:
    """Announcements of one replica, from their rows to their results."""

    def __init__(self, store: Store, replica: str, announcers: Mapping[str, Announcer], rate: SharedRate, window: Window,
                 now: Callable[[], datetime], fresh: Callable[[], bool]) -> None:
        self._store, self._me, self._announcers, self._rate, self._now = store, replica, announcers, rate, now
        self._library = Library()
        self._courier = Courier(announcers, window, now, fresh)
        self._most_held = int(max(8, min(MOST_HELD, rate.per_second / 2)))
        self._freed_at = -FREE_DEAD_EVERY
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
                await self._save(connection)

    async def _run(self) -> None:
        while True:
            try:
                active = (self._courier.outstanding or await self._anything_due()) and await self._once()
            except Exception:
                log.exception("announcements: tick failed")
                active = False
            await self._pause(bool(active))

    async def _pause(self, active: bool) -> None:
        """At low rates a result is saved almost at once, so that a crash leaves little in doubt."""
        await asyncio.sleep(min(EVERY, self._rate.per_second / 1000))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._courier.wake.wait(), EVERY if active or self._courier.outstanding else IDLE)
        self._courier.wake.clear()

    async def _once(self) -> bool:
        """One tick; whether there was anything to do."""
        parcels: list[Parcel] = []
        slots: Slots | None = None
        try:
            async with self._store.write() as connection:
                saved = await self._save(connection)
                filled = await fill_one(connection, self._now())
                running = await self._library.running(connection)
                self._courier.keep_only([one.id for one in running])
                laid = sum([await lay_in(connection, self._me, one, self._now()) for one in running])
                await close_finished(connection, [one.id for one in running], self._now())
                parcels = [*self._courier.waiting_for_slots(), *await self._claimed(connection, running)]
                if parcels:
                    slots = await self._rate.reserve(connection, len(parcels))
        except BaseException:
            self._courier.accept([parcel for parcel in parcels if parcel.claim.attempts], None)
            raise
        self._courier.accept(parcels, slots)
        return bool(saved or filled or laid or parcels)

    async def _save(self, connection: AsyncConnection) -> bool:
        outcomes, files, hush = self._courier.take_outcomes()
        try:
            await save(connection, self._me, outcomes, self._now())
            for number, file_id in files.items():
                await keep_file_id(connection, number, file_id)
            if hush:
                await self._rate.push(connection, hush)
            time = asyncio.get_running_loop().time()
            if time - self._freed_at >= FREE_DEAD_EVERY:
                self._freed_at = time
                await release_dead(connection)
        except BaseException:
            self._courier.put_back(outcomes, files, hush)
            raise
        return bool(outcomes)

    async def _claimed(self, connection: AsyncConnection, running: Sequence[Running]) -> list[Parcel]:
        parcels: list[Parcel] = []
        for one in running:
            room = self._room() - len(parcels)
            if room <= 0:
                break
            file = await self._library.file(connection, one.id)
            if file is not None and file.file_id is None:
                room = await self._turn_to_upload(connection, one)
            claims = await claim(connection, self._me, one, self._announcers.keys() - PULLED, room, self._now())
            parcels += [parcel for parcel in (_parcel(one, recipient, file) for recipient in claims) if parcel]
        return parcels

    def _room(self) -> int:
        """How many more to claim: about one tick's worth, and never more than may be in doubt after a crash."""
        if self._courier.lead > AHEAD:
            return 0
        return min(self._most_held - self._courier.outstanding, max(1, round(self._rate.per_second * AHEAD)))

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
