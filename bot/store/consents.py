"""What people have agreed to: for what, in which version of the words, in which language, when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from .chats import ChatRow
from .schema import consent


async def record_consent(connection: AsyncConnection, row: ChatRow, purpose: str, version: str, language: str,
                         now: datetime) -> None:
    """Keeps a consent that the person behind a chat has just given."""
    await connection.execute(insert(consent).values(
        person_id=row.person, purpose=purpose, version=version, language=language, given_at=now))
