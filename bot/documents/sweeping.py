"""Deletes the files that no row refers to any more: removed, erased with their person, or left by a crash."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import document
from bot.store.files import sweep_soon
from bot.store.jobs import Job
from knowledge import Knowledge

from .shelf import GRACE, Shelf


class Sweeping:
    """The job's work; what is too young is looked at once more."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def __call__(self, connection: AsyncConnection, _job: Job, _knowledge: Knowledge, now: datetime) -> None:
        used = set(await connection.scalars(select(document.c.key).distinct()))
        if await asyncio.to_thread(self._shelf.sweep, used):
            await sweep_soon(connection, now + timedelta(seconds=GRACE))
