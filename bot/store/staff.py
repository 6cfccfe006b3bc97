"""Staff, their one-time sign-in links and their sessions; only hashes of secrets are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .schema import staff, staff_link, staff_session

Role = Literal["viewer", "editor", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "editor", "admin")
LINK_LASTS = timedelta(hours=24)
CHAT_LINK_LASTS = timedelta(minutes=15)  # it stands in the chat's messages
SESSION_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class StaffMember:
    """A member of staff."""

    id: int
    name: str
    role: str


def hashed(secret: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


async def add_staff(connection: AsyncConnection, name: str, role: Role, now: datetime) -> StaffMember:
    """A new member of staff, or the one of that name with the role given now."""
    known = await connection.scalar(select(staff.c.id).where(staff.c.name == name))
    if known is not None:
        await connection.execute(update(staff).where(staff.c.id == known).values(role=role))
        return StaffMember(known, name, role)
    number = await connection.scalar(insert(staff).values(name=name, role=role, created_at=now).returning(staff.c.id))
    return StaffMember(int(number or 0), name, role)


async def members(connection: AsyncConnection) -> list[StaffMember]:
    """All staff, by name."""
    rows = await connection.execute(select(staff).order_by(staff.c.name, staff.c.id))
    return [StaffMember(row.id, row.name, row.role) for row in rows]


async def new_link(connection: AsyncConnection, member: StaffMember, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """A sign-in code for one use, within a day where nothing else is said."""
    code = secrets.token_urlsafe(18)
    await connection.execute(insert(staff_link).values(
        staff_id=member.id, token_hash=hashed(code), expires_at=now + lasts))
    return code


async def staff_of_chat(connection: AsyncConnection, number: int) -> StaffMember | None:
    """Whose linked chat it is."""
    found = await connection.scalar(select(staff.c.id).where(staff.c.chat_id == number).order_by(staff.c.id).limit(1))
    return None if found is None else await _member(connection, found)


async def use_link(connection: AsyncConnection, code: str, now: datetime) -> StaffMember | None:
    """Whose code it is, if it has not been used or run out; it is used then."""
    used = await connection.scalar(
        update(staff_link).where(staff_link.c.token_hash == hashed(code), staff_link.c.used_at.is_(None),
                                 staff_link.c.expires_at > now)
        .values(used_at=now).returning(staff_link.c.staff_id))
    return None if used is None else await _member(connection, used)


async def staff_known_as(connection: AsyncConnection, number: str, email: str) -> StaffMember | None:
    """Whom the organisation's own sign-in means: by its number of them, or by their address the first time, which ties both."""
    found = await connection.scalar(select(staff.c.id).where(staff.c.identity == number))
    if found is None:
        found = await connection.scalar(
            update(staff).where(staff.c.email == email, staff.c.identity.is_(None)).values(identity=number).returning(staff.c.id))
    return None if found is None else await _member(connection, found)


async def anyone_signed_in(connection: AsyncConnection) -> bool:
    """Whether a sign-in link has ever been used."""
    return await connection.scalar(select(staff_link.c.id).where(staff_link.c.used_at.is_not(None)).limit(1)) is not None


async def open_session(connection: AsyncConnection, member: StaffMember, now: datetime) -> str:
    """A session's secret, for a cookie."""
    secret = secrets.token_urlsafe(24)
    await connection.execute(insert(staff_session).values(
        staff_id=member.id, token_hash=hashed(secret), expires_at=now + SESSION_LASTS))
    return secret


async def session_member(connection: AsyncConnection, secret: str, now: datetime) -> StaffMember | None:
    """Whose session it is, while it lasts."""
    found = await connection.scalar(select(staff_session.c.staff_id).where(
        staff_session.c.token_hash == hashed(secret), staff_session.c.expires_at > now))
    return None if found is None else await _member(connection, found)


async def close_session(connection: AsyncConnection, secret: str) -> None:
    """Signs out where this session's secret is kept."""
    await connection.execute(delete(staff_session).where(staff_session.c.token_hash == hashed(secret)))


async def close_sessions(connection: AsyncConnection, member: StaffMember) -> None:
    """Signs a member out everywhere."""
    await connection.execute(delete(staff_session).where(staff_session.c.staff_id == member.id))


async def _member(connection: AsyncConnection, number: int) -> StaffMember | None:
    row = (await connection.execute(select(staff).where(staff.c.id == number))).first()
    return StaffMember(row.id, row.name, row.role) if row else None
