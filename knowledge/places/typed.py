"""A text as typed, cut into words once, for all who look for places in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .spelling import Word, joined, words

UNKNOWN = "und"  # a language that is none of those spoken here: it has the case endings of all
LONGEST = 2_000  # characters that are read


@dataclass(frozen=True)
class Typed:
    """A text, the language of the conversation, the words with their spans, and what each may be a case form of.

    `eager`: whatever may name a place is read as one, since the text would make sense with a place in it.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    cases: tuple[tuple[str, ...], ...]
    eager: bool = False

    @classmethod
    def of(cls, text: str, language: str, forms: Callable[[str, str], tuple[str, ...]], eager: bool = False) -> Typed:
        """The first 2,000 characters of a text, cut into words."""
        read = tuple(words(text[:LONGEST]))
        return cls(text[:LONGEST], language, read, tuple(forms(word.key, language) for word in read), eager)

    def key(self, first: int, end: int) -> str:
        """The words from `first` up to `end` as one key."""
        return joined(self.words[first:end])

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where those words stand in the text."""
        return self.words[first].start, self.words[end - 1].end

    def written(self, index: int) -> str:
        """A word as it was typed."""
        return self.text[self.words[index].start : self.words[index].end]

    def is_large(self, index: int) -> bool:
        """Whether a word begins with a capital, and not because everything does."""
        return self.text[self.words[index].start].isupper() and not self.text.isupper()
