"""`python -m tests.benchmarks.matching`: how well and how fast, beside others on the same data in the same run.

Every tenth phrase of each language is held back and asked; the other nine tenths are learned from. WRatio, which takes
long, is asked a part of them. Needs the extras `semantic` and `bench`; some minutes.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from knowledge import Knowledge
from knowledge.search.naming import Named, named
from knowledge.search.phrases import Phrase, each, read_phrases
from knowledge.search.semantic import load_encoder
from knowledge.search.vectors import Vectors

from . import growth
from .ours import ByWords, ByWordsAndMeaning
from .rivals import Bm25, CharacterTfidf, Ranking, WRatio

HELD_BACK = 10  # every tenth
SLOW_PART = 6  # every sixth of those is put to WRatio
Asking = Callable[[int], list[int]]


@dataclass(frozen=True)
class Data:
    """All phrases, what they name, the number of each one's article, and which are learned from and which are asked."""

    phrases: Sequence[Phrase]
    read: Sequence[Named]
    owners: Sequence[int]
    taught: Sequence[int]
    asked: Sequence[int]
    articles: int


def main() -> None:
    """Prints accuracy and time per language, then growth."""
    home, knowledge = Path(str(files("knowledge"))), Knowledge()
    data = data_of(home, knowledge)
    print(f"{len(data.phrases)} phrases, {data.articles} articles; {len(data.asked)} held back")
    _report("words", data, data.asked, _by_words(data))
    _report("words + vector", data, data.asked, _by_both(data, Vectors.load(home)))
    texts = [data.phrases[number].text for number in data.taught]
    owners = [data.owners[number] for number in data.taught]
    for rival in (Bm25, CharacterTfidf, WRatio):
        ranking = rival(texts, owners)
        asked = data.asked[::SLOW_PART] if rival is WRatio else data.asked
        _report(rival.__name__, data, asked, _asking(ranking, data))
    _whole(data, knowledge)
    growth.main(read_phrases(home)["en"])


def data_of(home: Path, knowledge: Knowledge) -> Data:
    """All phrases, parted into those learned from and those asked."""
    articles = sorted(knowledge.library.articles)
    phrases = [phrase for phrase in each(read_phrases(home)) if phrase.article in articles]
    return Data(
        phrases=phrases,
        read=[named(phrase.text, phrase.language, knowledge.gazetteer) for phrase in phrases],
        owners=[articles.index(phrase.article) for phrase in phrases],
        taught=[number for number in range(len(phrases)) if number % HELD_BACK],
        asked=range(0, len(phrases), HELD_BACK),
        articles=len(articles),
    )


def _asking(ranking: Ranking, data: Data) -> Asking:
    return lambda number: ranking.ranked(data.phrases[number].text, data.phrases[number].language)


def taught_words(data: Data) -> ByWords:
    """The words of the phrases learned from."""
    taught = data.taught
    languages = [data.phrases[number].language for number in taught]
    return ByWords([data.read[number] for number in taught], languages, [data.owners[number] for number in taught], data.articles)


def _by_words(data: Data) -> Asking:
    ranking = taught_words(data)
    return lambda number: ranking.ranked(data.read[number], data.phrases[number].language)


def _by_both(data: Data, vectors: Vectors) -> Asking:
    matrix = vectors.matrix([what.text for what in data.read])
    owners = [data.owners[number] for number in data.taught]
    ranking = ByWordsAndMeaning(taught_words(data), matrix[np.array(data.taught)], owners, data.articles)
    return lambda number: ranking.ranked(data.read[number], data.phrases[number].language, matrix[number])


def _report(name: str, data: Data, asked: Sequence[int], ask: Asking) -> None:
    """Top-1 and top-3 per language; the time is that of ranking, with the vector and the places known."""
    first: defaultdict[str, list[bool]] = defaultdict(list)
    three: list[bool] = []
    started = time.perf_counter()
    for number in asked:
        ranked = ask(number)
        first[data.phrases[number].language].append(ranked[:1] == [data.owners[number]])
        three.append(data.owners[number] in ranked)
    spent = 1000 * (time.perf_counter() - started) / len(asked)
    languages = "  ".join(f"{language} {100 * np.mean(right):.0f}" for language, right in sorted(first.items()))
    every = [right for rights in first.values() for right in rights]
    print(f"{name:15s} top-1 {100 * np.mean(every):5.1f}  top-3 {100 * np.mean(three):5.1f}  {spent:6.2f} ms  | {languages}")


def _whole(data: Data, knowledge: Knowledge) -> None:
    """The whole of `Matcher.find`, places and language included, without and with the encoder where words leave doubt."""
    asked = [data.phrases[number] for number in data.asked[::3]]
    encoder = load_encoder()
    for name, encode in (("alone", None), ("with encoder", (lambda text: encoder.encode([text])[0]) if encoder else None)):
        started = time.perf_counter()
        for phrase in asked:
            knowledge.matcher.find(phrase.text, phrase.language, encode)
        print(f"Matcher.find {name}: {1000 * (time.perf_counter() - started) / len(asked):.2f} ms a question")


if __name__ == "__main__":
    main()
