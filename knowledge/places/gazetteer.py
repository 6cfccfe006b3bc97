"""Finds the places in what people type: as the answer to "which country?", or named inside a question.

Countries go before cities, longer names before shorter ones, and what could mean two countries is never decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .cities import Cities
from .countries import Countries
from .matches import Kind, Mention, Place, Reading, doubtful, mention, places, settled
from .spelling import Word, is_unspaced, letters, words
from .towns import Towns
from .typed import Typed

_LONGEST_NAME = 6  # words
_LONGEST_ANSWER = 12  # words that are looked at for typos
_SHORTEST_ALONE = 4  # letters of an everyday word that means the country where nothing else is said
_CLOSE = 86.0  # a misspelled word inside an answer must be nearer than a misspelled answer


class Span(NamedTuple):
    """Words from `first` up to `end`; without a reading they name a region, or nothing that is a country."""

    first: int
    end: int
    reading: Reading | None
    kind: Kind = "country"


class Gazetteer:
    """Countries and cities in all languages; immutable after load and safe to use from several threads."""

    def __init__(self, tables: dict[str, Any], cities: Cities) -> None:
        self._countries = Countries(tables)
        self._towns = Towns(tables, cities)
        self._nowhere = frozenset(tables["nowhere"])
        self._regions: dict[str, str] = tables["regions"]
        self._unspaced_regions = [name for name in self._regions if len(name) > 1 and is_unspaced(name)]
        self._homonyms = {language: frozenset(listed) for language, listed in tables["homonyms"].items()}

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer as shipped."""
        return cls(Countries.tables(), Cities())

    def find(self, text: str, language: str = "en") -> tuple[Place, ...]:
        """What the answer to "which country?" may mean: () if unknown, one (certain or not), several to ask about."""
        typed = self._typed(text, language)
        key = typed.key(0, len(typed.words))
        country = self._countries.whole(key, typed.text, language)
        if country:
            return places(country, "country", typed.text)
        if not key or key in self._nowhere or key in self._regions:
            return ()
        return (
            self._answered_by_city(key, typed)
            or self._named(typed, is_answer=False)
            or self._named(typed, is_answer=True)
            or self._misspelled(key, typed)
        )

    def find_in_sentence(self, text: str, language: str) -> tuple[Place, ...]:
        """The countries named inside a question, exactly or inflected; a typed country wins over the city beside it."""
        return self._named(self._typed(text, language), is_answer=False)

    def mentions(self, text: str, language: str) -> tuple[Mention, ...]:
        """Every place named in the text (its first 2,000 characters), by its span, in order."""
        typed = self._typed(text, language)
        return self._mentions(typed, tuple(self._spans(typed)), is_answer=False)

    def telling(self, text: str) -> int:
        """How many words of a text are more than "and", "in" or "what about"."""
        return sum(not self._towns.is_small(word.key) for word in words(text))

    def region_named(self, text: str, language: str) -> str | None:
        """The region that a text names ("africa", "latin-america", ...), unless it is only part of a country's name."""
        typed = self._typed(text, language)
        return self._region_in(typed, tuple(self._spans(typed)))

    def read(
        self, text: str, language: str, eager: bool = False
    ) -> tuple[tuple[Mention, ...], tuple[Place, ...], str | None]:
        """All that a question names, in one pass: its mentions, the countries they mean, and the region.

        An `eager` reader takes for a place what may as well be another word: the caller judges whether that makes sense.
        """
        typed = Typed.of(text, language, self._countries.forms, eager)
        spans = tuple(self._spans(typed))
        mentions = self._mentions(typed, spans, is_answer=False)
        return mentions, self._meant(mentions, typed), self._region_in(typed, spans)

    def _region_in(self, typed: Typed, spans: tuple[Span, ...]) -> str | None:
        for span in spans:
            region = self._region(typed, span.first, span.end) if span.reading is None else None
            if region:
                return region
        runs = [word.key for word in typed.words if is_unspaced(word.key)]
        return next((self._regions[name] for name in self._unspaced_regions for run in runs if name in run), None)

    def _typed(self, text: str, language: str) -> Typed:
        return Typed.of(text, language, self._countries.forms)

    def _named(self, typed: Typed, is_answer: bool) -> tuple[Place, ...]:
        """Each country that the text names, once; in an answer an everyday word after "from" may be a city."""
        return self._meant(self._mentions(typed, tuple(self._spans(typed)), is_answer), typed)

    def _meant(self, mentions: tuple[Mention, ...], typed: Typed) -> tuple[Place, ...]:
        found: dict[str, Place] = {}
        for each in settled(mentions, lambda city, country: self._is_beside(city, country, typed.text)):
            for place in each.places:
                if place.country not in found or place.score > found[place.country].score:
                    found[place.country] = place
        return tuple(found.values())

    def _mentions(self, typed: Typed, spans: tuple[Span, ...], is_answer: bool) -> tuple[Mention, ...]:
        found = [mention(*typed.span(span.first, span.end), span.reading, span.kind, typed.text)
                 for span in spans if span.reading]  # fmt: skip
        taken = {index for span in spans for index in range(span.first, span.end)}
        for index, word in enumerate(typed.words):
            if index not in taken and is_unspaced(word.key):
                inside = list(self._inside_run(word, typed.text))
                found += inside
                taken |= {index} if inside else set()
        free = [index for index in range(len(typed.words)) if index not in taken]
        found += self._towns.mentions(typed, free, any(each.kind == "country" for each in found), is_answer)
        return tuple(sorted(found, key=lambda each: each.start))

    def _spans(self, typed: Typed) -> Iterator[Span]:
        """Countries, regions and names that are neither, longest first from the left."""
        first = 0
        while first < len(typed.words):
            ends = range(min(len(typed.words), first + _LONGEST_NAME), first, -1)
            span = next((span for end in ends if (span := self._span(typed, first, end))), None)
            if span:
                yield span
            first = span.end if span else first + 1

    def _span(self, typed: Typed, first: int, end: int) -> Span | None:
        key = typed.key(first, end)
        if key in self._nowhere:
            return Span(first, end, None)
        city = self._towns.curated(key) if end - first > 1 else None
        if city and any(self._countries.named(word.key, typed.language) for word in typed.words[first:end]):  # "Port of Spain"
            return Span(first, end, city, "city")
        found = self._countries.named(key, typed.language)
        is_region = not found and self._region(typed, first, end) is not None
        if not found and not is_region:
            found = self._countries.inflected(typed, first, end)
        if not found and end - first == 1 and not typed.text.isupper():
            found = self._countries.abbreviated(typed.written(first))
        if found and (end - first > 1 or self._is_meant(typed, first)):
            return Span(first, end, found)
        return Span(first, end, None) if is_region else None

    def _region(self, typed: Typed, first: int, end: int) -> str | None:
        """The region that the words name, the first of them perhaps with a small word written onto it."""
        rest = [word.key for word in typed.words[first + 1 : end]]
        keys = (" ".join([start, *rest]) for start in (typed.words[first].key, *typed.cases[first]))
        return next((self._regions[key] for key in keys if key in self._regions), None)

    def _is_meant(self, typed: Typed, index: int) -> bool:
        """Whether a word that is also an everyday word of the language stands for the country here."""
        if typed.eager or typed.words[index].key not in self._homonyms.get(typed.language, ()):
            return True
        if len(typed.words[index].key) >= _SHORTEST_ALONE and self._towns.is_alone(typed, index):
            return True
        return self._towns.is_cued(typed, index) or (index > 0 and typed.is_large(index))

    def _inside_run(self, word: Word, text: str) -> Iterator[Mention]:
        """Countries inside a run of letters without spaces."""
        run, positions = letters(text, word)
        for start, end, found in self._countries.inside(run):
            yield mention(positions[start], positions[end], found, "country", text)

    def _is_beside(self, city: Mention, country: Mention, text: str) -> bool:
        between = text[min(city.end, country.end) : max(city.start, country.start)]
        return self._towns.joins(between, [word.key for word in words(between)])

    def _answered_by_city(self, key: str, typed: Typed) -> tuple[Place, ...]:
        """The whole answer as a city; beside a small town the country that its name resembles is offered."""
        answer = self._towns.whole(key, typed.text)
        if answer is None:
            return ()
        city, well_known = answer
        resembled = None if well_known else self._countries.similar(key, typed.language)
        offered = places(resembled, "country", typed.text) if resembled else ()
        return doubtful((*offered, *places(city, "city", typed.text)))

    def _misspelled(self, key: str, typed: Typed) -> tuple[Place, ...]:
        """Typos, last: of the whole answer, else of the words in it that are not of everyday language."""
        whole = self._countries.similar(key, typed.language)
        if whole:
            return places(whole, "country", typed.text)
        found: list[Place] = []
        for index, word in enumerate(typed.words[:_LONGEST_ANSWER]):
            if not self._towns.is_everyday(word.key):
                country = self._countries.similar(word.key, typed.language, _CLOSE)
                found += places(country, "country", typed.written(index)) if country else ()
        return doubtful(found)
