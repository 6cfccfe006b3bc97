"""The transcript of an enquiry: what was asked, written, noted and done, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.inbox_tables import enquiry_entry
from bot.store.schema import enquiry, staff

Kind = Literal["question", "person", "staff", "assistant", "note", "event"]


@dataclass(frozen=True)
class Entry:
    """One entry; `by` names who of the team wrote or did it. An event's text is its name, and after a colon whom it concerns."""

    id: int
    enquiry: int
    kind: str
    text: str
    at: datetime
    by: str


async def add(connection: AsyncConnection, number: int, kind: Kind, text: str, now: datetime, *, staff_id: int | None = None,
              key: str | None = None) -> int:
    """Writes an entry, and notes on the enquiry who has now heard from whom.

    Raises sqlalchemy.exc.IntegrityError where the key was there before.
    """
    entry = await connection.scalar(insert(enquiry_entry).values(
        enquiry_id=number, kind=kind, staff_id=staff_id, text=text, at=now, key=key).returning(enquiry_entry.c.id))
    changes: dict[str, Any] = {}
    if kind in ("question", "person"):
        changes = {"heard_entry": entry, "last_at": now}
    elif kind == "staff":
        changes = {"awaited_since": None, "last_at": now}
    if changes:
        await connection.execute(update(enquiry).where(enquiry.c.id == number).values(changes))
    return int(entry or 0)


async def entries_of(connection: AsyncConnection, number: int) -> list[Entry]:
    """An enquiry's entries, oldest first."""
    return _read(await connection.execute(entries().where(enquiry_entry.c.enquiry_id == number).order_by(enquiry_entry.c.id)))


def entries() -> Select[Any]:
    """The query behind entries."""
    return select(enquiry_entry, staff.c.name).outerjoin(staff, staff.c.id == enquiry_entry.c.staff_id)


def _read(rows: Any) -> list[Entry]:
    return [Entry(row.id, row.enquiry_id, row.kind, row.text, row.at, row.name or "") for row in rows]


async def has_answered(connection: AsyncConnection, number: int) -> bool:
    """Whether the team has written anything to the person."""
    query = select(enquiry_entry.c.id).where(enquiry_entry.c.enquiry_id == number, enquiry_entry.c.kind == "staff").limit(1)
    return await connection.scalar(query) is not None


async def newest(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, Entry]:
    """The newest words of each of these enquiries, without notes and events."""
    spoken = enquiry_entry.c.kind.in_(("question", "person", "staff"))
    last = (select(func.max(enquiry_entry.c.id)).where(enquiry_entry.c.enquiry_id.in_(numbers), spoken)
            .group_by(enquiry_entry.c.enquiry_id))
    return {entry.enquiry: entry for entry in _read(await connection.execute(entries().where(enquiry_entry.c.id.in_(last))))}
