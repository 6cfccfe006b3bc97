"""How a name is spelled for comparing, and where the words of a text stand.

The index, the curated lists and what people type all pass through here, so that they meet in one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from knowledge.normal import folded

# Letters with a stroke or a hook have no accent to strip, and people leave it out; Urdu and Kurdish write Arabic's h anew.
_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "ə": "e", "æ": "ae", "œ": "oe",
    "ھ": "ه", "ہ": "ه", "ۀ": "ه",
})  # fmt: skip
# Accents and vowel signs are no \w, yet they are parts of words; the invisible joiners stand inside words too.
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece"
    "\u0f18-\u0fbc\u102b-\u109d\u135d-\u135f\u17b4-\u17dd\u200b-\u200f\u3099\u309a"
)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_]|[{_SIGNS}])+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


class Word(NamedTuple):
    """A word of a text: its spelling for comparing, and its span in the text."""

    key: str
    start: int
    end: int


def spelled(word: str) -> str:
    """One word without case, accents, vowel signs and spelling variants."""
    return word.lower() if word.isascii() else folded(word).translate(_LETTERS).replace("'", "")


def words(text: str) -> list[Word]:
    """The words of a text; hyphen, dot and apostrophe separate, so that "Kenya's" begins with "kenya"."""
    found = (Word(spelled(match.group()), *match.span()) for match in _WORD.finditer(text))
    return [word for word in found if word.key]


def keyed(text: str) -> str:
    """A whole name as one key: its words with single spaces."""
    return joined(words(text))


def joined(run: Iterable[Word]) -> str:
    """Words as one key."""
    return " ".join(word.key for word in run)


def letters(text: str, word: Word) -> tuple[str, list[int]]:
    """A word spelled letter by letter, and where in the text each letter stands, with the end added."""
    run, positions = "", []
    for position in range(word.start, word.end):
        letter = spelled(text[position])
        run += letter
        positions += [position] * len(letter)
    return run, [*positions, word.end]


def is_unspaced(word: str) -> bool:
    """Whether the word is of a script without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
    return _IS_UNSPACED.search(word) is not None
