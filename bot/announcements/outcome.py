"""What became of deliveries, saved many at a time: the row and the announcement's counter always change together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import announcement, announcement_file, delivery
from bot.store.schema import chat, replica

Settled = Literal["sent", "failed", "blocked", "left"]
MOST_REASON = 120  # characters


@dataclass(frozen=True)
class Outcome:
    """A delivery's end, or `waiting` for another try; `unsent` takes the try back that was never made."""

    announcement: int
    chat: int
    state: Settled | Literal["waiting"]
    reason: str = ""
    not_before: datetime | None = None
    unsent: bool = False


async def save(connection: AsyncConnection, me: str, outcomes: Iterable[Outcome], now: datetime) -> None:
    """Saves what became of this replica's claims; a claim that has been taken from it meanwhile stays untouched."""
    settled: dict[tuple[int, Settled, str], list[int]] = defaultdict(list)
    waiting = []
    for outcome in outcomes:
        if outcome.state == "waiting":
            waiting.append(outcome)
        else:
            settled[outcome.announcement, outcome.state, outcome.reason[:MOST_REASON]].append(outcome.chat)
    blocked = [number for (_id, state, _why), chats in settled.items() if state == "blocked" for number in chats]
    if blocked:
        await connection.execute(update(chat).where(chat.c.id.in_(sorted(blocked))).values(blocked_at=now))
    counts: Counter[tuple[int, Settled]] = Counter()
    for (number, state, reason), chats in settled.items():
        counts[number, state] += await settle(connection, number, chats, state, reason, now, delivery.c.owner == me)
    await _hand_back(connection, me, waiting, now)
    await count(connection, counts)


async def settle(connection: AsyncConnection, number: int, chats: Collection[int], state: Settled, reason: str, now: datetime,
                 held: ColumnElement[bool]) -> int:
    """Ends these deliveries as far as they are `held`; returns how many they were."""
    result = await connection.execute(update(delivery).where(
        delivery.c.announcement_id == number, delivery.c.chat_id.in_(chats), delivery.c.state == "waiting", held,
    ).values(state=state, owner=None, at=now, reason=reason or None))
    return result.rowcount


async def count(connection: AsyncConnection, counts: Counter[tuple[int, Settled]]) -> None:
    """Adds to the counters, in the order of announcements, so that no two replicas wait for each other."""
    for number in sorted({number for number, _state in counts}):
        more = {state: announcement.c[state] + many for (of, state), many in counts.items() if of == number}
        await connection.execute(update(announcement).where(announcement.c.id == number).values(more))


async def release_dead(connection: AsyncConnection) -> int:
    """Frees the claims of replicas that are gone; what they were sending may have gone out, which is noted."""
    dead = delivery.c.owner.is_not(None) & delivery.c.owner.not_in(select(replica.c.id))
    rows = list(await connection.execute(
        select(delivery.c.announcement_id, delivery.c.chat_id).where(dead).with_for_update(skip_locked=True)))
    by_announcement: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_announcement[row.announcement_id].append(row.chat_id)
    for number, chats in sorted(by_announcement.items()):
        await connection.execute(update(delivery).where(delivery.c.announcement_id == number, delivery.c.chat_id.in_(chats))
                                 .values(owner=None, doubtful=True))
        await connection.execute(update(announcement).where(announcement.c.id == number)
                                 .values(doubtful=announcement.c.doubtful + len(chats)))
    return len(rows)


async def release_strays(connection: AsyncConnection, me: str, held: Collection[tuple[int, int]]) -> None:
    """Frees this replica's claims that it does not know of: their transaction was committed, but its answer was lost."""
    rows = await connection.execute(select(delivery.c.announcement_id, delivery.c.chat_id).where(delivery.c.owner == me))
    strays = [Outcome(row.announcement_id, row.chat_id, "waiting", unsent=True) for row in rows if tuple(row) not in held]
    await save(connection, me, strays, datetime.now(UTC))


async def close_finished(connection: AsyncConnection, numbers: Collection[int], now: datetime) -> None:
    """Ends the announcements whose every recipient is settled."""
    await connection.execute(update(announcement).where(announcement.c.id.in_(numbers), finished())
                             .values(state="done", ended_at=now))


def finished() -> ColumnElement[bool]:
    """Whether a running announcement has nothing left to send."""
    settled = announcement.c.sent + announcement.c.failed + announcement.c.blocked + announcement.c.left
    return (announcement.c.state == "running") & announcement.c.filled & (settled >= announcement.c.total)


async def keep_file_id(connection: AsyncConnection, number: int, file_id: str) -> None:
    """Telegram has the file now; it is named instead of sent from here on."""
    await connection.execute(update(announcement_file).where(announcement_file.c.announcement_id == number)
                             .values(file_id=file_id))


async def _hand_back(connection: AsyncConnection, me: str, waiting: list[Outcome], now: datetime) -> None:
    if not waiting:
        return
    statement = update(delivery).where(
        delivery.c.announcement_id == bindparam("number"), delivery.c.chat_id == bindparam("recipient"), delivery.c.owner == me,
    ).values(owner=None, not_before=bindparam("when"), reason=bindparam("why"),
             attempts=delivery.c.attempts - bindparam("untried"))
    await connection.execute(statement, [
        {"number": one.announcement, "recipient": one.chat, "when": one.not_before or now,
         "why": one.reason[:MOST_REASON] or None, "untried": int(one.unsent)} for one in waiting])
