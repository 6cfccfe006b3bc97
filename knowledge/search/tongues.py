"""Which shipped language a text is written in, learned from the phrases themselves: a new language needs only its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from .bayes import Counts, counted
from .features import MARKER
from .phrases import Phrase

LETTERS = 3  # of a piece of a word
# Fitted on the development set: right nearly always where it speaks, silent on languages that are not shipped.
LEAST_KNOWN = 0.55  # share of a text's words that phrases of the language have
LEAST_LEAD = 0.35  # of its log likelihood over the next language's


@dataclass(frozen=True)
class Tongues:
    """The shipped languages, and how often each word and piece of a word occurs in their phrases."""

    languages: tuple[str, ...]
    counts: Counts

    def of(self, words: Sequence[str]) -> str | None:
        """The shipped language of spelled words, or None where that is not clear."""
        plain = [word for word in words if word.isalpha() and not word.startswith(MARKER)]
        if not plain or len(self.languages) < 2:
            return None
        scores = self.counts.scores(_features(plain))
        best, second = sorted(range(len(scores)), key=lambda number: -scores[number])[:2]
        known = sum(best in self.counts.owners_of(_word(word)) for word in plain) / len(plain)
        clear = known >= LEAST_KNOWN and scores[best] - scores[second] >= LEAST_LEAD
        return self.languages[best] if clear else None


def tongues_of(phrases: Iterable[tuple[Phrase, Sequence[str]]]) -> Tongues:
    """Learns the languages from phrases, each given with its spelled words."""
    read = list(phrases)
    languages = tuple(sorted({phrase.language for phrase, _words in read}))
    texts = [(languages.index(phrase.language), _features(words)) for phrase, words in read]
    return Tongues(languages, counted(texts, len(languages)))


def _features(words: Sequence[str]) -> list[int]:
    return [feature for word in words if not word.startswith(MARKER) for feature in (_word(word), *_pieces(word))]


def _word(word: str) -> int:
    return crc32(word.encode())


def _pieces(word: str) -> list[int]:
    edged = f" {word} "
    return [crc32(b"+" + edged[start : start + LETTERS].encode()) for start in range(len(edged) - LETTERS + 1)]
