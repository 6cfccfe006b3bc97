"""Who waits for the team longer than they should is told so, and that the assistant can go on meanwhile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.noticeboard import noted
from bot.store.jobs import Job
from bot.store.schema import chat, enquiry
from bot.store.settings import values
from flows.talk import overdue
from knowledge import Knowledge
from locales import shipped

from .entries import add
from .handing import lay


async def tell_overdue(connection: AsyncConnection, job: Job, _knowledge: Knowledge, now: datetime) -> None:
    """Once for each stretch of waiting; nothing where the talk has ended or the team has written meanwhile."""
    query = (select(enquiry.c.id, chat.c.id.label("chat"), chat.c.handle, chat.c.language)
             .join(chat, chat.c.id == enquiry.c.chat_id)
             .where(enquiry.c.id == job.subject, enquiry.c.talk_since.is_not(None), enquiry.c.awaited_since.is_not(None),
                    chat.c.blocked_at.is_(None)))
    row = (await connection.execute(query)).first()
    if row is not None:
        language = shipped(row.language) or "en"
        told = overdue(*noted(await values(connection)).reaching(language))
        words = await lay(connection, row.chat, row.handle, "assistant", (told,), language, now)
        await add(connection, row.id, "assistant", "\n\n".join(words), now)
