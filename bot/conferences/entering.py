"""What staff enter: conferences, their questions, their state, and codes for invited guests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.conference_tables import access_code, conference, conference_question
from flows.codes import key_of
from flows.conference.view import Conference, Question, State

from .rows import question_values, values_of

QUEUE, REMIND, THANK = "conference-queue", "conference-remind", "conference-thank"  # work for later, by kind


async def add_conference(connection: AsyncConnection, new: Conference, staff: int | None, now: datetime) -> int:
    """Keeps a new conference with its questions; returns its number.

    Raises sqlalchemy.exc.IntegrityError where its name in links is taken.
    """
    number = await connection.scalar(insert(conference).values(
        **values_of(new), staff_id=staff, created_at=now, changed_at=now).returning(conference.c.id))
    await set_questions(connection, int(number or 0), new.questions)
    await _follow(connection, int(number or 0), now)
    return int(number or 0)


async def change_conference(connection: AsyncConnection, changed: Conference, now: datetime) -> None:
    """Keeps a conference as it is now, but for its state, which only `set_state` changes; free places go to those who wait."""
    values = {name: value for name, value in values_of(changed).items() if name != "state"}
    await connection.execute(update(conference).where(conference.c.id == changed.id).values(**values, changed_at=now))
    await set_questions(connection, changed.id, changed.questions)
    await _follow(connection, changed.id, now)


async def set_state(connection: AsyncConnection, number: int, state: State, now: datetime) -> bool:
    """Puts a conference to draft, open, closed or cancelled; whether there is one of that number."""
    if state not in (State.DRAFT, State.OPEN, State.CLOSED, State.CANCELLED):
        raise ValueError(f"{state.value} follows from places and dates and is never set")
    done = await connection.execute(
        update(conference).where(conference.c.id == number).values(state=state.value, changed_at=now))
    await _follow(connection, number, now)
    return done.rowcount == 1


async def set_questions(connection: AsyncConnection, number: int, questions: Sequence[Question]) -> None:
    """Replaces a conference's own questions; answers stay with their keys."""
    await connection.execute(delete(conference_question).where(conference_question.c.conference_id == number))
    rows = [{**question_values(question), "conference_id": number, "position": position}
            for position, question in enumerate(questions, start=1)]
    if rows:
        await connection.execute(insert(conference_question), rows)


async def add_access_code(connection: AsyncConnection, number: int, code: str, now: datetime, *, label: str = "", side: str = "",
                          country: str = "", uses: int = 1) -> None:
    """Lets in who names the code, so many registrations at most; only what it is recognised by is kept."""
    await connection.execute(insert(access_code).values(
        conference_id=number, code_hash=key_of(code), label=label, side=side, country=country, uses=uses, used=0,
        created_at=now))


async def _follow(connection: AsyncConnection, number: int, now: datetime) -> None:
    """Plans what follows from dates and places."""
    for kind in (QUEUE, REMIND, THANK):
        await jobs.cancel(connection, kind, number)
        await jobs.schedule(connection, kind, number, now)


async def is_taken(connection: AsyncConnection, slug: str, number: int = 0) -> bool:
    """Whether another conference has that name in links."""
    query = select(conference.c.id).where(conference.c.slug == slug, conference.c.id != number)
    return await connection.scalar(query) is not None
