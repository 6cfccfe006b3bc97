"""Files without a row are deleted by a job, so that this is done though the process dies after the rows are gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from .jobs import schedule

SWEEP = "documents-sweep"


async def sweep_soon(connection: AsyncConnection, at: datetime) -> None:
    """Wants the folder of documents looked through, once the rows of some of them may be gone."""
    await schedule(connection, SWEEP, 0, at)
