"""The DAC List by year: totals as the OECD published them, who left and when, and what is not covered."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dac import DacList, DacStatus, Recipient, Spell
from knowledge.regions import ProgrammeRegion, programme_region

DAC = DacList.load()
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("year", "total"),
    [(2014, 146), (2017, 146), (2018, 143), (2019, 143), (2020, 142), (2021, 142), (2022, 141), (2023, 141),
     (2024, 141), (2025, 141), (2026, 141)],
)  # fmt: skip
def test_the_number_of_listed_countries_is_that_of_the_published_lists(year: int, total: int) -> None:
    assert len(DAC.countries(date(year, 7, 1))) == total


@pytest.mark.parametrize(
    ("year", "groups"),
    [
        (2014, {"LDC": 48, "other low-income": 4, "lower-middle": 36, "upper-middle": 58}),
        (2018, {"LDC": 47, "other low-income": 2, "lower-middle": 37, "upper-middle": 57}),
        (2021, {"LDC": 46, "other low-income": 2, "lower-middle": 38, "upper-middle": 56}),
        (2024, {"LDC": 45, "other low-income": 2, "lower-middle": 35, "upper-middle": 59}),
        (2026, {"LDC": 44, "other low-income": 2, "lower-middle": 36, "upper-middle": 59}),
    ],
)
def test_the_income_groups_add_up_as_published(year: int, groups: dict[str, int]) -> None:
    on = date(year, 12, 31)
    assert Counter(DAC.status(country, on).income_group for country in DAC.countries(on)) == groups


@pytest.mark.parametrize(
    ("country", "last"),
    [("CL", 2017), ("SC", 2017), ("UY", 2017), ("CK", 2019), ("AG", 2021), ("KN", 2013), ("AI", 2013)],
)
def test_a_country_that_left_is_listed_until_its_last_day(country: str, last: int) -> None:
    assert DAC.lists(country, date(last, 12, 31))
    gone = DAC.status(country, date(last + 1, 1, 1))
    assert (gone.listed, gone.income_group, gone.until) == (False, None, last)


def test_namibia_is_not_read_as_a_missing_value() -> None:
    assert DAC.status("NA", TODAY) == DacStatus(
        country="NA",
        listed=True,
        income_group="upper-middle",
        since=2011,
        until=None,
        list_name="DAC List of ODA Recipients",
        list_date=date(2026, 6, 15),
        source="OECD recipient codelist",
        under_review=None,
        region="Africa",
        covered=True,
    )


@pytest.mark.parametrize(
    ("country", "since"), [("KE", 2014), ("JO", 2014), ("SS", 2012), ("XK", 2014), ("PS", 2014), ("GE", 2014)]
)
def test_changes_of_income_group_do_not_interrupt_membership(country: str, since: int) -> None:
    status = DAC.status(country, TODAY)
    assert (status.listed, status.since, status.until) == (True, since, None)


@pytest.mark.parametrize("country", ["DE", "FR", "US", "TW", "HK", "SG", "RU", "PR", "NC", "EH", "ZZ", ""])
def test_a_country_never_on_the_list_has_no_years(country: str) -> None:
    status = DAC.status(country, TODAY)
    assert (status.listed, status.since, status.until, status.region) == (False, None, None, None)


def test_the_group_is_that_of_the_year_asked_for() -> None:
    years = (2013, 2015, 2019, 2023, 2026)
    groups = [DAC.status("JO", date(year, 1, 1)).income_group for year in years]
    assert groups == [None, "upper-middle", "lower-middle", "upper-middle", "lower-middle"]


def test_days_before_2014_are_said_not_to_be_covered() -> None:
    assert DAC.status("KE", date(2013, 12, 31)).covered is False
    assert DAC.status("KE", date(2014, 1, 1)).covered is True


def test_only_countries_whose_listing_is_in_question_are_under_review() -> None:
    under_review = {country for country in DAC.countries(TODAY) if DAC.status(country, TODAY).under_review}
    assert under_review == {"NR", "MS", "GY", "PA", "PW"}


def changed(**changes: Recipient | None) -> dict[str, Recipient]:
    """Today's list with some countries in, out or moved."""
    listed = {**DAC.listed(TODAY), **changes}
    return {country: recipient for country, recipient in listed.items() if recipient is not None}


