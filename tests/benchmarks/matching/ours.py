"""The matcher's own evidence as a ranking, so that it can be measured on phrases it has not learned from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.search.bayes import counted
from knowledge.search.features import features
from knowledge.search.learning import learned
from knowledge.search.naming import Named
from knowledge.search.weights import BOTH


class ByWords:
    """The words alone."""

    def __init__(self, read: Sequence[Named], languages: Sequence[str], owners: Sequence[int], articles: int) -> None:
        texts = [(owner, features(what.words, language)) for what, language, owner in zip(read, languages, owners, strict=True)]
        self.counts = counted(texts, articles)

    def ranked(self, what: Named, language: str) -> list[int]:
        """The three likeliest articles."""
        scores, _known = self.counts.read(features(what.words, language))
        return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:3]


class ByWordsAndMeaning:
    """Words and sentence vector, weighed as in the product."""

    def __init__(self, words: ByWords, vectors: NDArray[np.float32], owners: Sequence[int], articles: int) -> None:
        self._words, self._articles = words, articles
        self.meaning = learned(vectors, np.array(owners, dtype=np.intp), articles)

    def ranked(self, what: Named, language: str, vector: NDArray[np.float32]) -> list[int]:
        """The three likeliest articles."""
        scores, _known = self._words.counts.read(features(what.words, language))
        reading = self.meaning.read(vector.tolist(), self._articles)
        both = [BOTH.words * score + BOTH.learned * told for score, told in zip(scores, reading.learned, strict=True)]
        return sorted(range(len(both)), key=both.__getitem__, reverse=True)[:3]
