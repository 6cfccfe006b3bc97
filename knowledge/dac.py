"""The DAC List of ODA Recipients: who is or was on it, since when, until when, in which income group.

The shipped file holds one row per spell of a country in one income group, years inclusive. It is checked back
to 2014; spells that began earlier start with the first year known, and answers for earlier days say that they
are not covered.
Source: OECD recipient codelist of 15 June 2026 and earlier OECD lists.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from io import StringIO

from locales import Text, _

LIST_NAME = "DAC List of ODA Recipients"
LIST_DATE = date(2026, 6, 15)
SOURCE = "OECD recipient codelist"
COVERED_FROM = date(2014, 1, 1)

# What the OECD or the press had announced by November 2026; the list of 15 June 2026 still held all five.
_MAY_END = _("The OECD said that its 2026 review may end the listing; the outcome is not known here.")
UNDER_REVIEW = {
    "GY": _MAY_END,
    "MS": _("Its exit from the list, due in 2026, was reported as paused; it is still listed."),
    "NR": _("Its exit from the list was reported as postponed from 2026 to 2027; it is still listed."),
    "PA": _MAY_END,
    "PW": _("It may be considered in the OECD's 2026 review; no decision is known here."),
}


@dataclass(frozen=True)
class Spell:
    """A country's years in one income group; a missing start is unknown, a missing end is still open."""

    country: str
    income_group: str
    start: int | None
    end: int | None
    region: str

    def holds(self, year: int) -> bool:
        return (self.start or 0) <= year <= (self.end or year)


@dataclass(frozen=True)
class DacStatus:
    """Where a country stands on a day: `since` its first year as far as known, `until` its last."""

    country: str
    listed: bool
    income_group: str | None
    since: int | None
    until: int | None
    list_name: str
    list_date: date
    source: str
    under_review: Text | None
    region: str | None
    covered: bool


@dataclass(frozen=True)
class Recipient:
    """A country's place on one version of the list: its income group, and the programme's region."""

    income_group: str
    region: str


class DacList:
    """One version of the list with its history, and the version before it for the days when that one held; immutable."""

    def __init__(self, rows: Iterable[Spell], list_date: date, source: str, name: str = LIST_NAME, *,
                 valid_from: date = date.min, earlier: DacList | None = None, notes: Mapping[str, Text] | None = None) -> None:
        ordered = sorted(rows, key=lambda row: (row.country, row.start or 0))
        self._spells: dict[str, tuple[Spell, ...]] = {}
        for row in ordered:
            self._spells[row.country] = (*self._spells.get(row.country, ()), row)
        self.list_date = list_date
        self.source = source
        self.list_name = name
        self.valid_from = valid_from
        self._earlier = earlier
        self._notes = notes or {}

    @classmethod
    def load(cls) -> DacList:
        """The list as shipped."""
        # Plain csv on purpose: readers that know "NA" as a missing value lose Namibia.
        text = (files("knowledge") / "dac_list.csv").read_text(encoding="utf-8")
        return cls([_spell(row) for row in csv.DictReader(StringIO(text))], LIST_DATE, SOURCE, notes=UNDER_REVIEW)

    def followed_by(self, listed: Mapping[str, Recipient], valid_from: date, list_date: date, source: str) -> DacList:
        """A newer version: the whole list as it holds from a day on; on earlier days this one is asked."""
        countries = sorted({*self._spells, *listed})
        rows = [spell for country in countries
                for spell in _continued(country, self._spells.get(country, ()), listed.get(country), valid_from.year)]
        return DacList(rows, list_date, source, self.list_name, valid_from=valid_from, earlier=self)

    def on(self, day: date) -> DacList:
        """The version that holds on a day."""
        return self if self._earlier is None or day >= self.valid_from else self._earlier.on(day)

    def listed(self, on: date) -> dict[str, Recipient]:
        """The whole list of a day."""
        version = self.on(on)
        if version is not self:
            return version.listed(on)
        return {country: Recipient(spell.income_group, spell.region)
                for country, spells in self._spells.items() for spell in spells if spell.holds(on.year)}

    def status(self, country: str, on: date) -> DacStatus:
        """What the list says on a day about a country, by its ISO 3166-1 alpha-2 code (XK for Kosovo)."""
        version = self.on(on)
        return self._status(country, on) if version is self else version.status(country, on)

    def _status(self, country: str, on: date) -> DacStatus:
        spells = self._spells.get(country, ())
        current = next((spell for spell in spells if spell.holds(on.year)), None)
        begun = [spell for spell in spells if (spell.start or 0) <= on.year]
        return DacStatus(
            country=country,
            listed=current is not None,
            income_group=current.income_group if current else None,
            since=_first_year(begun),
            until=begun[-1].end if begun and current is None else None,
            list_name=self.list_name,
            list_date=self.list_date,
            source=self.source,
            under_review=self._notes.get(country) if current and current.end is None else None,
            region=self.region(country),
            covered=on >= COVERED_FROM,
        )

    def lists(self, country: str, on: date) -> bool:
        """Whether the country is on the list that day."""
        version = self.on(on)
        if version is not self:
            return version.lists(country, on)
        return any(spell.holds(on.year) for spell in self._spells.get(country, ()))

    def countries(self, on: date) -> frozenset[str]:
        """All countries and territories on the list that day."""
        return frozenset(self.listed(on))

    @property
    def known(self) -> tuple[str, ...]:
        """Every country that is or was on the list, as far as known."""
        return tuple(self._spells)

    def region(self, country: str) -> str | None:
        """The programme's region of a country that is or was on the list ("none": no conference)."""
        spells = self._spells.get(country)
        return spells[-1].region if spells else None


def _continued(country: str, spells: Iterable[Spell], recipient: Recipient | None, year: int) -> list[Spell]:
    """A country's spells with its place on a list that holds from `year` on; without one it has left."""
    past = [spell for spell in spells if (spell.start or 0) < year]
    ended = [replace(spell, end=min(spell.end or year - 1, year - 1)) for spell in past]
    if recipient is None:
        return ended
    if ended and ended[-1].end == year - 1 and ended[-1].income_group == recipient.income_group:
        return [*ended[:-1], replace(ended[-1], end=None, region=recipient.region)]
    return [*ended, Spell(country, recipient.income_group, year, None, recipient.region)]


def _first_year(spells: list[Spell]) -> int | None:
    """Where the latest unbroken membership began: adjacent spells are one."""
    first: int | None = None
    for earlier, spell in zip((None, *spells), spells, strict=False):
        if earlier is None or earlier.end is None or spell.start is None or earlier.end + 1 < spell.start:
            first = spell.start
    return first


def _spell(row: dict[str, str]) -> Spell:
    start, end = row["effective_from"], row["effective_to"]
    return Spell(
        country=row["iso2"],
        income_group=row["income_group"],
        start=int(start) if start else None,
        end=int(end) if end else None,
        region=row["programme_region"],
    )
