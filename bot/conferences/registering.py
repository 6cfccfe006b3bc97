"""Registering, with the conference's row locked: places, codes and pairs are looked at here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.listening import note_registration
from bot.store.chats import ChatRow
from bot.store.conference_tables import access_code, registration
from bot.store.consents import record_consent
from flows.codes import key_of
from flows.conference import telling as words
from flows.conference.effects import Register
from flows.conference.view import Status
from flows.notices import Links
from flows.replies import MENU, Choice, Reply, say
from locales import Text

from .amending import add_people, change
from .pairing import Joined, add_pair, open_pair
from .places import hold, next_in_line, seat
from .reading import COUNTS, both_of
from .rows import conference_of
from .telling import tell, tell_moved

PURPOSE = "conference"


async def register(connection: AsyncConnection, row: ChatRow, wanted: Register, language: str, now: datetime,
                   links: Links) -> Reply:
    """Keeps a registration, confirmed or in line, and returns what its person reads."""
    held = await hold(connection, wanted.conference)
    if held is None or not conference_of(held, (), 0, 0).takes_registrations(now):
        return say(words.TOO_LATE, choices=(MENU,))
    if wanted.own:
        return await change(connection, row, held, wanted, now, links)
    mine = registration.c.conference_id == held.id, registration.c.person_id == row.person, COUNTS
    if await connection.scalar(select(registration.c.id).where(*mine)) is not None:
        return say(words.TWICE, choices=(Choice(f"/conf {held.slug}", words.OVERVIEW),))
    if held.invitation_only and not await _use_access(connection, held.id, wanted):
        return say(words.ACCESS_GONE, choices=(Choice("/contact", words.ASK), MENU))
    joined = await _pair(connection, held.id, wanted, now)
    await record_consent(connection, row, PURPOSE, wanted.consent, language, now)
    number = await _insert(connection, row, held, wanted, joined, language, now)
    await tell_moved(connection, await seat(connection, held, number, now), now)
    await note_registration(connection, row.id, now)
    notes = [words.PAIR_CODE_GONE] if wanted.pair and joined is None else []
    notes += words.partner_code(wanted.invite, links) if wanted.partner_comes else ()
    return await _heard(connection, held, number, joined, now, links, notes)


async def _heard(connection: AsyncConnection, held: Any, number: int, joined: Joined | None, now: datetime, links: Links,
                 notes: Sequence[Text]) -> Reply:
    """What the person reads; the partner who came first is told."""
    found, mine = await both_of(connection, held, number)
    if joined and joined.partner:
        await tell(connection, joined.partner, lambda one, _other: words.partner_joined(one, mine), now)
        if mine.status is Status.WAITING and joined.held:
            notes = [*notes, words.only_kept_for_fewer(joined.held)]
    return words.registered(found, mine, now, links, *notes)


async def _insert(connection: AsyncConnection, row: ChatRow, held: Any, wanted: Register, joined: Joined | None, language: str,
                  now: datetime) -> int:
    queue = joined.queue if joined and joined.queue else await next_in_line(connection, held.id)
    status = Status.PENDING if held.admission == "approval" else Status.WAITING
    number = int(await connection.scalar(insert(registration).values(
        conference_id=held.id, person_id=row.person, chat_id=row.id, pair_id=joined.pair if joined else None, code=wanted.code,
        side=wanted.side, municipality=wanted.municipality, country=wanted.country, status=status.value, queue=queue,
        people=len(wanted.attendees), language=language, answers=dict(wanted.answers), created_at=now, changed_at=now,
    ).returning(registration.c.id)) or 0)
    await add_people(connection, number, wanted.attendees)
    return number


async def _use_access(connection: AsyncConnection, number: int, wanted: Register) -> bool:
    """Uses an invited guest's code up by one; false where it does not hold for this side and country."""
    fits = access_code.c.side.in_(["", wanted.side]), access_code.c.country.in_(["", wanted.country])
    done = await connection.execute(
        update(access_code).where(access_code.c.conference_id == number, access_code.c.code_hash == wanted.access,
                                  access_code.c.used < access_code.c.uses, *fits).values(used=access_code.c.used + 1))
    return done.rowcount == 1


async def _pair(connection: AsyncConnection, number: int, wanted: Register, now: datetime) -> Joined | None:
    """The pair that is joined by a code, or a new one where the partner registers later."""
    if wanted.pair:
        return await open_pair(connection, number, wanted.pair, wanted.side)
    if not wanted.partner_comes:
        return None
    return Joined(await add_pair(connection, number, key_of(wanted.invite), now))
