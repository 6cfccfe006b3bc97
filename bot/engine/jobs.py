"""Work that is due is done here, on whichever replica claims it: each piece in one transaction with its own end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.digests import send_digest
from bot.cases.events import DIGEST
from bot.cases.publishing import MOVE, begin_call
from bot.cases.reminders import REMINDER, remind
from bot.conferences import timing
from bot.inbox.patience import tell_overdue
from bot.inbox.talking import OVERDUE
from bot.store import jobs
from bot.store.database import Store
from bot.store.jobs import Job
from knowledge import Knowledge

log = structlog.get_logger()
Handler = Callable[[AsyncConnection, Job, Knowledge, datetime], Awaitable[None]]
HANDLERS: dict[str, Handler] = {DIGEST: send_digest, REMINDER: remind, MOVE: begin_call, OVERDUE: tell_overdue,
                                **timing.HANDLERS}


async def work_off(store: Store, replica: str, knowledge: Knowledge, now: datetime,
                   handlers: Mapping[str, Handler] = HANDLERS) -> None:
    """Does what is due. What fails is tried again later and holds nothing else up."""
    async with store.read() as connection:
        if not await jobs.anything_due(connection, handlers.keys(), now):
            return
    async with store.write() as connection:
        claimed = await jobs.claim(connection, replica, handlers.keys(), now)
    for job in claimed:
        try:
            await _do(store, replica, job, handlers[job.kind], knowledge, now)
        except Exception:
            log.exception("job failed", kind=job.kind, attempts=job.attempts)
            async with store.write() as connection:
                await jobs.try_later(connection, job, replica, now)


async def _do(store: Store, replica: str, job: Job, handler: Handler, knowledge: Knowledge, now: datetime) -> None:
    """The row goes first: what the work itself plans under the same key is new."""
    async with store.write() as connection:
        if await jobs.finish(connection, job, replica):
            await handler(connection, job, knowledge, now)
