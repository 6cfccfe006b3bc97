"""Charts are pictures with a name and nothing that the page's rules forbid."""

from __future__ import annotations

import re
from datetime import date

from bot.desk import charts
from knowledge import Knowledge

FORBIDDEN = ("<script", "<style", " style=", "<desc", "<!--", "<title", "ns0:", " id=")


def test_a_chart_carries_neither_script_nor_style() -> None:
    drawn = (charts.bars("Languages", [("Deutsch", 12), ("<b>", 1)]), charts.world("Countries", {"KE": 3}),
             charts.columns("Weeks", ["41", "42"], [("a", [1, 2]), ("b", [0, 3])]))
    assert [word for word in FORBIDDEN for picture in drawn if word in picture] == []
    assert ["<b>" in picture for picture in drawn] == [False] * 3


def test_bars_show_their_names_and_numbers() -> None:
    drawn = charts.bars("Languages", [("Deutsch", 12), ("a name that is far too long for a phone", 1)])
    assert 'role="img" aria-label="Languages"' in drawn
    assert sorted(re.findall(r">([^<>]+)</text>", drawn)) == ["1", "12", "Deutsch", "a name that is far too…"]


def test_countries_are_shaded_by_their_number() -> None:
    drawn = charts.world("Countries", {"KE": 1, "IN": 12, "BR": 500, "CV": 7})
    found = dict(re.findall(r'class="land(\w\w) country map-element (color-\d)', drawn))
    assert found == {"KE": "color-0", "IN": "color-2", "BR": "color-4"}
    assert re.findall(r"</svg> ([^<]+)", charts.shades()) == ["1–2", "3–9", "10–29", "30–99", "100+"]


def test_most_countries_of_the_list_have_an_outline() -> None:
    listed = Knowledge().dac.countries(date(2026, 11, 22))
    assert len(listed - set(charts.shapes())) < len(listed) / 4
