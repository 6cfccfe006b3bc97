"""From evidence to one of three honest outcomes: an answer, "did you mean", or "I do not know".

Probabilities are a softmax over the articles of weighed log scores; the weights are fitted on the development set, so
that what is stated as 0.8 is right about eight times in ten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.articles import Kind, Library
from knowledge.finding import STATUS, Hit

from .meaning import Reading
from .weights import (
    BEYOND,
    BOTH,
    CERTAIN,
    LEAST,
    LOOKED_UP,
    MEANING_ALONE,
    MOST_OFFERED,
    NOTHING,
    STANDS_OUT,
    STRANGE,
    SURELY_BEYOND,
    WORDS_ALONE,
    WORTH,
    Weights,
)

PLAINEST = "general-knowledge"  # "this assistant does not know about this subject"


@dataclass(frozen=True)
class Evidence:
    """Log scores per article from the words and, where it was asked for, what the sentence vector tells.

    `coverage` is the share of the question's words that phrases have; `abroad`: it names a country beside Germany.
    """

    words: Sequence[float]
    coverage: float
    abroad: bool
    meaning: Reading | None = None

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
        facts = [_stated(article, library) for article in articles]
        self.articles = tuple(articles)
        self.ours = tuple(bool(stated) for stated in facts)
        self.akin = tuple(_akin(stated, facts) for stated in facts)
        self._courtesies = frozenset(
            number for number, article in enumerate(articles)
            if article in known and known[article].kind is Kind.SMALL_TALK
        )  # fmt: skip
        self._status = self._number(STATUS)
        self._plainest = self._number(PLAINEST)

    def _number(self, article: str) -> int | None:
        return self.articles.index(article) if article in self.articles else None

    def is_about_countries(self, article: str) -> bool:
        """Whether a country's status would answer about as well."""
        return self._status is not None and self.articles.index(article) in self.akin[self._status]

    def probabilities(self, evidence: Evidence, leaning: Mapping[int, float]) -> list[float]:
        """How likely each article is the one asked for; `leaning` is added to the scores of some."""
        weights = evidence.weights
        scores = [weights.words * score + (0.0 if ours else weights.beyond)
                  for score, ours in zip(evidence.words, self.ours, strict=True)]  # fmt: skip
        if evidence.meaning is not None:
            scores = [score + weights.learned * learned + weights.likeness * alike
                      for score, learned, alike in zip(scores, *evidence.meaning, strict=True)]  # fmt: skip
        if evidence.abroad and self._status is not None:
            scores[self._status] += weights.abroad
        for number, more in leaning.items():
            scores[number] += more
        return _softmax(scores)

    def choice(self, probabilities: Sequence[float]) -> Verdict:
        """Never an answer, always a choice among the programme's: what a lone "where?" deserves."""
        ours = sum(likely for likely, is_ours in zip(probabilities, self.ours, strict=True) if is_ours) or 1.0
        return Verdict(self._offered([likely / ours for likely in probabilities], abroad=False))

    def verdict(self, probabilities: Sequence[float], abroad: bool = False) -> Verdict:
        """The outcome; "I do not know" where even three answers would hardly hold the right one."""
        beyond = sum(likely for likely, ours in zip(probabilities, self.ours, strict=True) if not ours)
        if beyond >= BEYOND:
            hit = Hit(self.articles[self._best_beyond(probabilities)], beyond)
            certain = beyond >= SURELY_BEYOND
            return Verdict((hit,) if certain else (hit, *self._offered(probabilities, abroad)[: MOST_OFFERED - 1]), certain)
        best = self._best(probabilities, abroad)
        sure = self._sure(best, probabilities)
        if sure >= CERTAIN:
            return Verdict((Hit(self.articles[best], sure),), True)
        offered = self._offered(probabilities, abroad)
        return Verdict(offered) if sum(hit.score for hit in offered) >= WORTH else Verdict()

    def _best(self, probabilities: Sequence[float], abroad: bool) -> int:
        """The likeliest; but a country that is named is looked up if that answers about as well."""
        best = max(range(len(probabilities)), key=probabilities.__getitem__)
        status = self._status
        if abroad and status is not None and status in self.akin[best]:
            return status if probabilities[status] >= LOOKED_UP * probabilities[best] else best
        return best

    def _best_beyond(self, probabilities: Sequence[float]) -> int:
        """The likeliest courtesy or refusal; the plainest refusal where no certain one stands out."""
        beyond = [number for number, ours in enumerate(self.ours) if not ours]
        best = max(beyond, key=probabilities.__getitem__)
        stands_out = probabilities[best] >= STANDS_OUT * sum(probabilities[number] for number in beyond)
        return best if stands_out or best in self._courtesies or self._plainest is None else self._plainest

    def _sure(self, number: int, probabilities: Sequence[float]) -> float:
        """How likely the article states what is asked for: it, or one that shares a fact with it, is meant."""
        return sum(probabilities[other] for other in self.akin[number])

    def _offered(self, probabilities: Sequence[float], abroad: bool) -> tuple[Hit, ...]:
        """Up to three answers of the programme, each for what the ones before leave open."""
        left = [likely if ours else 0.0 for likely, ours in zip(probabilities, self.ours, strict=True)]
        offered: list[Hit] = []
        while len(offered) < MOST_OFFERED:
            best = self._best(left, abroad)
            score = self._sure(best, left)
            if score < LEAST:
                break
            offered.append(Hit(self.articles[best], score))
            for number in self.akin[best]:
                left[number] = 0.0
        return tuple(offered)


def _stated(article: str, library: Library) -> frozenset[str]:
    """The article's facts; what the team says is a statement of its own."""
    known = library.articles.get(article)
    return frozenset((article,) if known is None or known.kind is Kind.TEAM else known.facts)


def _akin(facts: frozenset[str], all_facts: Sequence[frozenset[str]]) -> tuple[int, ...]:
    return tuple(number for number, others in enumerate(all_facts) if facts & others or not (facts or others))


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    likely = [math.exp(score - top) for score in scores]
    total = sum(likely)
    return [each / total for each in likely]
