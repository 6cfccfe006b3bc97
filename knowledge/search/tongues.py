"""Which shipped language a text is written in, learned from the phrases themselves: a new language needs only its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from .bayes import Counts, counted
from .features import MARKER
from .phrases import Phrase

LETTERS = 3  # of a piece of a word
LEAST_LETTERS = 4  # a text of fewer, such as "no", tells no language
# Fitted on the development set: right nearly always where it speaks, silent on languages that are not shipped.
LEAST_KNOWN = 0.55  # share of a text's words that phrases of the language have
LEAST_LEAD = 0.35  # of its log likelihood over the next language's
FEW = 3  # words of a text that is in the expected language if that knows one of them, and in another only if that knows all
CLEARER = 1.5  # lead of another language over the expected one from which the text is taken to be in that other one


@dataclass(frozen=True)
class Tongues:
    """The shipped languages, and how often each word and piece of a word occurs in their phrases."""

    languages: tuple[str, ...]
    counts: Counts

    def of(self, words: Sequence[str], expected: str) -> str | None:
        """The shipped language of spelled words, or None where that is not clear; `expected` unless another is clearer."""
        plain = [word for word in words if word.isalpha() and not word.startswith(MARKER)]
        if not plain or len(self.languages) < 2:
            return None
        scores, _known = self.counts.read(_features(plain))
        best, second = sorted(range(len(scores)), key=lambda number: -scores[number])[:2]
        if expected in self.languages:
            own = self.languages.index(expected)
            known = self._known(own, plain)
            few = len(plain) <= FEW
            if few and known == 1.0:
                return expected
            if (known >= LEAST_KNOWN or (few and known)) and scores[best] - scores[own] < CLEARER:
                return expected
        if sum(map(len, plain)) < LEAST_LETTERS:
            return None
        least = LEAST_KNOWN if len(plain) > FEW else 1.0
        clear = self._known(best, plain) >= least and scores[best] - scores[second] >= LEAST_LEAD
        return self.languages[best] if clear else None

    def _known(self, language: int, words: Sequence[str]) -> float:
        """The share of words that phrases of the language have."""
        return sum(language in self.counts.owners_of(_word(word)) for word in words) / len(words)


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
