"""The knowledge as it stands now: the shipped files, and over them what staff have added at run time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import added_phrase
from knowledge import Knowledge

if TYPE_CHECKING:
    from knowledge.search.semantic import Encoder

log = structlog.get_logger()
MOST_VECTORS = 2000  # recent questions whose vectors are kept
Phrases = dict[str, dict[str, list[str]]]


class LiveKnowledge:
    """Hands out immutable snapshots; a new one whenever staff have changed something."""

    def __init__(self, base: Knowledge, encoder: Encoder | None = None) -> None:
        self.base = base
        self.knowledge = base
        self.encoder = encoder
        self._revision = 0
        self._one_at_a_time = asyncio.Lock()
        self._vectors: OrderedDict[str, Sequence[float]] = OrderedDict()

    async def refresh(self, connection: AsyncConnection, number: int) -> None:
        """Takes in what has been added since the revision last seen."""
        if number == self._revision:
            return
        async with self._one_at_a_time:
            phrases = await _added_phrases(connection, self.base.library.articles)
            self.knowledge = await asyncio.to_thread(self.base.with_phrases, phrases)
            self._revision = number
        log.info("knowledge changed", revision=number)

    async def vector(self, text: str) -> Sequence[float] | None:
        """The sentence vector of a text, computed outside the event loop; None without an encoder."""
        if self.encoder is None:
            return None
        if text not in self._vectors:
            [vector] = await asyncio.to_thread(self.encoder.encode, [text])
            self._vectors[text] = vector
            while len(self._vectors) > MOST_VECTORS:
                self._vectors.popitem(last=False)
        return self._vectors[text]


async def _added_phrases(connection: AsyncConnection, articles: Container[str]) -> Phrases:
    """What staff have added; phrases of an article that this version no longer has lead nowhere and are left out."""
    query = select(added_phrase).where(added_phrase.c.removed_at.is_(None)).order_by(added_phrase.c.id)
    found: Phrases = {}
    for row in await connection.execute(query):
        if row.article in articles:
            found.setdefault(row.language, {}).setdefault(row.article, []).append(row.text)
    return found
