"""What the matcher is measured against, on the same phrases: each ranks articles for a text by its nearest phrases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.normal import plain

NEAREST = 30  # phrases looked at for the first three articles


class Ranking(Protocol):
    """Learned from phrases; tells the numbers of the likeliest articles for a text, best first."""

    def ranked(self, text: str, language: str) -> list[int]:
        """At most three."""
        ...


class WRatio:
    """rapidfuzz's `extract` as it comes: WRatio against every phrase."""

    def __init__(self, texts: Sequence[str], owners: Sequence[int]) -> None:
        self._texts, self._owners = [plain(text) for text in texts], owners

    def ranked(self, text: str, language: str) -> list[int]:
        found = process.extract(plain(text), self._texts, scorer=fuzz.WRatio, limit=NEAREST)
        return first_three([self._owners[place] for _text, _score, place in found])


class Bm25:
    """BM25 over words, by bm25s."""

    def __init__(self, texts: Sequence[str], owners: Sequence[int]) -> None:
        self._owners, self._index = owners, bm25s.BM25()
        self._index.index([plain(text).split() or [""] for text in texts], show_progress=False)

    def ranked(self, text: str, language: str) -> list[int]:
        words = plain(text).split()
        if not words:
            return []
        scores = self._index.get_scores(words)
        return first_three([self._owners[place] for place in np.argsort(-scores)[:NEAREST]])


class CharacterTfidf:
    """Cosine of character n-grams of two to four letters, weighted by TF-IDF."""

    def __init__(self, texts: Sequence[str], owners: Sequence[int]) -> None:
        self._owners = owners
        self._vectors: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, preprocessor=plain)
        self._matrix = self._vectors.fit_transform(texts).T.tocsr()

    def ranked(self, text: str, language: str) -> list[int]:
        scores = (self._vectors.transform([text]) @ self._matrix).toarray().ravel()
        return first_three([self._owners[place] for place in np.argsort(-scores)[:NEAREST]])


def first_three(owners: Sequence[int]) -> list[int]:
    """The first three different articles."""
    return list(dict.fromkeys(owners))[:3]