NEWER = DAC.followed_by(changed(NR=None, KE=Recipient("upper-middle", "Africa"), SC=Recipient("upper-middle", "Africa")),
                        date(2027, 1, 1), date(2026, 12, 15), "OECD list for 2027")


def test_a_newer_list_holds_from_its_day_on_and_names_its_own_date_and_source() -> None:
    gone = NEWER.status("NR", date(2027, 2, 1))
    assert (gone.listed, gone.until, gone.list_date, gone.source) == (False, 2026, date(2026, 12, 15), "OECD list for 2027")
    back = NEWER.status("SC", date(2027, 1, 1))
    assert (back.listed, back.income_group, back.since) == (True, "upper-middle", 2027)
    moved = NEWER.status("KE", date(2027, 1, 1))
    assert (moved.income_group, moved.since) == ("upper-middle", 2014)
    assert len(NEWER.countries(date(2027, 2, 1))) == len(DAC.countries(TODAY))


def test_days_before_are_answered_by_the_list_before() -> None:
    assert [NEWER.status(country, date(2026, 12, 31)) for country in ("NR", "KE", "SC")] == [
        DAC.status(country, date(2026, 12, 31)) for country in ("NR", "KE", "SC")]
    assert NEWER.on(TODAY) is DAC


def test_what_was_said_of_a_review_does_not_outlive_the_list() -> None:
    assert NEWER.status("GY", date(2027, 1, 1)).under_review is None


def test_lists_follow_each_other() -> None:
    third = NEWER.followed_by(changed(NR=Recipient("upper-middle", "none")), date(2028, 1, 1), date(2028, 1, 1), "third")
    years = [third.status("NR", date(year, 6, 1)) for year in (2026, 2027, 2028)]
    assert [(status.listed, status.since, status.source) for status in years] == [
        (True, DAC.status("NR", TODAY).since, DAC.source), (False, DAC.status("NR", TODAY).since, "OECD list for 2027"),
        (True, 2028, "third")]
    assert third.status("KE", date(2028, 6, 1)).income_group == "lower-middle"


def test_who_comes_back_after_a_gap_is_on_the_list_since_the_return() -> None:
    rows = [Spell("XX", "LDC", 1996, 2004, "Africa"), Spell("XX", "LDC", 2010, None, "Africa")]
    dac = DacList(rows, date(2011, 1, 1), "made up")
    between = dac.status("XX", date(2007, 1, 1))
    assert (between.listed, between.since, between.until) == (False, 1996, 2004)
    assert dac.status("XX", date(2012, 1, 1)).since == 2010


@given(country=st.sampled_from(sorted(DAC.countries(date(2013, 1, 1)) | DAC.countries(TODAY))), on=st.dates())
def test_status_lists_and_countries_agree_on_every_day(country: str, on: date) -> None:
    status = DAC.status(country, on)
    assert status.listed == DAC.lists(country, on) == (country in DAC.countries(on))
    assert (status.income_group is not None) == status.listed


@pytest.mark.parametrize(
    ("country", "region", "certain"),
    [
        ("KE", "africa", True), ("EG", "africa", False), ("PE", "latin-america", True),
        ("JM", "latin-america", True), ("IN", "asia", True), ("JO", "asia", False), ("PS", "asia", False),
        ("UA", "eastern-europe", True), ("AM", "eastern-europe", False), ("TR", "eastern-europe", False),
        ("WS", None, False), ("DE", None, False),
    ],
)  # fmt: skip
def test_the_conference_region_says_where_the_team_decides(country: str, region: str | None, certain: bool) -> None:
    assert programme_region(country, DAC) == ProgrammeRegion(region, certain)
