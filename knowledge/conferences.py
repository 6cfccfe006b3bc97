"""Which conferences there were, and when the three-year cycle would bring the next: an expectation, never a date.

The cycle is the fact `conferences-cycle`, the expectation `next-conference-unannounced`; only what staff announce is
certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from locales import Text, _, listing

CYCLE = 3  # years from one conference of a region to the next
REGIONS: Mapping[str, Text] = {
    "africa": _("Africa"),
    "asia": _("Asia"),
    "latin-america": _("Latin America and the Caribbean"),
    "eastern-europe": _("Eastern Europe"),
}
PLACES: Mapping[str, Text] = {
    "Giessen": _("Giessen"),
    "Hildesheim": _("Hildesheim"),
    "Cologne": _("Cologne"),
    "Esslingen am Neckar": _("Esslingen am Neckar"),
}


@dataclass(frozen=True)
class Edition:
    """One past conference of a region; `first` and `last` are its days where they are known."""

    year: int
    fact: str
    place: str = ""
    first: date | None = None
    last: date | None = None
    online: bool = False


@dataclass(frozen=True)
class Conferences:
    """Past editions by region, oldest first."""

    editions: Mapping[str, tuple[Edition, ...]]

    @classmethod
    def load(cls, home: Path) -> Conferences:
        """Reads conferences.yaml under `home`."""
        with (home / "conferences.yaml").open(encoding="utf-8") as file:
            regions = yaml.safe_load(file)
        return cls({region: tuple(edition for row in rows["editions"] for edition in _editions(row))
                    for region, rows in regions.items()})

    def latest(self, region: str) -> Edition:
        """The newest edition known."""
        return self.editions[region][-1]

    def expected(self, region: str, today: date) -> int | None:
        """The year in which the cycle would bring the next conference of the region, or None if it has broken off.

        A cycle counts as broken off when a whole round has passed without a conference.
        """
        year = self.latest(region).year + CYCLE
        return year if year + CYCLE > today.year else None


def past_sentence(conferences: Conferences, region: str) -> Text:
    """"Africa: conferences took place in 2010, ... and 2025." """
    years = listing([str(edition.year) for edition in conferences.editions[region]])
    return _("{region}: conferences took place in {years}.", region=REGIONS[region], years=years)


def latest_sentence(edition: Edition) -> Text | None:
    """Where and when the newest one was, as far as the pages state it."""
    if edition.online and edition.first and edition.last:
        return _("The latest one was held online, from {first} to {last}.", first=edition.first, last=edition.last)
    if edition.first and edition.last:
        return _("The latest one took place in {place}, from {first} to {last}.",
                 place=PLACES[edition.place], first=edition.first, last=edition.last)
    return None


def expectation_sentence(conferences: Conferences, region: str, today: date) -> Text:
    """The next one: not announced; the year only as the cycle's expectation."""
    year = conferences.expected(region, today)
    if year is None:
        return _("{region}: the next conference is not announced.", region=REGIONS[region])
    return _("{region}: the next conference is not announced. By the three-year cycle it would be expected in {year}; only "
             "an announcement is certain.", region=REGIONS[region], year=str(year))


def outlook_sentence(conferences: Conferences, region: str, today: date) -> Text:
    """The same in one line, for a list of all regions."""
    year = conferences.expected(region, today)
    if year is None:
        return expectation_sentence(conferences, region, today)
    return _("{region}: not announced; by the three-year cycle expected in {year}.", region=REGIONS[region], year=str(year))


def _editions(row: Mapping[str, Any]) -> list[Edition]:
    return [Edition(year, row["fact"], row.get("place", ""), row.get("from"), row.get("to"), row.get("online", False))
            for year in row["years"]]
