"""The summary as plain text: one language after the other, for an e-mail or a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from locales import words

from .content import Line


def text(lines: Sequence[Line], languages: Sequence[str]) -> str:
    """The lines in each language."""
    return "\n\n– – –\n\n".join(_in(lines, language) for language in languages) + "\n"


def _in(lines: Sequence[Line], language: str) -> str:
    spoken = words(language)
    said = ((line, spoken.render(line.text)) for line in lines)
    return "\n".join(f"\n{text}" if line.tone in ("heading", "bar") else text for line, text in said)
