"""Cities in what people type. Nearly every short word is a city somewhere, so a sentence must show that it means one:
by a capital letter, by a word like "from" before it, or by the city's size.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .cities import PRIMARY, Bearers, Cities, is_well_known
from .matches import CERTAIN, LIKELY, Mention, Reading, certain_if_one, mention
from .spelling import Word, is_unspaced, letters
from .typed import Typed

_LONGEST = 5  # words
_LONGEST_RUN = 8  # letters, in scripts without spaces
_SHORTEST = 4  # letters of a city's name that is looked for in a sentence
_LARGE, _BIG, _GREAT, _HUGE = 1 << 14, 1 << 17, 1 << 19, 1 << 20  # people


@dataclass(frozen=True)
class Search:
    """What is known while a text is searched: the bearers of its names, and whether it already names a country."""

    typed: Typed
    known: dict[str, Bearers]
    has_country: bool
    is_answer: bool


class Towns:
    """The curated cities over the table of all; immutable."""

    def __init__(self, tables: dict[str, Any], cities: Cities) -> None:
        self._cities = cities
        self._curated: dict[str, str] = tables["cities"]
        self._everyday = frozenset(tables["everyday"])
        self._cues = frozenset(tables["cues"])
        self._openers = frozenset(tables["openers"])

    def whole(self, key: str, text: str) -> tuple[Reading, bool] | None:
        """A whole answer that is a city's name, and whether the city is well known; small words must be typed large."""
        if len(key) < 3 and not is_unspaced(key):
            return None
        known = self._cities.bearers([key])
        well_known = self._is_well_known(key, known)
        found = self._reading(key, known)
        is_word = self.is_everyday(key) and not text.strip()[:1].isupper()
        return (found, well_known) if found and (well_known or not is_word) else None

    def is_everyday(self, key: str) -> bool:
        """Whether the word is one of everyday language, so that a place it resembles is hardly meant."""
        return key in self._everyday or key in self._cues

    def is_cued(self, typed: Typed, index: int) -> bool:
        """Whether a word like "from" or "city" stands before the word."""
        return index > 0 and typed.words[index - 1].key in self._cues

    def curated(self, key: str) -> Reading | None:
        """The reading of a city's name that is listed by hand."""
        return certain_if_one(self._curated[key].split()) if key in self._curated else None

    def is_alone(self, typed: Typed, index: int) -> bool:
        """Whether nothing else is said, but for small words such as "what about"."""
        return all(place == index or self.is_small(word.key) for place, word in enumerate(typed.words))

    def is_small(self, key: str) -> bool:
        """Whether a word tells nothing beside the name of a place."""
        return key in self._cues or key in self._openers

    def joins(self, between: str, keys: Iterable[str]) -> bool:
        """Whether the text between a city and a country ties them: "Cusco, Peru", "León en Nicaragua"."""
        return not any(mark in between for mark in ".;?!") and self._cues.issuperset(keys)

    def mentions(self, typed: Typed, free: Collection[int], has_country: bool, is_answer: bool) -> Iterator[Mention]:
        """Cities among the words at `free`, longest names first."""
        left = set(free)
        groups = [(first, end) for first in free for end in range(first + 1, first + _LONGEST + 1)]
        groups = [group for group in groups if left.issuperset(range(*group))]
        groups.sort(key=lambda group: (group[0] - group[1], group[0]))
        forms = [form for index in free if typed.eager or self.is_cued(typed, index) for form in typed.cases[index]]
        known = self._cities.bearers([typed.key(*group) for group in groups] + forms)
        search = Search(typed, known, has_country, is_answer)
        for first, end in groups:
            found = self._named(search, first, end) if left.issuperset(range(first, end)) else None
            if found:
                left.difference_update(range(first, end))
                yield mention(*typed.span(first, end), found, "city", typed.text)
        for index in sorted(left):
            if is_unspaced(typed.words[index].key):
                yield from self._inside_run(typed.words[index], typed.text)

    def _named(self, search: Search, first: int, end: int) -> Reading | None:
        """The city that words name, or the one that a single word after "from" is a case form of."""
        key = search.typed.key(first, end)
        found = self._reading(key, search.known)
        if found:
            return self._or_a_case(found, search, first, end) if self._is_meant(search, first, end) else None
        if end - first > 1 or self.is_everyday(key) or len(key) < _SHORTEST:
            return None
        cued = self.is_cued(search.typed, first)
        if not cued and not (search.typed.eager and _is_written_as_name(search.typed, first)):
            return None
        forms = [form for form in search.typed.cases[first]
                 if not self.is_everyday(form) and (cued or self._is_well_known(form, search.known))]  # fmt: skip
        return next((found for form in forms if (found := self._reading(form, search.known))), None)

    def _or_a_case(self, found: Reading, search: Search, first: int, end: int) -> Reading:
        """What a name means, or the well-known city that it is a case form of after "from" ("iz Niša": Niš)."""
        if end - first > 1 or len(found.countries) == 1 or not self.is_cued(search.typed, first):
            return found
        forms = [form for form in search.typed.cases[first] if self._is_well_known(form, search.known)]
        others = [code for form in forms if (read := self._reading(form, search.known)) for code in read.countries]
        return certain_if_one([*others, *found.countries], found.score) if others else found

    def _is_meant(self, search: Search, first: int, end: int) -> bool:
        """Whether words that are a city's name are meant as one."""
        if end - first > 1:
            return self._are_meant(search, first, end)
        typed, key = search.typed, search.typed.key(first, end)
        cued = self.is_cued(typed, first)
        well_known = self._is_well_known(key, search.known)
        if self.is_everyday(key) or len(key) < _SHORTEST:
            return typed.is_large(first) and cued and (search.is_answer or typed.eager)
        if key.upper() == key.lower():  # a script without capitals
            return self._is_big_enough(key, search, cued)
        if typed.eager and typed.is_large(first) and (cued or first > 0 or _is_inflected(typed, first)):
            return True
        if typed.is_large(first):
            return cued or (well_known if first > 0 else well_known and len(key) > _SHORTEST)
        return well_known and len(key) > _SHORTEST and (cued or not search.has_country)

    def _are_meant(self, search: Search, first: int, end: int) -> bool:
        """Whether several words that are a city's name are meant as one."""
        typed, key = search.typed, search.typed.key(first, end)
        if self._is_well_known(key, search.known):
            return True
        if typed.is_large(first) and typed.is_large(end - 1):
            return first > 0
        if any(self.is_everyday(word.key) for word in typed.words[first:end]):
            return False
        cued = self.is_cued(typed, first)
        return cued and (key.upper() == key.lower() or search.known[key].kind == PRIMARY)

    def _is_big_enough(self, key: str, search: Search, cued: bool) -> bool:
        """Whether a name in a script without capitals is that of a city big enough to be meant."""
        if key in self._curated:
            return True
        least = _LARGE if cued and search.typed.eager else _BIG if cued or search.typed.eager else _GREAT
        return len(key) >= _SHORTEST and search.known[key].people >= least and (cued or not search.has_country)

    def _inside_run(self, word: Word, text: str) -> Iterator[Mention]:
        """Cities inside a run of letters without spaces: big ones, and only huge ones if the name has two letters."""
        run, positions = letters(text, word)
        pairs = [(start, end) for start in range(len(run)) for end in range(min(len(run), start + _LONGEST_RUN), start + 1, -1)]
        known = self._cities.bearers(run[start:end] for start, end in pairs)
        reached = 0
        for start, end in pairs:
            found = self._reading(run[start:end], known)
            if found and start >= reached and self._is_big_inside(run[start:end], known):
                reached = end
                yield mention(positions[start], positions[end], found, "city", text)

    def _is_big_inside(self, key: str, known: dict[str, Bearers]) -> bool:
        """Whether a name that may be part of another word is that of a city big enough to be meant."""
        return key in self._curated or (key not in self._everyday and known[key].people >= (_BIG if len(key) > 2 else _HUGE))

    def _is_well_known(self, key: str, known: dict[str, Bearers]) -> bool:
        return key in self._curated or (key in known and is_well_known(known[key]))

    def _reading(self, key: str, known: dict[str, Bearers]) -> Reading | None:
        if key in self._curated or key not in known:
            return self.curated(key)
        # A romanised alternate of a small town may be anything; in its own script it is a name.
        sure = is_well_known(known[key]) or not key.isascii()
        return certain_if_one(known[key].countries, CERTAIN if sure else LIKELY)


def _is_written_as_name(typed: Typed, index: int) -> bool:
    """Whether a word begins with a capital, or is of a script that has none."""
    key = typed.words[index].key
    return typed.is_large(index) or key.upper() == key.lower()


def _is_inflected(typed: Typed, index: int) -> bool:
    """Whether an ending is written onto the word with an apostrophe, as Turkish does with names."""
    return typed.text[typed.words[index].end :][:1] in ("'", "’")
