"""Takes the next recipients: the claim is committed before anything is sent, so only what is claimed can have gone out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import delivery, listener
from bot.store.schema import chat

from .content import Content
from .outcome import Settled, count, settle
from .topics import subscribed

ONE_SECOND = timedelta(seconds=1)  # between two messages in a chat
UNHELD = delivery.c.owner.is_(None)


@dataclass(frozen=True)
class Claim:
    """A recipient whom only this replica may write to now."""

    announcement: int
    chat: int
    handle: str
    language: str
    name: str
    attempts: int


@dataclass(frozen=True)
class Running:
    """An announcement that is being sent."""

    id: int
    topic: str
    filled: bool
    content: Content


async def claim(connection: AsyncConnection, me: str, running: Running, channels: Collection[str], most: int,
                now: datetime) -> list[Claim]:
    """Claims up to `most` recipients; settles at once those who have left or blocked, and lets those wait who just spoke."""
    rows = await _next(connection, running, channels, most, now)
    free = await _passable(connection, running, rows, now)
    chats = [row.chat_id for row in free]
    if chats:
        await connection.execute(
            update(delivery).where(delivery.c.announcement_id == running.id, delivery.c.chat_id.in_(chats))
            .values(owner=me, attempts=delivery.c.attempts + 1))
    return [Claim(running.id, row.chat_id, row.handle, row.language, row.name or "", row.attempts + 1) for row in free]


async def _next(connection: AsyncConnection, running: Running, channels: Collection[str], most: int,
                now: datetime) -> list[Row[tuple[int, ...]]]:
    """The next rows in the order of their time, read from the one index that holds nothing but waiting rows."""
    found: list[Row[tuple[int, ...]]] = []
    for channel in sorted(channels):
        if len(found) >= most:
            break
        due = (select(delivery.c.chat_id, delivery.c.attempts)
               .where(delivery.c.announcement_id == running.id, delivery.c.channel == channel, delivery.c.state == "waiting",
                      UNHELD, delivery.c.not_before <= now)
               .order_by(delivery.c.not_before, delivery.c.chat_id).limit(most - len(found))
               .with_for_update(skip_locked=True).subquery())
        people = due.join(chat, chat.c.id == due.c.chat_id).outerjoin(listener, listener.c.chat_id == chat.c.id)
        found += await connection.execute(select(
            due.c.chat_id, due.c.attempts, chat.c.handle, chat.c.language, chat.c.blocked_at, chat.c.seen_at, listener.c.name,
            subscribed(running.topic).label("subscribed"), _written_to(running, due.c.chat_id, now).label("busy"),
        ).select_from(people))
    return found


def _written_to(running: Running, recipient: ColumnElement[int], now: datetime) -> ColumnElement[bool]:
    """Whether another announcement is going to the same chat, or went there within the second."""
    other = delivery.alias()
    return exists().where(other.c.chat_id == recipient, other.c.announcement_id != running.id,
                          other.c.owner.is_not(None) | (other.c.at > now - ONE_SECOND))


async def _passable(connection: AsyncConnection, running: Running, rows: Sequence[Row[tuple[int, ...]]],
                    now: datetime) -> list[Row[tuple[int, ...]]]:
    free, busy = [], []
    ended: dict[tuple[Settled, str], list[int]] = {}
    for row in rows:
        end = _end(running, row)
        if end is not None:
            ended.setdefault(end, []).append(row.chat_id)
        elif row.busy or row.seen_at > now - ONE_SECOND:
            busy.append(row.chat_id)
        else:
            free.append(row)
    counts: Counter[tuple[int, Settled]] = Counter()
    for (state, reason), chats in ended.items():
        counts[running.id, state] += await settle(connection, running.id, chats, state, reason, now, UNHELD)
    await count(connection, counts)
    if busy:
        await connection.execute(update(delivery).where(delivery.c.announcement_id == running.id, delivery.c.chat_id.in_(busy))
                                 .values(not_before=now + ONE_SECOND))
    return free


def _end(running: Running, row: Row[tuple[int, ...]]) -> tuple[Settled, str] | None:
    """Why this recipient is not to be written to any more."""
    if not row.subscribed:
        return "left", ""
    if row.blocked_at is not None:
        return "blocked", ""
    if running.content.language_for(row.language) is None:
        return "failed", f"no text in {row.language}"
    return None
