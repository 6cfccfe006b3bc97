"""The script for other sites, with the few words of its button in every language."""

from __future__ import annotations

import asyncio
import json
from functools import cache

from aiohttp import web

from locales import _, languages, words

from .assets import HOME, Asset

OPEN = _("Ask the assistant")
CLOSE = _("Close the chat")
TITLE = _("Partnership assistant")


PATH = "/embed.js"


async def serve_embed_script(request: web.Request) -> web.Response:
    """`/embed.js`, made when it is first asked for: its words take the catalogues of all languages."""
    return await (await asyncio.to_thread(_embed_script)).serve(request)


@cache
def _embed_script() -> Asset:
    spoken = {code: [words(code).render(text) for text in (OPEN, CLOSE, TITLE)] for code in languages()}
    script = (HOME / "embed.js").read_text("utf-8")
    return Asset.for_other_sites(PATH, script.replace("{/* words */}", json.dumps(spoken, ensure_ascii=False)).encode())
