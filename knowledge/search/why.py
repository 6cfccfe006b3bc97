"""Why a question led to an article: the phrases it is like, the words that spoke for it, and its meaning.

Only told to staff who try a question; nothing here takes part in finding the answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from knowledge.normal import plain

from .features import MARKER, features
from .naming import named
from .phrases import read_phrases

if TYPE_CHECKING:
    from knowledge.places import Gazetteer

    from .matcher import Matcher

MOST_PHRASES = 3
LEAST_LIKE = 55  # of 100, from which a phrase is worth showing
MOST_WORDS = 12  # that are weighed; longer questions are told by their first ones


@dataclass(frozen=True)
class Why:
    """What spoke for one article.

    `phrases` are the nearest ones with their likeness, 0 to 1; `words` what each word adds to the article's chance (as the
    logarithm of a factor), the strongest first; `likeness` is how near the sentence's meaning is, None where it was not asked.
    """

    article: str
    phrases: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, float], ...]
    likeness: float | None = None


def explained(matcher: Matcher, gazetteer: Gazetteer, home: Path, question: str, language: str, article: str,
              added: Sequence[str] = (), vector: Sequence[float] | None = None) -> Why:
    """What spoke for an article; `added` are staff's phrases for it, `vector` is the question's if it was asked for."""
    what = named(question, language, gazetteer)
    shipped = _shipped(home).get(language, {}).get(article, ())
    number = matcher.model.articles.index(article) if article in matcher.model.articles else None
    words = () if number is None else _words(matcher, what.words, language, number)
    return Why(article, _phrases(question, (*shipped, *added)), words, _likeness(matcher, number, vector))


def _phrases(question: str, phrases: Sequence[str]) -> tuple[tuple[str, float], ...]:
    found = process.extract(question, phrases, scorer=fuzz.token_set_ratio, processor=plain, limit=MOST_PHRASES,
                            score_cutoff=LEAST_LIKE)
    return tuple((phrase, likeness / 100) for phrase, likeness, _place in found)


def _words(matcher: Matcher, words: Sequence[str], language: str, number: int) -> tuple[tuple[str, float], ...]:
    """How much less likely the article were without each word."""
    whole = _chance(matcher, words, language, number)
    told = {word: whole - _chance(matcher, [other for other in words if other != word], language, number)
            for word in dict.fromkeys(words[:MOST_WORDS])}
    return tuple(sorted(((word, weight) for word, weight in told.items() if weight > 0 and not word.startswith(MARKER)),
                        key=lambda pair: -pair[1]))


def _chance(matcher: Matcher, words: Sequence[str], language: str, number: int) -> float:
    """The logarithm of the article's chance by the words alone."""
    scores, _known = matcher.model.counts.read(features(words, language))
    most = max(scores)
    return scores[number] - most - math.log(sum(math.exp(score - most) for score in scores))


def _likeness(matcher: Matcher, number: int | None, vector: Sequence[float] | None) -> float | None:
    meaning = matcher.model.meaning
    if number is None or vector is None or meaning is None:
        return None
    return meaning.read(vector, len(matcher.model.articles)).likeness[number]


@lru_cache(maxsize=1)
def _shipped(home: Path) -> Mapping[str, Mapping[str, Sequence[str]]]:
    return read_phrases(home)
