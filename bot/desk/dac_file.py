"""Reads a DAC List from a CSV file; what is wrong with it is told line by line, in words that say how to mend it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from babel import Locale

from knowledge.dac import Recipient
from locales import Text

from .words import _

MOST_BYTES = 300_000
LONGEST_GIVEN = 40  # characters of a wrong cell that are told
MOST_FLAWS = 20  # told at once
LEAST = 50  # countries: a shorter list is a piece of one
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # codes of CLDR that are no country
HEADS = {
    "iso2": "country", "iso 2": "country", "country code": "country", "code": "country", "isocode": "country",
    "income group": "group", "group": "group", "programme region": "region",
}
GROUPS = {
    "ldc": "LDC", "ldcs": "LDC", "least developed countries": "LDC", "least developed country": "LDC",
    "other low income": "other low-income", "low income": "other low-income", "lic": "other low-income",
    "lower middle": "lower-middle", "lower middle income": "lower-middle", "lmic": "lower-middle",
    "upper middle": "upper-middle", "upper middle income": "upper-middle", "umic": "upper-middle",
}
REGIONS = {name.casefold(): name for name in ("Africa", "Asia", "Latin America", "Eastern Europe", "none")}


@dataclass
class Reading:
    """What was read: the list, or what is wrong with the file, line by line."""

    listed: dict[str, Recipient] = field(default_factory=dict)
    flaws: list[Text] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)


def read(content: bytes, regions: Mapping[str, str]) -> Reading:
    """The list in a file; `regions` are the programme's regions of countries that were ever on the list."""
    reading = Reading()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[:error.start].count(b"\n") + 1
        reading.flaws.append(_("Line {line}: the file is not in UTF-8. Please save it as “CSV UTF-8”.", line=line))
        return reading
    lines = text.splitlines()
    heads = _heads(lines[0]) if lines else {}
    missing = [name for name in ("country", "group") if name not in heads.values()]
    if missing:
        reading.flaws.append(_("Line 1: the columns iso2 and income_group are needed, with these names in the first line."))
        return reading
    for number, row in _rows(lines, heads):
        flaw = _taken(reading, number, row, regions)
        if flaw is not None:
            reading.flaws.append(flaw)
    if not reading.flaws and len(reading.listed) < LEAST:
        reading.flaws.append(_("The file holds only {number} countries. Please upload the whole list, not only what has changed.",
                               number=len(reading.listed)))
    return reading


def _heads(line: str) -> dict[int, str]:
    names = next(csv.reader([line[:1000]], delimiter=_delimiter(line)), [])
    known = [HEADS.get(" ".join(name.strip().casefold().replace("_", " ").replace("-", " ").split())) for name in names]
    return {place: name for place, name in enumerate(known) if name is not None}


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _rows(lines: Sequence[str], heads: Mapping[int, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty, with the number of the line that it begins in."""
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=_delimiter(lines[0]))
    began = 1
    try:
        for cells in reader:
            if began > 1 and any(cell.strip() for cell in cells):
                yield began, {name: cells[place].strip() for place, name in heads.items() if place < len(cells)}
            began = reader.line_num + 1
    except csv.Error:  # a quotation mark that nothing closes
        yield began, {"country": lines[began - 1]}


def _taken(reading: Reading, line: int, row: Mapping[str, str], regions: Mapping[str, str]) -> Text | None:
    """Takes a row into the list; what is wrong with it, or None."""
    code, group = row.get("country", "").upper(), GROUPS.get(_plain(row.get("group", "")))
    region = REGIONS.get(row.get("region", "").casefold(), "") or regions.get(code, "")
    if not _exists(code):
        return _("Line {line}: “{given}” is no country's code. Please use ISO 3166-1 alpha-2, such as KE for Kenya.",
                 line=line, given=row.get("country", "")[:LONGEST_GIVEN])
    if code in reading.listed:
        return _("Line {line}: {code} stands in line {first} already.", line=line, code=code, first=reading.lines[code])
    if group is None:
        return _("Line {line}: “{given}” is no income group. Please use LDC, other low-income, lower-middle or upper-middle.",
                 line=line, given=row.get("group", "")[:LONGEST_GIVEN])
    if not region:
        return _("Line {line}: {code} was never on the list. Please add a column programme_region with Africa, Asia, Latin "
                 "America, Eastern Europe or none.", line=line, code=code)
    reading.listed[code], reading.lines[code] = Recipient(group, region), line
    return None


def _plain(group: str) -> str:
    words = group.casefold().replace("-", " ").replace("_", " ").replace("countries and territories", "").split()
    return " ".join(words)


def _exists(code: str) -> bool:
    return len(code) == 2 and code in Locale("en").territories and code not in NO_COUNTRIES
