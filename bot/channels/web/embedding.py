"""The script for other sites, with the few words of its button in every language."""

from __future__ import annotations

import json

from locales import _, languages, words

from .assets import HOME, Asset

OPEN = _("Ask the assistant")
CLOSE = _("Close the chat")
TITLE = _("Partnership assistant")


def embed_script() -> Asset:
    """`/embed.js`."""
    spoken = {code: [words(code).render(text) for text in (OPEN, CLOSE, TITLE)] for code in languages()}
    script = (HOME / "embed.js").read_text("utf-8")
    return Asset.for_other_sites("embed.js", script.replace("{/* words */}", json.dumps(spoken, ensure_ascii=False)).encode())
