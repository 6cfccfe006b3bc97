"""Finding the one person that is meant, by what they or a paper of theirs name. Nobody is found by leafing through."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_member
from bot.store.conference_tables import registration
from bot.store.enquiries import enquiry_named
from flows.codes import cleaned

from .person import person_named

Finder = Callable[[AsyncConnection, str], Awaitable[list[int]]]


async def by_reference(connection: AsyncConnection, name: str) -> list[int]:
    """Who has asked the enquiry of a reference number."""
    asked = await enquiry_named(connection, name)
    return [asked.person] if asked else []


async def by_chat(connection: AsyncConnection, name: str) -> list[int]:
    """Whose chat it is ("telegram:123"), or who has that number."""
    number = await person_named(connection, name) if len(name) < 16 or not name.isdecimal() else None
    return [number] if number is not None else []


async def by_case(connection: AsyncConnection, name: str) -> list[int]:
    """Everybody who works on a partnership's checklist."""
    if not (name.isascii() and name.isdecimal() and len(name) < 16):
        return []
    members = select(case_member.c.person_id).where(case_member.c.partnership_id == int(name)).order_by(case_member.c.id)
    return list(await connection.scalars(members))


async def by_registration(connection: AsyncConnection, name: str) -> list[int]:
    """Who has registered for a conference with that code."""
    return list(await connection.scalars(select(registration.c.person_id).where(registration.c.code == cleaned(name))))


FINDERS: Mapping[str, Finder] = {
    "enquiry": by_reference, "registration": by_registration, "case": by_case, "chat": by_chat,
}
