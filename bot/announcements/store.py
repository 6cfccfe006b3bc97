"""Announcements as they are kept: composed, approved, started, paused, and read by those who send and those who watch."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, case, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Attachment, File
from bot.store.announcement_tables import announcement, announcement_file

from .claim import Running
from .compose import Composed
from .schedule import first_moment

State = Literal["draft", "proposed", "running", "paused", "cancelled", "done"]
FILES = "/announced"  # where the web channel serves files, by their secret key
RUNNING = (select(announcement.c.id, announcement.c.filled).where(announcement.c.state == "running")
           .order_by(announcement.c.id))
COUNTERS = ("total", "sent", "failed", "blocked", "left", "doubtful", "clicked", "departed", "registered")


@dataclass(frozen=True)
class Announcement:
    """One announcement with its counters; `author` and `approver` are numbers of staff."""

    id: int
    state: State
    composed: Composed
    author: int | None
    approver: int | None
    created_at: datetime
    start_at: datetime | None
    started_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None
    counters: dict[str, int]

    @property
    def waiting(self) -> int:
        """How many recipients are not settled."""
        done = ("sent", "failed", "blocked", "left")
        return max(0, self.counters["total"] - sum(self.counters[name] for name in done))


async def keep(connection: AsyncConnection, composed: Composed, author: int | None, now: datetime,
               content: bytes | None = None) -> int:
    """Keeps a draft, with its file's content where it has one; returns its number."""
    number = await connection.scalar(insert(announcement).values(
        state="draft", topic=composed.topic, source=composed.stored(), author_id=author, created_at=now, filled=False,
        **dict.fromkeys(COUNTERS, 0)).returning(announcement.c.id))
    if composed.file is not None and content is not None:
        await connection.execute(insert(announcement_file).values(
            announcement_id=number, kind=kind_of(composed.file), name=composed.file, content=content,
            key=secrets.token_urlsafe(18)))
    return int(number or 0)


async def announcement_numbered(connection: AsyncConnection, number: int) -> Announcement | None:
    """The announcement of a number."""
    row = (await connection.execute(select(announcement).where(announcement.c.id == number))).first()
    return read(row) if row else None


async def propose(connection: AsyncConnection, number: int) -> bool:
    """Lays a draft before a second person."""
    return await _move(connection, number, ("draft",), state="proposed")


async def start(connection: AsyncConnection, number: int, now: datetime, approver: int | None = None) -> bool:
    """Lets it go out at its time, or at once."""
    found = await announcement_numbered(connection, number)
    if found is None:
        return False
    local = found.composed.local_start
    moment = first_moment(local.date(), local.time()) if local else found.composed.start
    return await _move(connection, number, ("draft", "proposed"), state="running", approver_id=approver, start_at=moment,
                       started_at=max(now, moment) if moment else now)


async def pause(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Stops sending within a tick; what is on its way still arrives."""
    return await _move(connection, number, ("running",), state="paused", paused_at=now)


async def resume(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Goes on where it was paused."""
    found = await announcement_numbered(connection, number)
    if found is None or found.paused_at is None or found.started_at is None:
        return False
    paused = max(found.paused_at, min(found.started_at, now))
    return await _move(connection, number, ("paused",), state="running", paused_at=None,
                       started_at=found.started_at + (now - paused))


async def cancel(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Ends it for good; those who have not been written to never are."""
    return await _move(connection, number, ("draft", "proposed", "running", "paused"), state="cancelled", ended_at=now)


async def _move(connection: AsyncConnection, number: int, states: Sequence[State], **values: Any) -> bool:
    """Changes it if it is in one of these states; whether it was."""
    result = await connection.execute(
        update(announcement).where(announcement.c.id == number, announcement.c.state.in_(states)).values(**values))
    return result.rowcount == 1


@dataclass
class Library:
    """What running announcements say, read once: they do not change any more."""

    _running: dict[int, Running] = field(default_factory=dict)
    _files: dict[int, Attachment | None] = field(default_factory=dict)

    async def running(self, connection: AsyncConnection) -> list[Running]:
        """The running announcements, oldest first."""
        found = {row.id: row.filled for row in await connection.execute(RUNNING)}
        for number in found.keys() - self._running.keys():
            self._running[number] = await self._read(connection, number)
        self._running = {number: replace(self._running[number], filled=filled) for number, filled in found.items()}
        self._files = {number: file for number, file in self._files.items() if number in found}
        return list(self._running.values())

    async def file(self, connection: AsyncConnection, number: int) -> Attachment | None:
        """The file of an announcement; its content only until Telegram has it, since it is named from then on."""
        if number not in self._files:
            self._files[number] = await self._attachment(connection, number)
        known = self._files[number]
        if known is not None and known.file_id is None:
            file_id = await connection.scalar(select(announcement_file.c.file_id)
                                              .where(announcement_file.c.announcement_id == number))
            self._files[number] = known = Attachment(known.kind, known.name, b"", file_id) if file_id else known
        return known

    async def _read(self, connection: AsyncConnection, number: int) -> Running:
        row = (await connection.execute(select(announcement.c.topic, announcement.c.source)
                                        .where(announcement.c.id == number))).one()
        file = await file_link(connection, number)
        return Running(number, row.topic, False, Composed.model_validate(row.source).content(number, file))

    async def _attachment(self, connection: AsyncConnection, number: int) -> Attachment | None:
        content = case((announcement_file.c.file_id.is_(None), announcement_file.c.content), else_=b"").label("content")
        row = (await connection.execute(select(
            announcement_file.c.kind, announcement_file.c.name, announcement_file.c.file_id, content,
        ).where(announcement_file.c.announcement_id == number))).first()
        return Attachment(row.kind, row.name, row.content, row.file_id) if row else None


async def file_link(connection: AsyncConnection, number: int) -> File | None:
    """The announcement's file as the web chat links to it."""
    query = select(announcement_file.c.name, announcement_file.c.key).where(announcement_file.c.announcement_id == number)
    row = (await connection.execute(query)).first()
    return File(row.name, f"{FILES}/{row.key}") if row else None


def kind_of(name: str) -> str:
    """Whether a file is shown as a picture or offered as a document, by its name's ending."""
    return "picture" if name.lower().endswith((".jpg", ".jpeg", ".png", ".webp")) else "document"


def read(row: Row[Any]) -> Announcement:
    """An announcement from its row."""
    return Announcement(
        row.id, row.state, Composed.model_validate(row.source), row.author_id, row.approver_id, row.created_at, row.start_at,
        row.started_at, row.paused_at, row.ended_at, {name: getattr(row, name) for name in COUNTERS})
