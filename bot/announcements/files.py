"""Announcements' files for people in the web chat, behind an address that nobody can guess."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from aiohttp import web
from sqlalchemy import select

from bot.store.announcement_tables import announcement_file
from bot.store.database import Store

from .store import FILES

SHOWN = ("image/jpeg", "image/png", "image/webp")  # everything else is saved, never run in the page's name


class AnnouncementFiles:
    """Serves the files."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def setup(self, application: web.Application) -> None:
        """Adds the address."""
        application.add_routes([web.get(FILES + "/{key:[A-Za-z0-9_-]{24}}", self._serve)])

    async def _serve(self, request: web.Request) -> web.Response:
        query = select(announcement_file.c.name, announcement_file.c.content)
        async with self._store.read() as connection:
            row = (await connection.execute(query.where(announcement_file.c.key == request.match_info["key"]))).first()
        if row is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(row.name)[0] or "application/octet-stream"
        shown = "inline" if kind in SHOWN else "attachment"
        return web.Response(body=row.content, headers={
            "Content-Type": kind, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(row.name)}"})
