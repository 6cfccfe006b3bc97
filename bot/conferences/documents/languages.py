"""In which two languages a paper stands."""

from __future__ import annotations

COMPANION = {"en": "de"}  # what stands beside a language; beside all others stands English


def languages_of(language: str, beside: str = "") -> tuple[str, str]:
    """The two languages of a paper: the reader's, and English or German."""
    fitting = beside if beside in ("en", "de") and beside != language else ""
    return language, fitting or COMPANION.get(language, "en")
