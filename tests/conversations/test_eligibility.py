"""Can we take part? As people talk about it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.turn import Concluded
from tests.support.talk import Talk, conversation

CHECK = ("/check", "Who is asking?")
SOUTH = ("[A municipality in the Global South]", "Which country is the municipality in?")
GERMAN = ("[A German municipality or district]", "What is the German side?")
PARTNER = "Does it have a partner municipality in Germany?"


def test_a_town_in_peru_with_a_german_partner_can_take_part() -> None:
    talk = conversation([
        CHECK, SOUTH,
        ("Perú", PARTNER),
        ("[Yes, one]", "Have you talked with the German partner about taking part?"),
        ("[No]", "Yes: by what you say, the conditions for taking part are met."),
    ])
    assert "Peru: on the DAC List (upper middle-income country or territory)." in talk.text
    assert "Only the German side can submit the proposal." in talk.text
    assert "Next step: talk with your partner" in talk.text
    assert "as of 15 June 2026" in talk.text
    assert Concluded("eligibility", "yes") in talk.effects


def test_a_city_is_confirmed_before_its_country_counts() -> None:
    conversation([CHECK, SOUTH, ("Cusco", "Do you mean Peru?"), ("yes", PARTNER)])


def test_a_wrong_guess_can_be_refused() -> None:
    conversation([CHECK, SOUTH, ("Cusco", "Do you mean Peru?"), ("no", "Which country is the municipality in?"),
                  ("Bolivia", PARTNER)])


@pytest.mark.parametrize("name", ["Congo", "Guinea", "Georgia", "Korea", "Dominican", "Sudan", "Virgin Islands"])
def test_countries_that_are_mixed_up_are_never_guessed(name: str) -> None:
    talk = conversation([CHECK, SOUTH])
    heard = talk.say(name)
    assert "Which one do you mean?" in heard or "Do you mean" in heard or PARTNER in heard
    if PARTNER in heard:
        assert name in ("Guinea", "Sudan"), "an exact name of one country"


def test_niger_is_niger_and_nigeria_is_nigeria() -> None:
    for name in ("Niger", "Nigeria"):
        talk = conversation([CHECK, SOUTH, (name, PARTNER), ("no, none", "Not yet")])
        assert f"{name}: on the DAC List" in talk.text


def test_without_a_german_partner_it_is_not_yet_and_there_is_advice() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("[No, none]", "Not yet")])
    assert "A municipality without a German partner municipality cannot take part." in talk.text
    assert "You are still welcome to ask the team for general advice." in talk.text
    assert "Ask the team" in talk.buttons


def test_a_partner_in_another_country_does_not_replace_the_german_one() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("[Only in another country]", "Not yet")])
    assert "does not replace the German one" in talk.text


def test_two_german_partners_make_one_partnership() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("[Yes, two or more]", "Have you talked"), ("[Yes]", "Yes:")])
    assert "agree on which partner" in talk.text


def test_a_country_that_left_the_list_is_told_since_when() -> None:
    talk = conversation([CHECK, SOUTH, ("Chile", "No: by what you say, taking part is not possible.")])
    assert "Chile: no longer on the DAC List since 2018." in talk.text


def test_a_country_never_on_the_list() -> None:
    talk = conversation([CHECK, SOUTH, ("France", "No:")])
    assert "France: not on the DAC List." in talk.text


def test_a_country_under_review_is_listed_with_a_warning() -> None:
    talk = conversation([CHECK, SOUTH, ("Nauru", PARTNER), ("[Yes, one]", "Have you"), ("[Yes]", "Yes:")])
    assert "Nauru: on the DAC List" in talk.text
    assert "review" in talk.text or "postponed" in talk.text or "leave" in talk.text


@pytest.mark.parametrize(("typed", "sentence"), [
    ("Kosovo", "Kosovo: on the DAC List"),
    ("Palestine", "The list names it “West Bank and Gaza Strip”."),
    ("Taiwan", "Taiwan: not on the DAC List."),
])
def test_contested_names_are_neutral(typed: str, sentence: str) -> None:
    talk = conversation([CHECK, SOUTH])
    heard = talk.say(typed)
    if "No:" not in heard:
        talk.press("Yes, one")
        heard = talk.press("Yes")
    assert sentence in heard
    assert "The name used here takes no position on its status." in heard


def test_germany_on_the_southern_side_is_set_right() -> None:
    talk = conversation([CHECK, SOUTH, ("Germany", "No:")])
    assert "please change the first answer" in talk.text
    assert "What is the German side?" in talk.tap("side:german")


def test_a_german_city_submits_itself() -> None:
    talk = conversation([
        CHECK, GERMAN, ("[City or municipality]", "Is there a partner municipality in the Global South?"),
        ("[Yes, one]", "Which country is the partner municipality in?"),
        ("Ghana", "Have you talked with the partner about taking part?"), ("[Yes]", "Yes:"),
    ])
    assert "Who acts: your municipality." in talk.text
    assert "agree with your partner on what the proposal should say" in talk.text


def test_a_district_takes_part_as_well() -> None:
    talk = conversation([CHECK, GERMAN, ("[District (Landkreis)]", "Is there"), ("[No, none]", "Not yet")])
    assert "districts (Landkreise) take part as well" in talk.text
    assert "The call of 2020 still welcomed German municipalities without a partner." in talk.text


def test_a_german_city_whose_partner_country_is_not_listed() -> None:
    talk = conversation([CHECK, GERMAN, ("[City or municipality]", "Is there"), ("[Yes, one]", "Which country"),
                         ("France", "No:")])
    assert "France: not on the DAC List." in talk.text


def test_of_two_partners_the_listed_one_counts() -> None:
    talk = conversation([
        CHECK, GERMAN, ("[City or municipality]", "Is there"), ("[Yes, two or more]", "Which country is the partner"),
        ("Chile", "Which country is the second partner in?"), ("Peru", "Have you talked"), ("[Yes]", "Yes:"),
    ])
    assert "Chile: no longer on the DAC List since 2018." in talk.text
    assert "only be made with the partner whose country is on the list" in talk.text


def test_an_association_learns_that_municipalities_act() -> None:
    talk = conversation([
        CHECK, ("[An association or somebody else]", "For whom would you like to check?"),
        ("[For no municipality]", "No:"),
    ])
    assert "The project is for partnerships between municipalities" in talk.text


def test_an_association_can_check_for_a_municipality() -> None:
    talk = conversation([
        CHECK, ("[An association or somebody else]", "For whom would you like to check?"),
        ("[For a municipality in the Global South]", "Which country is the municipality in?"),
        ("Rwanda", PARTNER), ("[Yes, one]", "Have you"), ("[Yes]", "Yes:"),
    ])
    assert "Only the German side can submit the proposal." in talk.text


def test_one_answer_is_changed_and_the_others_are_kept() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("[No, none]", "Not yet")])
    assert "Which country is the municipality in?" in talk.press("Change: Kenya")
    heard = talk.say("Chile")
    assert "No: by what you say" in heard
    assert "Chile: no longer on the DAC List since 2018." in heard


def test_an_edited_message_corrects_its_answer_and_the_verdict() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("[No, none]", "Not yet")])
    assert "Chile: no longer on the DAC List" in talk.correct("Chile", "country")


def test_a_button_of_an_earlier_question_changes_that_answer() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER)])
    assert "What is the German side?" in talk.tap("side:german")


def test_a_button_of_nowhere_puts_the_open_question_again() -> None:
    talk = conversation([CHECK, SOUTH])
    heard = talk.tap("colour:red")
    assert "That button belongs to an earlier dialogue." in heard
    assert "Which country is the municipality in?" in heard


def test_back_forgets_the_last_visited_answer() -> None:
    conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("back", "Which country is the municipality in?"),
                  ("back", "Who is asking?"), ("back", "There is no earlier question")])


def test_start_over_and_stop_work_at_every_question() -> None:
    conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("start over", "Who is asking?"), ("stop", "This dialogue is closed"),
                  ("stop", "No dialogue is open.")])


def test_help_looks_aside_and_comes_back_to_the_question() -> None:
    talk = conversation([CHECK, SOUTH])
    heard = talk.say("help")
    assert "/check: Can we take part?" in heard
    assert heard.endswith("Which country is the municipality in?")


def test_a_question_in_the_middle_is_answered_and_the_open_one_put_again() -> None:
    talk = conversation([CHECK, SOUTH])
    heard = talk.say("Who has to submit the proposal?")
    assert "The German municipality submits the proposal." in heard
    assert heard.endswith("Which country is the municipality in?")


def test_the_day_decides_which_list_holds() -> None:
    talk = Talk(now=datetime(2017, 5, 1, tzinfo=UTC))
    talk.say("/check")
    talk.press("A municipality in the Global South")
    assert PARTNER in talk.say("Chile")


def test_an_answer_corrected_on_the_way_is_confirmed() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER)])
    assert talk.correct("Ghana", "country").startswith("Changed to: Ghana.")


def test_a_bare_yes_is_an_answer_and_a_greeting_is_none() -> None:
    talk = conversation([CHECK, SOUTH, ("Kenya", PARTNER), ("hello", "Please choose one of these"), ("yes", "Have you talked")])
    assert talk.state is not None
    assert talk.state.session is not None
    assert talk.state.session.answers["partner"] == "one"
