"""Phrases that staff add while the assistant runs: they count at once, by their words and, once encoded, by meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .naming import Named

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .meaning import Meaning

VERY_WORDS = 12.0  # added to an article's score where one of its added phrases is asked word by word
ALIKE = 0.5  # likeness from which an added phrase counts
BY_LIKENESS = 20.0  # factor of the likeness above that


@dataclass(frozen=True)
class Added:
    """The added phrases as read, each with its article's number; `vectors` (phrases, 384) whitened, zero where unknown."""

    phrases: tuple[tuple[int, Named], ...] = ()
    vectors: NDArray[np.float32] | None = None
    by_words: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, phrases: Sequence[tuple[int, Named]]) -> Added:
        """Phrases whose vectors are not known yet."""
        return cls(tuple(phrases), None, {what.words: number for number, what in phrases if what.words})

    def missing(self) -> tuple[str, ...]:
        """The texts to be encoded."""
        return tuple(dict.fromkeys(what.text for _number, what in self.phrases)) if self.vectors is None else ()

    def encoded(self, vectors: Mapping[str, Sequence[float]], meaning: Meaning) -> Added:
        """With the vectors of the texts that were missing."""
        import numpy as np

        rows = [meaning.whitened(vectors[what.text]) if what.text in vectors else np.zeros_like(meaning.mean)
                for _number, what in self.phrases]  # fmt: skip
        return replace(self, vectors=np.array(rows, dtype=np.float32).reshape(len(rows), -1))

    def asked(self, what: Named) -> Mapping[int, float]:
        """What a question asked in the very words of a phrase adds to its article's score."""
        number = self.by_words.get(what.words)
        return {} if number is None else {number: VERY_WORDS}

    def alike(self, vector: Sequence[float], meaning: Meaning) -> Mapping[int, float]:
        """What a question like a phrase adds to its article's score."""
        if self.vectors is None or not self.phrases:
            return {}
        more: dict[int, float] = {}
        for (number, _what), likeness in zip(self.phrases, self.vectors @ meaning.whitened(vector), strict=True):
            more[number] = max(more.get(number, 0.0), BY_LIKENESS * (float(likeness) - ALIKE))
        return more
