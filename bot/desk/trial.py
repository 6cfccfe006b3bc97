"""Trying a question: what the assistant would make of it now and why, without keeping it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiohttp import web
from sqlalchemy import select

from bot.store.schema import added_phrase
from flows.known import Known, Vector, VectorWanted
from flows.world import World
from knowledge.finding import Finding
from knowledge.search.why import Why, explained
from locales import languages, shipped

from .visit import Visit
from .words import percent

LONGEST = 500  # characters of a question


async def tried(visit: Visit) -> web.Response:
    """/desk/try: candidates with their scores and what spoke for them, and which of the three outcomes they lead to."""
    question = visit.query("question")[:LONGEST]
    language = shipped(visit.query("language")) or visit.words.language
    findings, vectors = await _findings(visit, question, language) if question else ((), {})
    reasons = await _reasons(visit, findings, question, language, vectors) if question else {}
    return visit.page("try.html", question=question, language=language, languages=languages(), findings=findings,
                      reasons=reasons, asked_meaning=bool(vectors), semantic=visit.office.live.encoding is not None,
                      longest=LONGEST, country=visit.words.country, percent=lambda share: percent(share, visit.words))


Vectors = Mapping[str, Vector | None]


async def _findings(visit: Visit, question: str, language: str) -> tuple[tuple[Finding, ...], Vectors]:
    """What the assistant would find, and the sentence vectors that it asked for."""
    live = visit.office.live
    vectors: dict[str, Vector | None] = {}
    while True:
        world = World(visit.now, language, live.knowledge, semantic=live.encoding is not None, known=Known(vectors=vectors))
        try:
            return live.knowledge.matcher.find(question, language, world.vector), vectors
        except VectorWanted as wanted:
            vectors[wanted.text] = await live.encoding.vector(wanted.text) if live.encoding else None


async def _reasons(visit: Visit, findings: tuple[Finding, ...], question: str, language: str,
                   vectors: Vectors) -> dict[tuple[str, str], Why]:
    """What spoke for each candidate, by the part of the question and the article."""
    articles = {hit.article for finding in findings for hit in finding.hits}
    query = select(added_phrase).where(added_phrase.c.removed_at.is_(None), added_phrase.c.article.in_(articles))
    async with visit.office.store.read() as connection:
        rows = (await connection.execute(query)).all()
    knowledge = visit.office.live.knowledge
    vector = next(iter(vectors.values()), None)

    def told() -> dict[tuple[str, str], Why]:
        found = {}
        for finding in findings:
            text, spoken = finding.question or question, finding.language or language
            for hit in finding.hits:
                added = [row.text for row in rows if (row.article, row.language) == (hit.article, spoken)]
                found[finding.question, hit.article] = explained(
                    knowledge.matcher, knowledge.gazetteer, knowledge.home, text, spoken, hit.article, added, vector)
        return found

    return await asyncio.to_thread(told)
