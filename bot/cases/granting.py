"""Links to the summary: each for one member, for a day, and worth nothing once they have left the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_member, file_grant

LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Grant:
    """What may be fetched: a case's summary in these languages."""

    case: int
    languages: tuple[str, ...]


async def grant(connection: AsyncConnection, case: int, member: int, key: str, languages: tuple[str, ...], now: datetime) -> None:
    """Keeps a link, by the key of its code."""
    await connection.execute(insert(file_grant).values(
        partnership_id=case, member_id=member, languages="+".join(languages), code_hash=key, expires_at=now + LASTS))


async def granted(connection: AsyncConnection, key: str, now: datetime) -> Grant | None:
    """What a link leads to; None where it has run out or its member has left."""
    query = (select(file_grant).join(case_member, case_member.c.id == file_grant.c.member_id)
             .where(file_grant.c.code_hash == key, file_grant.c.expires_at > now, case_member.c.left_at.is_(None)))
    row = (await connection.execute(query)).first()
    return Grant(row.partnership_id, tuple(row.languages.split("+"))) if row else None
