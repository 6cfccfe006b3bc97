"""What the matcher reaches on the development set must not be lost; the figures leave a little room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pytest

from knowledge import Knowledge
from knowledge.search.semantic import load_encoder
from locales import languages
from tests.benchmarks.matching.development import Asked, asked, development, share

pytestmark = pytest.mark.slow

WRITTEN = ("ar", "de", "en", "es", "fr", "pt")  # languages of the development set that have phrases


@lru_cache(maxsize=2)
def put(with_encoder: bool) -> tuple[Asked, ...]:
    """All questions, answered."""
    encoder = load_encoder() if with_encoder else None
    assert (encoder is not None) == with_encoder
    return tuple(asked(development(), Knowledge(), (lambda text: encoder.encode([text])[0]) if encoder else None))


def ours(rows: Sequence[Asked]) -> list[Asked]:
    return [row for row in rows if row.question.is_ours and row.question.language in WRITTEN]


def beyond(rows: Sequence[Asked], *kinds: str) -> list[Asked]:
    return [row for row in rows if not row.question.is_ours and row.question.kind in kinds]


@pytest.mark.parametrize(("with_encoder", "first", "three"), [(False, 88, 93), (True, 93, 96)])
def test_right_answers(with_encoder: bool, first: float, three: float) -> None:
    rows = ours(put(with_encoder))
    assert share(rows, lambda row: row.is_right(1)) >= first
    assert share(rows, lambda row: row.is_right(3)) >= three


@pytest.mark.parametrize("with_encoder", [False, True])
def test_hardly_ever_wrong_with_certainty_and_hardly_ever_silent(with_encoder: bool) -> None:
    rows = ours(put(with_encoder))
    assert share(rows, lambda row: row.certain and not row.is_right(1)) <= 4
    assert share(rows, lambda row: not any(row.answers)) <= 4


@pytest.mark.parametrize("with_encoder", [False, True])
def test_what_is_not_ours_is_not_answered_as_if_it_were(with_encoder: bool) -> None:
    rows = put(with_encoder)
    assert share(beyond(rows, "near_miss"), lambda row: row.is_answered_as_ours) <= 8
    assert share(beyond(rows, "other_programme", "general"), lambda row: row.is_answered_as_ours) <= 4
    assert share(beyond(rows, "small_talk", "attack", "gibberish"), lambda row: row.is_answered_as_ours) == 0


def test_the_country_asked_about_is_the_one_looked_up() -> None:
    rows = [row for row in ours(put(True)) if row.question.kind == "status"]
    assert share(rows, lambda row: row.question.country in row.countries) >= 97
    assert share(rows, lambda row: bool(row.countries) and row.question.country not in row.countries) <= 2


def test_languages_without_phrases_are_carried_by_the_encoder() -> None:
    shipped = languages()
    rows = [row for row in put(True) if row.question.is_ours and row.question.language not in (*WRITTEN, *shipped)]
    assert share(rows, lambda row: row.is_right(1)) >= 78
    assert share(rows, lambda row: row.certain and not row.is_right(1)) <= 8


def test_a_stated_score_is_right_about_as_often_as_it_says() -> None:
    rows = [row for row in put(True) if row.certain and row.question.language in WRITTEN]
    for low, high in ((0.85, 0.95), (0.95, 1.01)):
        band = [row for row in rows if low <= row.score < high]
        stated = 100 * sum(row.score for row in band) / len(band)
        assert share(band, lambda row: row.is_right(1)) >= stated - 8
