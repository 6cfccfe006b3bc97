"""Which country a name stands for: the curated lists first, then CLDR's names, then demonyms, inflected forms, typos.

A reading is a tuple of countries, likeliest first, and a score: 1.0 is certain, less is to be confirmed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from .matches import CERTAIN, GUESSED, LIKELY, Reading, certain_if_one
from .typed import Typed

_ALIKE = 84.0  # rapidfuzz's ratio from which a typo is offered
_NEAR = 8.0  # other countries within this distance of the best are offered too
_SHORT = 4  # names up to this length are trusted only in languages that have them
_WORDS_IN_CAPITALS = frozenset({"NO", "SI"})
_LONGEST_RUN = 16  # letters of the longest name looked for in scripts without spaces
_WIDESPREAD = frozenset({"en", "de", "fr", "es"})
# A typo near one of these may mean the other.
_CONFUSED = tuple(
    frozenset(group.split())
    for group in ("NE NG", "CG CD", "GN GW GQ PG", "DM DO", "KP KR", "SD SS", "WS AS", "VG VI", "IR IQ", "AT AU",
                  "SK SI", "SZ CH", "GM ZM", "LY LR", "MR MU", "GY GF", "LV LT", "GD ES", "ML MW", "NR NE")
)  # fmt: skip
_COMMON_PREFIXES = frozenset("وبلמבכהול")  # others are too often the first letter of a short word
_SCRIPTS = tuple(
    frozenset(group.split())
    for group in ("ar ckb fa ps sd ug ur", "be bg kk ky mk mn ru sr tg tt uk", "hi mr ne", "as bn", "am ti", "ja zh")
)
# Scripts whose endings and prefixes are known, whatever language the conversation is in.
_GRAMMARS = tuple((re.compile(letters), language) for letters, language in (
    ("[\u0590-\u05ff]", "he"), ("[\u0600-\u06ff]", "ar"), ("[\u0900-\u097f]", "hi"), ("[\u0980-\u09ff]", "bn"),
    ("[\u0b80-\u0dff]", "ta"), ("[\u10a0-\u10ff]", "ka"), ("[\u0530-\u058f]", "hy"), ("[\u1200-\u137f]", "am"),
    ("[\u0400-\u04ff]", "ru"), ("[\u0370-\u03ff]", "el"), ("[\uac00-\ud7a3]", "ko"),
))  # fmt: skip


def reading(entry: str) -> Reading:
    """The reading of an entry: "KE|de es", "CD CG!", or "TR?" where the word may mean something else."""
    codes = entry.partition("|")[0]
    return certain_if_one(codes.rstrip("!?").split(), LIKELY if codes.endswith("?") else CERTAIN)


class Countries:
    """The names of countries in all languages; immutable after load."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._names: dict[str, str] = tables["names"]
        self._abbreviations: dict[str, str] = tables["abbreviations"]
        self._lower = {short.lower(): codes for short, codes in self._abbreviations.items()}
        self._endings: list[list[str]] = tables["endings"]
        self._prefixes: dict[str, list[str]] = tables["prefixes"]

    @classmethod
    def tables(cls) -> dict[str, Any]:
        """The shipped tables."""
        text = (files("knowledge.places") / "countries.json").read_text(encoding="utf-8")
        tables: dict[str, Any] = json.loads(text)
        return tables

    def whole(self, key: str, text: str, language: str) -> Reading | None:
        """The reading of a whole answer: a name in any language, an abbreviation, or a name without its spaces."""
        name = key if key in self._names else self._joined.get(key, "")
        if name in self._names:
            return self._weighed(name, language)
        if key in self._lower:
            return reading(self._lower[key])
        # "IN" may be the word as well.
        return Reading((text.strip(),), LIKELY) if text.strip() in self._codes else None

    def named(self, key: str, language: str) -> Reading | None:
        """The reading of words inside a sentence; short names of other languages are everyday words too often."""
        name = key if key in self._names or len(key) <= 2 * _SHORT else self._joined.get(key, "")
        if name not in self._names or not self._is_familiar(name, language):
            return None
        return self._weighed(name, language)

    def _weighed(self, name: str, language: str) -> Reading:
        """The reading of a name; one that another language has may be a typo for another country ("Nigera")."""
        found = reading(self._names[name])
        spoken = self._names[name].partition("|")[2].split()
        if not spoken or "!" in self._names[name] or not name.isascii() or not {language, *_WIDESPREAD}.isdisjoint(spoken):
            return found
        resembled = self.similar(name, language)
        score = found.score if len(name) > _SHORT else LIKELY
        return certain_if_one([*found.countries, *(resembled.countries if resembled else ())], score)

    def abbreviated(self, written: str) -> Reading | None:
        """The reading of an abbreviation as it is written in a sentence: DRC, UAE."""
        codes = self._abbreviations.get(written)
        return reading(codes) if codes and len(written) > 1 else None

    def inflected(self, typed: Typed, first: int, end: int) -> Reading | None:
        """The reading of words with case endings or attached small words: "w Kenii", "Kenyada", "بالمغرب"."""
        choices = [
            [form for form in (typed.words[index].key, *typed.cases[index]) if form in self._vocabulary]
            for index in range(first, end)
        ]
        if not all(choices):
            return None
        found: dict[str, None] = {}
        for candidate in product(*(choice[:4] for choice in choices)):
            name = " ".join(candidate)
            if name in self._names and self._is_familiar(name, typed.language) and self._is_near(name, typed.language):
                found.update(dict.fromkeys(reading(self._names[name]).countries))
        if not found:
            return None
        return certain_if_one(found)

    def similar(self, key: str, language: str, least: float = _ALIKE) -> Reading | None:
        """The countries that a misspelled name resembles, in the language, English and German; never certain."""
        if len(key) < 5:
            return None
        names = self._fuzzy_names(language)
        near = {name: score for name, score, _ in process.extract(key, names, scorer=fuzz.ratio, limit=8, score_cutoff=least)}
        for name, _, _ in process.extract(key, names, scorer=OSA.distance, score_cutoff=1, limit=4):
            if name[0] == key[0]:
                near[name] = max(near.get(name, 0.0), _ALIKE)
        if not near:
            return None
        best = max(near.values())
        ordered = sorted(near, key=lambda name: (-near[name], name[0] != key[0], name))
        close = [code for name in ordered if near[name] >= best - _NEAR for code in reading(self._names[name]).countries]
        return certain_if_one([*close, *_confused_with(close)], GUESSED)

    def inside(self, run: str) -> Iterator[tuple[int, int, Reading]]:
        """Names inside a run of letters without spaces, longest first from the left: (start, end, reading)."""
        start = 0
        while start < len(run):
            ends = range(min(len(run), start + _LONGEST_RUN), start + 1, -1)
            end = next((end for end in ends if run[start:end] in self._names), None)
            if end is not None:
                yield start, end, reading(self._names[run[start:end]])
            start = end or start + 1

    def _is_familiar(self, key: str, language: str) -> bool:
        """Whether a name may be meant in that language: short names of its neighbours are everyday words in it."""
        longest = max(map(len, key.split()))  # "An Độ" is India in Vietnamese alone
        entry = self._names[key]
        if "|" not in entry or "!" in entry or longest > (_SHORT if key.isascii() else _SHORT + 1):
            return True
        languages = entry.partition("|")[2].split()
        if language in languages or not _WIDESPREAD.isdisjoint(languages):
            return True
        return not key.isascii() and not any(language in group and not group.isdisjoint(languages) for group in _SCRIPTS)

    def _is_near(self, name: str, language: str) -> bool:
        """Whether a name that a case form leads to is one of the language, of its kin, or of a widespread one."""
        spoken = self._names[name].partition("|")[2].split()
        return not spoken or "!" in self._names[name] or not name.isascii() or not self._kin(language).isdisjoint(spoken)

    def forms(self, key: str, language: str) -> tuple[str, ...]:
        """Nominatives that the word may be a case of; a script tells its language better than the setting does."""
        language = next((spoken for script, spoken in _GRAMMARS if script.match(key)), language)
        least = 2 if language == "ko" else 3  # letters that must be left
        found = list(dict.fromkeys(
            key[: len(key) - len(ending)] + nominative
            for ending, nominative in self._endings_by_letter.get((language, key[-1:]), ())
            if key.endswith(ending) and len(key) - len(ending) >= least
        ))  # fmt: skip
        for prefix in self._prefixes.get(language, ()):
            rest = key.removeprefix(prefix)
            if rest != key and len(rest) > (2 if prefix in _COMMON_PREFIXES else 3):
                # The article loses its alif after "for": للمغرب is ل + المغرب.
                found.append("ال" + rest if prefix == "لل" else rest)
        return tuple(found)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for key in self._names for word in key.split())

    @cached_property
    def _endings_by_letter(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Case endings and what they stand for in the nominative, by language and last letter."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for languages, rules in self._endings:
            for ending, _, nominative in (rule.partition(">") for rule in rules.split()):
                for language in languages.split():
                    found.setdefault((language, ending[-1:]), []).append((ending, nominative))
        return found

    @lru_cache(maxsize=256)  # noqa: B019 - one instance lives as long as the program
    def _kin(self, language: str) -> frozenset[str]:
        """The language, those with the same case endings, and the widespread ones."""
        kin = {language, *_WIDESPREAD}
        return frozenset(kin.union(*(group.split() for group, _rules in self._endings if language in group.split())))

    @cached_property
    def _joined(self) -> dict[str, str]:
        return {key.replace(" ", ""): key for key in self._names if " " in key}

    @cached_property
    def _codes(self) -> frozenset[str]:
        named = {code for entry in self._names.values() for code in reading(entry).countries}
        return frozenset(named - _WORDS_IN_CAPITALS)

    @lru_cache(maxsize=64)  # noqa: B019 - one instance lives as long as the program
    def _fuzzy_names(self, language: str) -> tuple[str, ...]:
        """The names typos are compared with: CLDR's alone, for demonyms and abbreviations resemble too many words."""
        wanted = {language, "en", "de"}
        cldr = ((key, entry.partition("|")[2].split()) for key, entry in self._names.items() if len(key) > _SHORT)
        return tuple(key for key, spoken in cldr if not wanted.isdisjoint(spoken))


def _confused_with(countries: list[str]) -> Iterator[str]:
    for group in _CONFUSED:
        if not group.isdisjoint(countries):
            yield from sorted(group)
