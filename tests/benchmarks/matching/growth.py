"""How time and memory grow with the knowledge: English articles copied with some of their words made strange."""

from __future__ import annotations

import gc
import random
import resource
import time
from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge.search.bayes import Counts, counted
from knowledge.search.features import features, spelled
from knowledge.search.meaning import EXAMPLES, Meaning
from knowledge.search.semantic import DIMENSIONS

from .rivals import Bm25, CharacterTfidf, WRatio

PHRASES = 24  # of each article
ASKED = 60
SIZES = (60, 600, 6000)


def main(english: dict[str, list[str]]) -> None:
    """Prints a table; `english` holds the phrases of each article."""
    print(f"\nGrowth: {PHRASES} English phrases an article, {ASKED} questions; ms a question, build s, MB of the index")
    for articles in SIZES:
        texts, owners = grown(english, articles)
        asked = random.Random(1).sample(texts, ASKED)
        started = time.perf_counter()
        counts = counted([(owner, features(spelled(text), "en")) for text, owner in zip(texts, owners, strict=True)], articles)
        build = time.perf_counter() - started
        words = _each(lambda text, counts=counts: counts.read(features(spelled(text), "en")), asked)
        print(f"  {articles:5d} articles: words {words:7.2f} ms, built in {build:6.1f} s, {_size(counts):6.1f} MB")
        meaning = _meaning(articles)
        vector = _each(lambda _text, meaning=meaning, size=articles: meaning.read([0.1] * DIMENSIONS, size), asked)
        print(f"                  vector {vector:7.2f} ms to read, {_bytes(meaning):6.1f} MB")
        for rival in (WRatio, Bm25, CharacterTfidf) if articles < SIZES[-1] else (Bm25, CharacterTfidf):
            started = time.perf_counter()
            ranking = rival(texts, owners)
            build = time.perf_counter() - started
            spent = _each(lambda text, ranking=ranking: ranking.ranked(text, "en"), asked)
            print(f"                  {rival.__name__:15s} {spent:7.2f} ms, built in {build:6.1f} s")
        del counts, meaning
        gc.collect()
    print(f"  peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def grown(english: dict[str, list[str]], articles: int) -> tuple[list[str], list[int]]:
    """Phrases of as many articles: the copies say half of their longer words in a way of their own."""
    originals = [phrases[:PHRASES] for phrases in english.values()]
    texts: list[str] = []
    owners: list[int] = []
    for number in range(articles):
        copy, original = divmod(number, len(originals))
        texts += [_strange(phrase, copy) for phrase in originals[original]]
        owners += [number] * len(originals[original])
    return texts, owners


def _strange(phrase: str, copy: int) -> str:
    if not copy:
        return phrase
    return " ".join(_renamed(word, copy) if len(word) > 4 and (len(word) + copy) % 2 else word for word in phrase.split())


def _renamed(word: str, copy: int) -> str:
    """Another word of the same look, the same for each pair of word and copy."""
    chance = random.Random(f"{word} {copy}")
    return "".join(chance.choice("aeiou" if letter in "aeiou" else "bcdfglmnprstv") for letter in word.lower())


def _meaning(articles: int) -> Meaning:
    """Numbers of the right shapes: what they are does not change how long they take to read."""
    chance = np.random.default_rng(0)
    shapes = ((DIMENSIONS,), (DIMENSIONS, DIMENSIONS), (DIMENSIONS, articles), (articles,), (articles * EXAMPLES, DIMENSIONS))
    return Meaning(*(chance.random(shape, dtype=np.float32) for shape in shapes))


def _each(ask: Any, texts: Sequence[str]) -> float:
    for text in texts[:3]:
        ask(text)
    started = time.perf_counter()
    for text in texts:
        ask(text)
    return 1000 * (time.perf_counter() - started) / len(texts)


def _size(counts: Counts) -> float:
    arrays = (counts.keys, counts.rarity, counts.starts, counts.owners, counts.weights, counts.totals)
    return sum(len(numbers) * numbers.itemsize for numbers in arrays if isinstance(numbers, array)) / 1e6


def _bytes(meaning: Meaning) -> float:
    return sum(part.nbytes for part in (meaning.mean, meaning.whitening, meaning.weights, meaning.bias, meaning.examples)) / 1e6
