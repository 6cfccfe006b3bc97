"""What a text is told by: word stems, pairs of neighbours, and pieces of words that survive typos and inflection.

A feature is a 32-bit number, so that an index of tens of thousands is a few flat arrays.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from zlib import crc32

import snowballstemmer

from knowledge.normal import latin, plain

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
PIECE = 4  # letters of a piece of a word, its edges marked by a space
MARKER = "\ue000"  # begins a word that stands for a place; a private letter that nobody types


def spelled(text: str) -> list[str]:
    """The words of a text in one spelling, of Cyrillic in Latin letters."""
    return latin(plain(text)).split()


def features(words: Sequence[str], language: str) -> list[int]:
    """The features of spelled words, each as often as it occurs."""
    stems = [stem(word, language) for word in words]
    pairs = (f"{first} {second}" for first, second in itertools.pairwise(stems))
    return [crc32(text.encode()) for text in (*stems, *pairs, *(piece for word in words for piece in pieces(word)))]


def word_feature(word: str, language: str) -> int:
    """The feature of a single word."""
    return crc32(stem(word, language).encode())


def pieces(word: str) -> Iterator[str]:
    """The four-letter pieces of a word; a marked place has none, and unspaced scripts are cut into pairs."""
    if word.startswith(MARKER):
        return
    size = 2 if word > "\u2e80" else PIECE
    edged = f" {word} "
    for start in range(max(1, len(edged) - size + 1)):
        yield "+" + edged[start : start + size]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """A word's stem where its language has a stemmer, else the word."""
    stemming = _stemmer(language)
    return stemming(word) if stemming is not None and not word.startswith(MARKER) else word


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name).stemWord if name else None
