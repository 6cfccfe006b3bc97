"""Conferences as calendar entries in a language; what has not been announced has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import conference
from flows.conference.view import Conference, State
from flows.conference.words import place
from locales import words


@dataclass(frozen=True)
class Entry:
    """A conference as it stands in a calendar, in one language; `revision` counts its changes."""

    uid: str
    title: str
    first: date
    last: date
    zone: str
    place: str
    changed: datetime
    revision: int = 0
    text: str = ""
    url: str = ""
    cancelled: bool = False
    deadline: date | None = None


@dataclass(frozen=True)
class Touched:
    """When a conference was entered, and when changed last."""

    created: datetime
    changed: datetime

    @property
    def revision(self) -> int:
        """A number that grows with each change: the seconds that it stood before, since changes are not counted."""
        return int((self.changed - self.created).total_seconds())


async def touched(connection: AsyncConnection) -> Mapping[int, Touched]:
    """By the conference's number."""
    rows = await connection.execute(select(conference.c.id, conference.c.created_at, conference.c.changed_at))
    return {row.id: Touched(row.created_at, row.changed_at) for row in rows}


def entry(one: Conference, last: Touched, language: str, base: str) -> Entry:
    """A conference in a language; `base` is where its page is."""
    spoken = words(language)
    host = base.partition("://")[2]
    return Entry(f"conference-{one.id}@{host}", spoken.value(one.title), one.first, one.last, one.zone, spoken.render(place(one)),
                 last.changed, last.revision, spoken.value(one.text), f"{base}/conferences/{one.slug}",
                 one.stored is State.CANCELLED, one.deadline)
