"""The knowledge as it stands now: the shipped files, and over them what staff have added at run time."""

from __future__ import annotations

import asyncio
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.encoding import Encoding
from bot.store.dac_versions import published
from bot.store.schema import added_phrase
from bot.store.source_checks import latest_checks
from bot.store.team_articles import team_articles
from knowledge import Knowledge
from knowledge.articles import Article
from knowledge.dac import DacList

log = structlog.get_logger()
Phrases = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Additions:
    """What staff have added: answers, phrases, days on which sources were checked, and the DAC List as published."""

    articles: Sequence[Article]
    phrases: Phrases
    checks: Mapping[str, date]
    dac: DacList


class LiveKnowledge:
    """Hands out immutable snapshots, a new one whenever staff have changed something; `encoding` is None without an encoder."""

    def __init__(self, base: Knowledge, encoding: Encoding | None = None) -> None:
        self.base = base
        self.knowledge = base
        self.encoding = encoding
        self._revision = 0
        self._one_at_a_time = asyncio.Lock()
        self._vectors: dict[str, Sequence[float]] = {}  # of staff's phrases, so that a change encodes only what is new
        self._learning: set[asyncio.Task[None]] = set()

    async def refresh(self, connection: AsyncConnection, number: int) -> None:
        """Takes in what has been added since the revision last seen: by its words at once, by its meaning a little later."""
        if number == self._revision:
            return
        async with self._one_at_a_time:
            articles = await team_articles(connection, self.base.library)
            checks = {source: check.on for source, check in (await latest_checks(connection)).items()}
            dac = await published(connection, self.base.dac)
            known = {*self.base.library.articles, *(article.id for article in articles)}
            phrases = await _added_phrases(connection, known)
            extended = await asyncio.to_thread(self._extended, Additions(articles, phrases, checks, dac))
            self.knowledge = extended.with_vectors(self._vectors) if self._vectors else extended
            self._revision = number
        log.info("knowledge changed", revision=number)
        if self.encoding is not None and extended.matcher.missing():
            task = asyncio.create_task(self._learn_meaning(extended, number, self.encoding))
            self._learning.add(task)
            task.add_done_callback(self._learning.discard)

    def _extended(self, added: Additions) -> Knowledge:
        matcher = self.base.matcher  # read once for all snapshots, which are copies
        library = self.base.library.with_checks(added.checks)
        base = self.base.with_library(library, matcher).with_dac(added.dac)
        return base.with_additions(added.articles, added.phrases)

    async def learnt(self) -> None:
        """Returns once what has been added counts by meaning too."""
        await asyncio.gather(*self._learning)

    async def _learn_meaning(self, extended: Knowledge, number: int, encoding: Encoding) -> None:
        """Encodes the phrases that are new, one after the other, so that questions are encoded between them."""
        try:
            for text in extended.matcher.missing():
                if text not in self._vectors:
                    vector = await encoding.vector(text)
                    if vector is None or number != self._revision:  # no encoder, or a later change sees to it
                        return
                    self._vectors[text] = vector
            taught = await asyncio.to_thread(extended.with_vectors, self._vectors)
        except Exception:
            log.exception("phrases not encoded", revision=number)
            return
        if number == self._revision:
            self.knowledge = taught


async def _added_phrases(connection: AsyncConnection, articles: Container[str]) -> Phrases:
    """What staff have added; phrases of an article that this version no longer has lead nowhere and are left out."""
    query = select(added_phrase).where(added_phrase.c.removed_at.is_(None)).order_by(added_phrase.c.id)
    found: Phrases = {}
    for row in await connection.execute(query):
        if row.article in articles:
            found.setdefault(row.language, {}).setdefault(row.article, []).append(row.text)
    return found
