"""Days as people type them. NOW is Sunday, 22 November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dates import Day
from flows.dialogue import Perhaps, Unclear, Understood
from flows.world import World
from locales import words
from tests.support.talk import NOW, knowledge

WORLD = World(NOW, "en", knowledge())
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


AT_LENGTH = ("the day after tomorrow", "in two weeks", "in a fortnight", "in 10 days", "in a month", "Friday next week")


@pytest.mark.parametrize(("language", "typed", "day"), [
    ("en", "15.3.", "2027-03-15"),
    ("en", "15/03/2027", "2027-03-15"),
    ("en", "3/25", "2027-03-25"),
    ("en", "2027-03-15", "2027-03-15"),
    ("en", "15 March", "2027-03-15"),
    ("en", "March 15th", "2027-03-15"),
    ("en", "on the 24 dec 2026 please", "2026-12-24"),
    ("en", "end of February", "2027-02-28"),
    ("en", "tomorrow", "2026-11-23"),
    ("en", "the day after tomorrow", "2026-11-24"),
    ("en", "in two weeks", "2026-12-06"),
    ("en", "in a fortnight", "2026-12-06"),
    ("en", "in 10 days", "2026-12-02"),
    ("en", "in a month", "2026-12-22"),
    ("en", "next Friday", "2026-11-27"),
    ("en", "Friday", "2026-11-27"),
    ("en", "next week", "2026-11-23"),
    ("en", "Friday next week", "2026-11-27"),
    ("de", "15. März", "2027-03-15"),
    ("de", "Freitag", "2026-11-27"),
    ("es", "15 de marzo de 2027", "2027-03-15"),
    ("es", "viernes", "2026-11-27"),
    ("fr", "1er février", "2027-02-01"),
    ("pt", "15 de março", "2027-03-15"),
    ("ar", "١٥ مارس", "2027-03-15"),
    ("ar", "الجمعة", "2026-11-27"),
])
def test_a_day_is_understood(language: str, typed: str, day: str) -> None:
    at_length = typed in AT_LENGTH
    expected = Perhaps((day,)) if at_length else Understood(day)
    assert Day().read(typed, replace(WORLD, language=language)) == expected


@pytest.mark.parametrize("typed", ["heute in einer Woche", "so bald wie möglich", "Freitag morgen"])
def test_a_word_within_a_longer_phrase_is_never_taken_for_the_day_without_asking(typed: str) -> None:
    assert not isinstance(Day().read(typed, replace(WORLD, language="de")), Understood)


@pytest.mark.parametrize(("language", "typed", "day"), [
    ("pt", "sexta", "2026-11-27"), ("pt", "segunda", "2026-11-23"), ("pt", "terça", "2026-11-24"),
    ("ar", "١٥ نيسان", "2027-04-15"), ("ar", "15 أفريل", "2027-04-15"), ("ar", "15 جوان", "2027-06-15"),
    ("ar", "15 تشرين الثاني", "2027-11-15"), ("ar", "15 كانون الثاني", "2027-01-15"), ("ar", "15 غشت", "2027-08-15"),
    ("ar", "15 آب", "2027-08-15"), ("ar", "15 أوت", "2027-08-15"), ("ar", "3 جانفي", "2027-01-03"),
    ("ar", "15 ماي", "2027-05-15"),
    ("de", "15. Jänner", "2027-01-15"),
])
def test_a_day_is_understood_as_it_is_called_in_each_country(language: str, typed: str, day: str) -> None:
    assert Day().read(typed, replace(WORLD, language=language)) == Understood(day)


@pytest.mark.parametrize(("language", "typed", "day"), [
    ("en", "the 15th of next month", "2026-12-15"), ("en", "the end of next month", "2026-12-31"),
    ("de", "am 15. nächsten Monats", "2026-12-15"), ("de", "Ende des nächsten Monats", "2026-12-31"),
    ("es", "el 15 del próximo mes", "2026-12-15"), ("es", "el 15 del mes que viene", "2026-12-15"),
    ("es", "fin del próximo mes", "2026-12-31"),
    ("fr", "le 15 du mois prochain", "2026-12-15"), ("fr", "fin du mois prochain", "2026-12-31"),
    ("pt", "dia 15 do próximo mês", "2026-12-15"), ("pt", "fim do próximo mês", "2026-12-31"),
    ("ar", "15 من الشهر القادم", "2026-12-15"), ("ar", "نهاية الشهر القادم", "2026-12-31"),
    ("en", "in a month", "2026-12-22"), ("de", "in einem Monat", "2026-12-22"), ("es", "en un mes", "2026-12-22"),
    ("fr", "dans un mois", "2026-12-22"), ("pt", "em um mês", "2026-12-22"), ("ar", "بعد ثلاثة أشهر", "2027-02-22"),
    ("de", "in zwei Wochen", "2026-12-06"), ("es", "en dos semanas", "2026-12-06"), ("fr", "dans deux semaines", "2026-12-06"),
    ("pt", "daqui a duas semanas", "2026-12-06"), ("ar", "بعد 3 أسابيع", "2026-12-13"),
    ("de", "in 10 Tagen", "2026-12-02"), ("es", "dentro de 10 días", "2026-12-02"), ("fr", "dans 3 jours", "2026-11-25"),
    ("pt", "em 10 dias", "2026-12-02"), ("ar", "بعد 3 أيام", "2026-11-25"), ("ar", "في غضون أسبوع", "2026-11-29"),
    ("pt", "na próxima sexta", "2026-11-27"),
])
def test_a_day_told_at_length_is_confirmed(language: str, typed: str, day: str) -> None:
    assert Day().read(typed, replace(WORLD, language=language)) == Perhaps((day,))


@pytest.mark.parametrize("typed", ["15th of this month", "31 February next month", "between the 3rd and 5th of next month"])
def test_a_number_that_counts_something_else_is_never_taken_for_months(typed: str) -> None:
    assert isinstance(Day().read(typed, WORLD), Unclear)


NEXT_MONTHS = {"en": "the {day} of next month", "de": "am {day}. nächsten Monats", "es": "el {day} del próximo mes",
               "fr": "le {day} du mois prochain", "pt": "dia {day} do próximo mês", "ar": "{day} من الشهر القادم"}


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(1, 31), st.sampled_from(sorted(NEXT_MONTHS)))
def test_a_day_of_next_month_is_that_day_or_none(today: date, day: int, language: str) -> None:
    world = replace(WORLD, language=language, now=datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    reading = Day().read(NEXT_MONTHS[language].format(day=day), world)
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    expected = first + timedelta(days=day - 1)
    if expected.month == first.month:
        assert reading == Perhaps((expected.isoformat(),))
    else:
        assert isinstance(reading, Unclear)


@given(st.dates(date(2026, 11, 23), date(2027, 11, 20)), st.sampled_from(["en", "de", "es", "fr", "pt", "ar"]))
def test_every_day_is_understood_by_its_month_in_every_language(day: date, language: str) -> None:
    month = words(language).locale.months["format"]["wide"][day.month]
    assert Day().read(f"{day.day} {month} {day.year}", replace(WORLD, language=language)) == Understood(day.isoformat())


def test_next_friday_said_on_a_tuesday_may_be_two_days() -> None:
    reading = Day().read("next Friday", replace(WORLD, now=TUESDAY))
    assert isinstance(reading, Perhaps)
    assert reading.canonicals == ("2026-11-27", "2026-12-04")


@pytest.mark.parametrize("typed", ["soon", "31.2.", "2020-01-01", "1.1.2199", "who submits?"])
def test_what_is_no_day_to_come_is_asked_again(typed: str) -> None:
    assert isinstance(Day().read(typed, WORLD), Unclear)


def test_a_kept_day_is_a_date_again() -> None:
    assert Day().load("2027-03-15") == date(2027, 3, 15)
    assert Day().load("some day") is None
