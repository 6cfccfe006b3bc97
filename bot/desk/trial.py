"""Trying a question: what the assistant would make of it now, without keeping it."""

from __future__ import annotations

from aiohttp import web

from flows.world import Vector, VectorWanted, World
from knowledge.finding import Finding
from locales import languages, shipped

from .visit import Visit
from .words import percent

LONGEST = 500  # characters of a question


async def tried(visit: Visit) -> web.Response:
    """/desk/try: candidates with their scores, and which of the three outcomes they lead to."""
    question = visit.query("question")[:LONGEST]
    language = shipped(visit.query("language")) or visit.words.language
    findings = await _findings(visit, question, language) if question else ()
    return visit.page("try.html", question=question, language=language, languages=languages(), findings=findings,
                      semantic=visit.office.live.encoding is not None, longest=LONGEST,
                      country=visit.words.country, percent=lambda share: percent(share, visit.words))


async def _findings(visit: Visit, question: str, language: str) -> tuple[Finding, ...]:
    live = visit.office.live
    vectors: dict[str, Vector | None] = {}
    while True:
        world = World(visit.now, language, live.knowledge, semantic=live.encoding is not None, vectors=vectors)
        try:
            return live.knowledge.matcher.find(question, language, world.vector)
        except VectorWanted as wanted:
            vectors[wanted.text] = await live.encoding.vector(wanted.text) if live.encoding else None
