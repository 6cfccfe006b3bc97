"""What a question was found to mean, before it is put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Encode = Callable[[str], Sequence[float] | None]
"""A sentence's vector, or None where none is to be had; called only where the words alone leave doubt."""


def once(encode: Encode) -> Encode:
    """The same, but a text that comes again is not encoded again."""
    known: dict[str, Sequence[float] | None] = {}

    def remembered(text: str) -> Sequence[float] | None:
        if text not in known:
            known[text] = encode(text)
        return known[text]

    return remembered


STATUS = "dac-status-of-country"
"""The article whose answer is a country's standing, computed from the table."""


@dataclass(frozen=True)
class Topic:
    """What the last answer was about, so that "and for Kenya?" and "when?" have something to lean on."""

    article: str
    country: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Hit:
    """An article that may be the answer; `score` is how likely it is the right one, 0 to 1."""

    article: str
    score: float


@dataclass(frozen=True)
class Finding:
    """One question's candidates, best first, at most three; none means "I do not know".

    `certain` allows the first to be said straight away. `language` is the shipped language the question is written
    in where that is clear, `countries` (ISO alpha-2) and `region` are what it names.
    """

    question: str
    hits: tuple[Hit, ...] = ()
    certain: bool = False
    language: str | None = None
    countries: tuple[str, ...] = ()
    region: str | None = None
