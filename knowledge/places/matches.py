"""What is found: places, where a text mentions them, and how a city and a country beside each other settle the matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

CERTAIN, LIKELY, GUESSED, AMBIGUOUS = 1.0, 0.9, 0.8, 0.5

Kind = Literal["country", "city"]


class Reading(NamedTuple):
    """The countries that a name may mean, likeliest first, and how sure that is."""

    countries: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Place:
    """A country that a text may mean (ISO 3166-1 alpha-2, XK for Kosovo), `name` as typed; score 1.0 is certain."""

    country: str
    kind: Kind
    name: str
    score: float


@dataclass(frozen=True)
class Mention:
    """Where a text names a place: the span in characters, and what it may mean."""

    start: int
    end: int
    places: tuple[Place, ...]

    @property
    def kind(self) -> Kind:
        """Whether a country or a city is named."""
        return self.places[0].kind

    @property
    def countries(self) -> frozenset[str]:
        """All countries that may be meant."""
        return frozenset(place.country for place in self.places)


def certain_if_one(countries: Iterable[str], score: float = CERTAIN) -> Reading:
    """A reading of that score where one country is meant; several are ambiguous."""
    meant = tuple(dict.fromkeys(countries))
    return Reading(meant, score if len(meant) == 1 else AMBIGUOUS)


def places(found: Reading, kind: Kind, name: str) -> tuple[Place, ...]:
    """One place for each country of a reading."""
    return tuple(Place(country, kind, name.strip(), found.score) for country in found.countries)


def mention(start: int, end: int, found: Reading, kind: Kind, text: str) -> Mention:
    """The mention of a reading in a text."""
    return Mention(start, end, places(found, kind, text[start:end]))


def doubtful(found: Iterable[Place]) -> tuple[Place, ...]:
    """Each country once, the first naming of it; none certain where there are several."""
    once: dict[str, Place] = {}
    for place in found:
        once.setdefault(place.country, place)
    if len(once) < 2:
        return tuple(once.values())
    return tuple(replace(place, score=min(place.score, AMBIGUOUS)) for place in once.values())


def settled(mentions: Iterable[Mention], is_beside: Callable[[Mention, Mention], bool]) -> Iterator[Mention]:
    """The mentions that count: a city decides an ambiguous country's name, a country overrules the city beside it."""
    named = tuple(mentions)
    countries = [each for each in named if each.kind == "country"]
    cities = [each for each in named if each.kind == "city"]
    for country in countries:
        deciding = [city for city in cities if len(country.places) > 1 and city.countries & country.countries]
        yield _decided(country, deciding[0].countries) if deciding else country
    for city in cities:
        if not any(country.countries & city.countries or is_beside(city, country) for country in countries):
            yield city


def _decided(country: Mention, countries: frozenset[str]) -> Mention:
    kept = tuple(place for place in country.places if place.country in countries)
    if len(kept) == 1:
        kept = (replace(kept[0], score=CERTAIN),)
    return replace(country, places=kept)
