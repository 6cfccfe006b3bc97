"""What links lead to: the summary as PDF or text, and an invitation as a QR code. A link that no longer holds leads nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import web

from bot import qr
from bot.cases.granting import Grant, granted
from bot.cases.reading import case_numbered
from bot.knowledge import LiveKnowledge
from bot.store.database import Store
from bot.summary.content import Line, lines
from flows.case.codes import LENGTH, cleaned, key_of

HEADERS: Mapping[str, str] = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class LinkPages:
    """The pages behind links."""

    def __init__(self, store: Store, live: LiveKnowledge, now: Callable[[], datetime], base: str) -> None:
        self._store, self._live, self._now, self._base = store, live, now, base

    def setup(self, application: web.Application) -> None:
        """Adds them."""
        application.add_routes([web.get("/files/{code}/summary.{ending:pdf|txt}", self._summary),
                                web.get("/join/{code}.svg", self._invitation)])

    async def _summary(self, request: web.Request) -> web.Response:
        found = await self._granted(request)
        first, second = found.languages[0], found.languages[-1]
        content = await self._lines(found)
        if request.match_info["ending"] == "txt":
            from bot.summary.plain import text

            return _file(text(content, (first, second)).encode(), "text/plain; charset=utf-8", "summary.txt")
        from bot.summary.pdf import page  # with its fonts, dear to import, and needed for this alone

        pdf = await asyncio.to_thread(page, content, (first, second))
        return _file(pdf, "application/pdf", "summary.pdf")

    async def _invitation(self, request: web.Request) -> web.Response:
        """The picture tells no more than its own address does, so it needs no rights."""
        code = request.match_info["code"]
        if len(cleaned(code)) != LENGTH:
            raise web.HTTPNotFound
        picture = qr.svg(f"{self._base}/?start=join-{code}")
        return web.Response(body=picture, headers={**HEADERS, "Content-Type": "image/svg+xml"})

    async def _granted(self, request: web.Request) -> Grant:
        async with self._store.read() as connection:
            found = await granted(connection, key_of(request.match_info["code"]), self._now())
        if found is None:
            raise web.HTTPNotFound(text="404: Not Found", headers=HEADERS)
        return found

    async def _lines(self, found: Grant) -> tuple[Line, ...]:
        knowledge = self._live.knowledge
        async with self._store.read() as connection:
            case = await case_numbered(connection, found.case, knowledge.checklist, self._now())
        if case is None:
            raise web.HTTPNotFound(text="404: Not Found", headers=HEADERS)
        return lines(case, knowledge, self._now().date())


def _file(body: bytes, type: str, name: str) -> web.Response:
    return web.Response(body=body, headers={**HEADERS, "Content-Type": type, "Content-Disposition": f'inline; filename="{name}"'})
