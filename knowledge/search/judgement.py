"""From evidence to one of three honest outcomes: an answer, "did you mean", or "I do not know".

Probabilities are a softmax over the articles of weighed log scores; the weights are fitted on the development set, so
that what is stated as 0.8 is right about eight times in ten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.articles import Library
from knowledge.finding import Hit

from .weights import (
    BEYOND,
    BOTH,
    CERTAIN,
    LEAST,
    MEANING_ALONE,
    MOST_OFFERED,
    NOTHING,
    PLACE_NAMED,
    STRANGE,
    WORDS_ALONE,
    WORTH,
    Weights,
)

STATUS = "dac-status-of-country"


@dataclass(frozen=True)
class Evidence:
    """Log scores per article from the words and, where it was asked for, from the sentence vector.

    `coverage` is the share of the question's words that phrases have, `places` whether it names a place.
    """

    words: Sequence[float]
    coverage: float
    meaning: Sequence[float] | None
    places: bool

    @property
    def weights(self) -> Weights:
        """Words weigh nothing in a language without phrases."""
        low, high = STRANGE
        strange = min(1.0, max(0.0, (high - self.coverage) / (high - low)))
        if self.meaning is None:
            return WORDS_ALONE.mixed(NOTHING, strange)
        return BOTH.mixed(MEANING_ALONE, strange)


@dataclass(frozen=True)
class Verdict:
    """The answers, best first; `certain`: there is one, to be given straight away."""

    hits: tuple[Hit, ...] = ()
    certain: bool = False


class Judge:
    """Knows of each article whether it is the programme's, and which others would answer the same."""

    def __init__(self, articles: Sequence[str], library: Library) -> None:
        known = library.articles
        facts = [frozenset(known[article].facts if article in known else (article,)) for article in articles]
        self.articles = tuple(articles)
        self.ours = tuple(bool(stated) for stated in facts)
        self.akin = tuple(_akin(stated, facts) for stated in facts)
        self._status = self.articles.index(STATUS) if STATUS in articles else None

    def probabilities(self, evidence: Evidence, leaning: Mapping[int, float]) -> list[float]:
        """How likely each article is the one asked for; `leaning` is added to the scores of some."""
        weights = evidence.weights
        scores = [weights.words * score + (0.0 if ours else weights.beyond)
                  for score, ours in zip(evidence.words, self.ours, strict=True)]  # fmt: skip
        if evidence.meaning is not None:
            scores = [score + weights.meaning * more for score, more in zip(scores, evidence.meaning, strict=True)]
        if evidence.places and self._status is not None:
            scores[self._status] += PLACE_NAMED
        for number, more in leaning.items():
            scores[number] += more
        return _softmax(scores)

    def verdict(self, probabilities: Sequence[float]) -> Verdict:
        """The outcome; "I do not know" where even three answers would hardly hold the right one."""
        best = max(range(len(probabilities)), key=probabilities.__getitem__)
        beyond = sum(likely for likely, ours in zip(probabilities, self.ours, strict=True) if not ours)
        if beyond >= BEYOND:
            return Verdict((self._best_beyond(probabilities),), True)
        sure = self._sure(best, probabilities)
        if sure >= CERTAIN:
            return Verdict((Hit(self.articles[best], sure),), True)
        offered = self._offered(probabilities)
        return Verdict(offered) if sum(hit.score for hit in offered) >= WORTH else Verdict()

    def _sure(self, number: int, probabilities: Sequence[float]) -> float:
        """How likely the article states what is asked for: it, or one that shares a fact with it, is meant."""
        return sum(probabilities[other] for other in self.akin[number])

    def _best_beyond(self, probabilities: Sequence[float]) -> Hit:
        beyond = [number for number, ours in enumerate(self.ours) if not ours]
        best = max(beyond, key=probabilities.__getitem__)
        return Hit(self.articles[best], sum(probabilities[number] for number in beyond))

    def _offered(self, probabilities: Sequence[float]) -> tuple[Hit, ...]:
        """Up to three answers of the programme, each for what the ones before leave open."""
        left = [likely if ours else 0.0 for likely, ours in zip(probabilities, self.ours, strict=True)]
        offered: list[Hit] = []
        while len(offered) < MOST_OFFERED:
            best = max(range(len(left)), key=left.__getitem__)
            score = self._sure(best, left)
            if score < LEAST:
                break
            offered.append(Hit(self.articles[best], score))
            for number in self.akin[best]:
                left[number] = 0.0
        return tuple(offered)


def _akin(facts: frozenset[str], all_facts: Sequence[frozenset[str]]) -> tuple[int, ...]:
    return tuple(number for number, others in enumerate(all_facts) if facts & others or not (facts or others))


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    likely = [math.exp(score - top) for score in scores]
    total = sum(likely)
    return [each / total for each in likely]
