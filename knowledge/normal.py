"""One normal form for typed text: no case, no accents, one letter for each of its variants, plain digits.

Everything that compares what people type goes through here, so that "Cusco", "CUSCO" and "cuscó" are one.
"""

from __future__ import annotations

import re
import unicodedata

_ARABIC = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": None,
})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
# Serbian letters one to one, the others by their usual Latin ones; folding has made ї into і and й into и before.
_CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "е": "e", "є": "e", "ж": "z", "з": "z", "ѕ": "z",
    "и": "i", "і": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s",
    "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja", "đ": "dj",
})
# Combining marks of Latin, Greek and Cyrillic, and the Arabic short vowels; stripping more would break Indic and Thai.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u200b-\u200f\u2066-\u2069]")
# Vowel signs of Indic, Thai, Lao, Tibetan, Burmese, Ethiopic and Khmer are no \w, yet they are parts of words.
_SIGNS = "\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u0f18-\u0fbc\u102b-\u109d\u135d-\u135f\u17b4-\u17dd"
_NO_WORD = re.compile(rf"[^\w'{_SIGNS}]+")
_ELONGATED = re.compile(r"([^\W\d])\1{2,}")


def digits(text: str) -> str:
    """Digits of every script as 0-9."""
    return "".join(str(unicodedata.digit(char, char)) if char.isdigit() else char for char in text)


def folded(text: str) -> str:
    """Lower case without accents; letters that differ only by spelling habit become one. Punctuation stays."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    return unicodedata.normalize("NFC", digits(_MARKS.sub("", decomposed))).translate(_ARABIC)


def latin(text: str) -> str:
    """Cyrillic in Latin letters, as Serbian writes both; other scripts stay. Takes folded text."""
    return text if text.isascii() else text.translate(_CYRILLIC)


def plain(text: str) -> str:
    """Folded words with single spaces, no punctuation, no letter more than twice in a row."""
    return " ".join(_ELONGATED.sub(r"\1\1", _NO_WORD.sub(" ", folded(text))).replace("'", " ").split())
