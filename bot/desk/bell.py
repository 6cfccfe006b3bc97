"""Tells the team's Telegram group of new enquiries and of people who wait; what it says names nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.inbox.talking import TELL_GROUP
from bot.messages import Blocked, Body, Message, Refused, Sender
from bot.store import jobs
from bot.store.database import Store
from bot.store.inbox_tables import enquiry_entry
from bot.store.jobs import Job
from bot.store.schema import enquiry
from locales import Country, Text, Words

from . import words as desk_words
from .words import _

log = structlog.get_logger()
LOOK_EVERY = 0.5  # seconds
MOST_SHOWN = 1500  # characters of what the person wrote


@dataclass(frozen=True)
class Bell:
    """Tells, once each, whatever is new; `group` is None where no group is set: then nothing is told."""

    store: Store
    replica: str
    sender: Sender | None
    group: int | None
    words: Words
    now: Callable[[], datetime]

    async def run(self) -> None:
        """As long as the program runs."""
        while True:
            try:
                await self.ring()
            except Exception:
                log.exception("the team's group was not told")
            await asyncio.sleep(LOOK_EVERY)

    async def ring(self) -> None:
        """Tells what is due now; what could not be sent is tried again later."""
        async with self.store.read() as connection:
            if not await jobs.anything_due(connection, [TELL_GROUP], self.now()):
                return
        async with self.store.write() as connection:
            claimed = await jobs.claim(connection, self.replica, [TELL_GROUP], self.now())
        for job in claimed:
            await self._tell(job)

    async def _tell(self, job: Job) -> None:
        async with self.store.read() as connection:
            entry = await _entry(connection, job.subject)
        try:
            if entry is not None and self.sender is not None and self.group is not None:
                body = told(entry, self.words)
                await self.sender.send(Message(-job.id, 0, f"telegram:{self.group}", "assistant", body))
        except (Blocked, Refused) as error:
            log.error("the team's group cannot be written to; check STAFF_TELEGRAM_GROUP", error=str(error))
        except Exception as error:  # noqa: BLE001  whatever it was, the job is kept and tried again
            log.warning("the team's group not told yet", error=str(error))
            async with self.store.write() as connection:
                await jobs.try_later(connection, job, self.replica, self.now())
            return
        async with self.store.write() as connection:
            await jobs.finish(connection, job, self.replica)


async def _entry(connection: AsyncConnection, number: int) -> Any:
    query = select(enquiry_entry.c.kind, enquiry_entry.c.text, enquiry.c.reference, enquiry.c.language, enquiry.c.country,
                   enquiry.c.talk_since).join(enquiry).where(enquiry_entry.c.id == number)
    return (await connection.execute(query)).first()


def told(entry: Any, words: Words) -> Body:
    """What the group reads; the enquiry's number stands in it, so that an answer to the message finds its way."""
    head: Text = _("New enquiry {reference}", reference=entry.reference)
    if entry.kind == "person":
        head = _("More about {reference}", reference=entry.reference)
    elif entry.talk_since is not None:
        head = _("Somebody wants to talk with you: {reference}", reference=entry.reference)
    where = [desk_words.language_name(entry.language, words), words.value(Country(entry.country)) if entry.country else ""]
    how = _("To answer, reply to this message; the person then gets it in chat.")
    text = entry.text if len(entry.text) <= MOST_SHOWN else f"{entry.text[:MOST_SHOWN]}…"
    return Body((("strong", words.render(head)), ("small", " · ".join(filter(None, where))), ("plain", text),
                 ("small", words.render(how))), words.language)
