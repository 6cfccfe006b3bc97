"""Two sides that come together: linked by a code, with a place kept for the side that is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.chats import ChatRow
from bot.store.conference_tables import conference_pair, registration
from flows.conference import telling as words
from flows.conference.effects import InvitePartner, JoinPair
from flows.conference.view import Status
from flows.replies import MENU, Reply, say

from .places import KEPT, hold_registration, keep_for_partner, seat
from .reading import COUNTS, both_of
from .telling import tell, tell_moved


@dataclass(frozen=True)
class Joined:
    """The pair that a registration comes with; `queue` and `partner` are those of the side that came first."""

    pair: int
    queue: int = 0
    partner: int = 0
    held: int = 0


async def add_pair(connection: AsyncConnection, number: int, key: str, now: datetime) -> int:
    """A new pair at a conference, by the key of its code."""
    return int(await connection.scalar(insert(conference_pair).values(
        conference_id=number, code_hash=key, held=0, created_at=now).returning(conference_pair.c.id)) or 0)


async def open_pair(connection: AsyncConnection, number: int, key: str, side: str) -> Joined | None:
    """The pair behind a code that still lacks this side."""
    query = (select(conference_pair.c.id, conference_pair.c.held, registration.c.id.label("partner"), registration.c.queue,
                    registration.c.side)
             .join(registration, registration.c.pair_id == conference_pair.c.id)
             .where(conference_pair.c.conference_id == number, conference_pair.c.code_hash == key, COUNTS))
    rows = list(await connection.execute(query))
    if len(rows) != 1 or rows[0].side == side:
        return None
    return Joined(rows[0].id, rows[0].queue, rows[0].partner, rows[0].held)


async def drop_pair(connection: AsyncConnection, number: int) -> None:
    """Dissolves a pair; the places kept for it are free."""
    await jobs.cancel(connection, KEPT, number)
    await connection.execute(update(registration).where(registration.c.pair_id == number).values(pair_id=None))
    await connection.execute(delete(conference_pair).where(conference_pair.c.id == number))


async def invite_partner(connection: AsyncConnection, row: ChatRow, wanted: InvitePartner, now: datetime) -> Reply:
    """Takes a fresh code in; with the first one a place is kept for the partner, if there is one."""
    held, mine = await hold_registration(connection, wanted.registration, row.person)
    if mine is None:
        return say(words.NOT_YOURS, choices=(MENU,))
    if mine.pair_id is None:
        pair = await add_pair(connection, mine.conference_id, wanted.key, now)
        await connection.execute(update(registration).where(registration.c.id == mine.id).values(pair_id=pair))
        if Status(mine.status).takes_places:
            await keep_for_partner(connection, held, mine, pair, now)
    else:
        await connection.execute(update(conference_pair).where(conference_pair.c.id == mine.pair_id).values(
            code_hash=wanted.key))
    found, kept = await both_of(connection, held, mine.id)
    return words.invited(found, kept)


async def join_pair(connection: AsyncConnection, row: ChatRow, wanted: JoinPair, now: datetime) -> Reply:
    """Links one's own registration with the partner's: the places that are kept are for it, and in line both stand together."""
    held, mine = await hold_registration(connection, wanted.registration, row.person)
    if mine is None:
        return say(words.NOT_YOURS, choices=(MENU,))
    joined = await open_pair(connection, mine.conference_id, wanted.key, mine.side)
    if joined is None:
        return say(words.NO_PAIR, choices=(MENU,))
    if mine.pair_id is not None:
        await drop_pair(connection, mine.pair_id)
    queue = min(mine.queue, joined.queue)
    await connection.execute(update(registration).where(registration.c.id == mine.id).values(pair_id=joined.pair))
    await connection.execute(update(registration).where(registration.c.pair_id == joined.pair).values(queue=queue))
    if Status(mine.status).takes_places:
        await release(connection, joined.pair)
    await tell_moved(connection, await seat(connection, held, mine.id, now), now)
    found, kept = await both_of(connection, held, mine.id)
    await tell(connection, joined.partner, lambda one, _other: words.partner_joined(one, kept), now)
    return words.paired(found, kept)


async def release(connection: AsyncConnection, number: int) -> None:
    """Keeps no place for a pair any more."""
    await jobs.cancel(connection, KEPT, number)
    await connection.execute(update(conference_pair).where(conference_pair.c.id == number).values(held=0, held_until=None))
