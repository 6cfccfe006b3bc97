"""Which conference is for me: announced ones, expected ones, and what only the team can decide."""

from __future__ import annotations

from datetime import date

import pytest

from flows.conference.effects import Interested
from flows.conference.view import State
from flows.turn import Described, Subscribe
from tests.support.conferences import conference
from tests.support.talk import Talk

ASIA = conference(id=1, places=20)


def looks(country: str, partner: str = "Yes", conferences: tuple[object, ...] = ()) -> Talk:
    """Somebody from the South looks for the right conference."""
    talk = Talk(conferences=conferences)  # type: ignore[arg-type]  # conferences
    talk.say("which conference is for me")
    talk.press("For a municipality in the Global South")
    talk.say(country)
    talk.press(partner)
    return talk


def test_an_announced_conference_is_shown_with_its_days_and_a_way_to_register() -> None:
    talk = looks("Vietnam", conferences=(ASIA,))
    assert "For Vietnam it is the conference of the region Asia." in talk.text
    assert "Announced: Partnership Conference Asia. From 14 September 2027 to 16 September 2027, Leipzig, Germany." in talk.text
    card = talk.press("Partnership Conference Asia")
    assert "20 of 20 places are free." in card
    assert "Do you agree?" in talk.press("Register")


def test_without_an_announcement_only_the_expectation_is_said() -> None:
    talk = looks("Kenya", conferences=(ASIA,))
    assert "Africa: the next conference is not announced. By the three-year cycle it would be expected in 2028" in talk.text
    assert "Announced:" not in talk.text


@pytest.mark.parametrize(("country", "said"), [
    ("Jordan", "For Jordan it could be the conference of the region Asia; that is not published, the team decides."),
    ("Egypt", "For Egypt it could be the conference of the region Africa; that is not published, the team decides."),
    ("Türkiye", "For Türkiye it could be the conference of the region Eastern Europe; that is not published, the team decides."),
    ("Fiji", "For Fiji no regional conference is published; which one it could be, the team decides."),
])
def test_an_unclear_region_is_the_teams_decision(country: str, said: str) -> None:
    assert said in looks(country).text


def test_a_country_off_the_list_is_told_so_and_sent_to_the_team() -> None:
    talk = looks("Chile")
    assert "the conferences address only countries on the DAC List" in talk.text
    assert "Ask the team" in talk.buttons


def test_the_german_side_is_told_by_its_partners_country() -> None:
    talk = Talk(conferences=(ASIA,))
    talk.say("/find")
    talk.press("For a German municipality or district")
    talk.press("Yes")
    assert "For Peru it is the conference of the region Latin America and the Caribbean." in talk.say("Peru")


def test_who_wants_to_hear_of_the_next_one_is_put_on_the_regions_list_and_subscribed() -> None:
    talk = looks("Kenya")
    heard = talk.press("Tell me about the next one")
    assert "You will be told here as soon as the next conference is announced: Africa." in heard
    assert [effect for effect in talk.effects if not isinstance(effect, Subscribe)] == [
        Interested("africa", "KE", "south"), Described("south", "KE")]
    assert [effect.topics for effect in talk.effects if isinstance(effect, Subscribe)] == [("conferences-africa",)]


def test_until_one_is_open_registering_says_what_is_expected() -> None:
    heard = Talk().say("/register")
    assert "No conference is open for registration now." in heard
    assert "Asia: the next conference is not announced. By the three-year cycle it would be expected in 2026" in heard


def test_an_announced_conference_takes_the_place_of_the_expectation_in_answers() -> None:
    heard = Talk(conferences=(ASIA,)).say("When is the next Asia conference?")
    assert "Announced: Partnership Conference Asia." in heard
    assert "not announced" not in heard


def test_a_cancelled_or_past_one_is_not_announced_as_coming() -> None:
    past = conference(id=2, first=date(2026, 9, 1), last=date(2026, 9, 2))
    heard = Talk(conferences=(conference(id=1, stored=State.CANCELLED), past)).say("/conferences")
    assert "Partnership Conference Asia" not in heard


def test_a_country_that_is_not_invited_is_sent_to_its_own_region_and_the_team() -> None:
    talk = Talk(conferences=(ASIA,))
    talk.say("/start conf-asia-2027")
    talk.press("Register")
    for label in ("Yes", "Without a partner", "A municipality in the Global South"):
        talk.press(label)
    heard = talk.say("Peru")
    assert "Partnership Conference Asia is for municipalities of other countries than Peru." in heard
    assert "For Peru it is the conference of the region Latin America and the Caribbean." in heard
    assert "Which country is your municipality in?" in talk.press("Back")
    assert "What is your municipality called?" in talk.say("Vietnam")


def test_an_answer_about_registering_leads_to_it_once_a_conference_is_open() -> None:
    talk = Talk(conferences=(ASIA,))
    talk.say("How can I register for a conference?")
    assert "Register for a conference" in talk.buttons
    assert "Register for a conference" not in Talk().say("How can I register for a conference?")


def test_the_list_is_one_line_for_each_region_and_past_editions_come_when_a_region_is_asked() -> None:
    talk = Talk(conferences=(ASIA,))
    heard = talk.say("/conferences").split("\n\n")
    assert heard[:4] == [
        "Partnership Conference Asia: From 14 September 2027 to 16 September 2027, Leipzig, Germany (open for registration).",
        "Africa: not announced; by the three-year cycle expected in 2028.",
        "Latin America and the Caribbean: not announced; by the three-year cycle expected in 2027.",
        "Eastern Europe: the next conference is not announced."]
    assert "Asia: conferences took place in 2014, 2017, 2020 and 2023." in talk.press("Asia")


def test_what_is_announced_is_not_called_unpublished() -> None:
    unpublished = "The conference page names no date and no place for a next conference."
    assert unpublished not in Talk(conferences=(ASIA,)).say("When is the next conference?")
    assert unpublished in Talk(conferences=(ASIA,)).say("When is the next conference for Africa?")
