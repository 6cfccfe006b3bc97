"""The page's few static files: read and compressed once, named by their content so that browsers may keep them for a year."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

HOME = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class Asset:
    """One static file, plain and compressed."""

    path: str
    plain: bytes
    compressed: bytes
    headers: dict[str, str]

    @classmethod
    def read(cls, name: str) -> Asset:
        """A file of the static folder, named by its content."""
        plain = (HOME / name).read_bytes()
        stem, suffix = Path(name).stem, Path(name).suffix
        path = f"/static/{stem}.{hashlib.sha256(plain).hexdigest()[:10]}{suffix}"
        return cls(path, plain, gzip.compress(plain, 9, mtime=0), _headers(suffix) | {"Cache-Control": FOR_EVER})

    @classmethod
    def for_other_sites(cls, path: str, plain: bytes) -> Asset:
        """A file that other sites link to by its plain address."""
        headers = {"Cache-Control": FOR_AN_HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
        return cls(path, plain, gzip.compress(plain, 9, mtime=0), _headers(Path(path).suffix) | headers)

    async def serve(self, request: web.Request) -> web.Response:
        """Answers with the file."""
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=self.compressed, headers=self.headers | {"Content-Encoding": "gzip"})
        return web.Response(body=self.plain, headers=self.headers)


def _headers(suffix: str) -> dict[str, str]:
    return {"Content-Type": TYPES[suffix], "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
