"""The knowledge as it stands now: the shipped files, and over them what staff have added at run time."""

from __future__ import annotations

import asyncio
from collections.abc import Container

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.encoding import Encoding
from bot.store.schema import added_phrase
from knowledge import Knowledge

log = structlog.get_logger()
Phrases = dict[str, dict[str, list[str]]]


class LiveKnowledge:
    """Hands out immutable snapshots, a new one whenever staff have changed something; `encoding` is None without an encoder."""

    def __init__(self, base: Knowledge, encoding: Encoding | None = None) -> None:
        self.base = base
        self.knowledge = base
        self.encoding = encoding
        self._revision = 0
        self._one_at_a_time = asyncio.Lock()

    async def refresh(self, connection: AsyncConnection, number: int) -> None:
        """Takes in what has been added since the revision last seen."""
        if number == self._revision:
            return
        async with self._one_at_a_time:
            phrases = await _added_phrases(connection, self.base.library.articles)
            self.knowledge = await asyncio.to_thread(self.base.with_phrases, phrases)
            self._revision = number
        log.info("knowledge changed", revision=number)


async def _added_phrases(connection: AsyncConnection, articles: Container[str]) -> Phrases:
    """What staff have added; phrases of an article that this version no longer has lead nowhere and are left out."""
    query = select(added_phrase).where(added_phrase.c.removed_at.is_(None)).order_by(added_phrase.c.id)
    found: Phrases = {}
    for row in await connection.execute(query):
        if row.article in articles:
            found.setdefault(row.language, {}).setdefault(row.article, []).append(row.text)
    return found
