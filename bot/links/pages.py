"""What links lead to: the summary, a document, an invitation as a QR code. A link that no longer holds leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

from bot import qr
from flows.codes import LENGTH, cleaned

from .lending import Lending, Opened

HEADERS: Mapping[str, str] = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
STRANGERS_FILE = {**HEADERS, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}


class LinkPages:
    """The pages behind links; `base` is the address that an invitation's QR code leads to."""

    def __init__(self, lending: Lending, base: str) -> None:
        self._lending, self._base = lending, base

    def setup(self, application: web.Application) -> None:
        """Adds them."""
        application.add_routes([web.get("/files/{code}/{file}", self._file), web.get("/join/{code}.svg", self._invitation)])

    async def _file(self, request: web.Request) -> web.Response:
        opened = await self._lending.open(request.match_info["code"], request.match_info["file"])
        if opened is None:
            raise web.HTTPNotFound(text="404: Not Found", headers=HEADERS)
        return served(opened)

    async def _invitation(self, request: web.Request) -> web.Response:
        """The picture tells no more than its own address does, so it needs no rights."""
        code = request.match_info["code"]
        if len(cleaned(code)) != LENGTH:
            raise web.HTTPNotFound
        picture = qr.svg(f"{self._base}/?start=join-{code}")
        return web.Response(body=picture, headers={**HEADERS, "Content-Type": "image/svg+xml"})


def served(opened: Opened) -> web.Response:
    """A file as an answer; one that people have sent is saved and never shown here, whatever it is."""
    headers = STRANGERS_FILE if opened.shown == "attachment" else HEADERS
    named = f"{opened.shown}; filename*=UTF-8''{quote(opened.name, safe='')}"
    return web.Response(body=opened.content, headers={**headers, "Content-Type": opened.type, "Content-Disposition": named})
