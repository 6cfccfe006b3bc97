"""Changing the team: roles, addresses, chats, who leaves. There is always an administrator left."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .schema import chat, staff, staff_link, staff_session

MEMBERS = select(staff, chat.c.handle).outerjoin(chat, chat.c.id == staff.c.chat_id)
"""All of the team, with the chats that they have linked."""


class LastAdmin(Exception):
    """Without this one nobody could add or change staff any more."""


@dataclass(frozen=True)
class Details:
    """What an administrator may change of a member."""

    role: str
    email: str | None

    def told(self) -> dict[str, object]:
        """For the audit log."""
        return {"role": self.role, "email": self.email or ""}


async def details(connection: AsyncConnection, number: int) -> Details | None:
    """A member's details; None where there is none of that number."""
    row = (await connection.execute(select(staff.c.role, staff.c.email).where(staff.c.id == number))).first()
    return Details(row.role, row.email) if row else None


async def change_member(connection: AsyncConnection, number: int, wanted: Details) -> None:
    """Gives a member this role and address; with another of either, their sessions end.

    Raises LastAdmin where nobody else could give the role back, IntegrityError where the address is another's.
    """
    if wanted.role != "admin":
        await _another_admin(connection, number)
    old = await details(connection, number)
    gone = {} if old is None or old.email == wanted.email else {"identity": None}  # another address is another account
    await connection.execute(update(staff).where(staff.c.id == number).values(role=wanted.role, email=wanted.email, **gone))
    if old != wanted:
        await connection.execute(delete(staff_session).where(staff_session.c.staff_id == number))


async def remove_member(connection: AsyncConnection, number: int) -> None:
    """Takes a member out of the team; what they did stays, without a link to them.

    Raises LastAdmin where nobody else could add staff.
    """
    await _another_admin(connection, number)
    await connection.execute(delete(staff).where(staff.c.id == number))


async def end_access(connection: AsyncConnection, number: int) -> None:
    """Ends a member's sessions, and the links that they have not used."""
    await connection.execute(delete(staff_session).where(staff_session.c.staff_id == number))
    await connection.execute(delete(staff_link).where(staff_link.c.staff_id == number, staff_link.c.used_at.is_(None)))


async def unlink_chat(connection: AsyncConnection, number: int) -> None:
    """The member's chat is an ordinary one again."""
    await connection.execute(update(staff).where(staff.c.id == number).values(chat_id=None))


async def _another_admin(connection: AsyncConnection, number: int) -> None:
    """The rows are locked, so that two administrators cannot take the role from each other at once."""
    admins = await connection.scalars(select(staff.c.id).where(staff.c.role == "admin").order_by(staff.c.id).with_for_update())
    if list(admins) == [number]:
        raise LastAdmin
