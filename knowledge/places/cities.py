"""Which countries a city's name may mean: one read-only table, opened immutable, one integer a name.

The integer holds, from the lowest bit: whether no city bears the name as its primary one (1 bit), how large the
largest bearer is (5 bits, a power of two), up to five countries of 10 bits each, likeliest first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

PATH = Path(__file__).with_name("cities.sqlite")
PRIMARY, ALTERNATE = 0, 1
MAX_COUNTRIES = 5
_COUNTRY_BITS = 10
_SIZE_BITS = 5
_BATCH = 500


class Bearers(NamedTuple):
    """Countries with a city of that name, likeliest first; people of the largest, rounded down to a power of two."""

    countries: tuple[str, ...]
    people: int
    kind: int


def packed(bearers: Bearers) -> int:
    """The bearers as one integer of at most 56 bits."""
    number = 0
    for country in reversed(bearers.countries[:MAX_COUNTRIES]):
        number = number << _COUNTRY_BITS | (ord(country[0]) - 64) * 26 + ord(country[1]) - 65
    number = number << _SIZE_BITS | bearers.people.bit_length()
    return number << 1 | bearers.kind


def unpacked(number: int) -> Bearers:
    """The bearers of a packed integer."""
    kind, number = number & 1, number >> 1
    people, number = 1 << (number & 31) >> 1, number >> _SIZE_BITS
    countries = []
    while number:
        first, second = divmod(number & 1023, 26)
        countries.append(chr(first + 64) + chr(second + 65))
        number >>= _COUNTRY_BITS
    return Bearers(tuple(countries), people, kind)


def is_well_known(bearers: Bearers) -> bool:
    """Whether the name is a large city's primary one, so that it may be meant even where it is written small."""
    return bearers.kind == PRIMARY and bearers.people >= 1 << 16


class Cities:
    """The table of cities; safe to use from several threads."""

    def __init__(self, path: Path = PATH) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._table = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._table.execute("PRAGMA cache_size = -512")
        self._turn = Lock()

    def bearers(self, keys: Iterable[str]) -> dict[str, Bearers]:
        """The bearers of all names among `keys` that are known."""
        asked = list(dict.fromkeys(keys))
        found: dict[str, Bearers] = {}
        for batch in (asked[start : start + _BATCH] for start in range(0, len(asked), _BATCH)):
            marks = ",".join("?" * len(batch))
            with self._turn:
                rows = self._table.execute(f"SELECT name, bearers FROM city WHERE name IN ({marks})", batch).fetchall()
            found |= {name: unpacked(number) for name, number in rows}
        return found
