"""Days as people type them. NOW is Sunday, 22 November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.dates import Day
from flows.dialogue import Perhaps, Unclear, Understood
from flows.world import World
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
