"""Talking with the team: the assistant keeps silent, and afterwards goes on where it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.turn import Forget, JoinTalk, LeaveTalk, OpenEnquiry, ToTeam, Unreadable
from tests.support.talk import REFERENCE, Talk

PATIENCE = timedelta(hours=4)


def in_talk(language: str = "en") -> Talk:
    """Somebody who has asked for a person in the middle of the eligibility check."""
    talk = Talk(language)
    talk.say("/check")
    talk.tap("side:south")
    talk.say("/talk")
    talk.press("Yes")
    talk.say("Our mayor has a question about the deadline")
    return talk


def test_asking_for_a_person_hands_the_conversation_over_with_what_was_said_of_the_country() -> None:
    talk = Talk()
    talk.say("/check")
    talk.tap("side:south")
    talk.say("Kenya")
    talk.say("talk to a person")
    assert "what you and the team write to each other" in talk.text
    talk.press("Yes")
    assert "The team has been asked to talk with you here, under the number E-TEST22" in talk.say("Who may sign?")
    assert talk.effects == [OpenEnquiry(REFERENCE, "Who may sign?", "", "enquiry-2026-11-b", side="south", country="KE",
                                        talk=PATIENCE)]
    assert talk.buttons == ["Back to the assistant"]


def test_meanwhile_the_assistant_keeps_silent_and_passes_on_what_is_written() -> None:
    talk = in_talk()
    assert (talk.say("How long does a mission last?"), talk.say("yes"), talk.say("1"), talk.say("Kenya")) == ("", "", "", "")
    texts = [effect.text for effect in talk.effects if isinstance(effect, ToTeam)]
    assert texts == ["How long does a mission last?", "yes", "1", "Kenya"]
    assert talk.correct("Ghana", "country") == ""
    assert talk.effects[-1] == ToTeam(REFERENCE, "✎ Ghana", PATIENCE)


@pytest.mark.parametrize("end", ["/assistant", "Back to the assistant", "end the talk", "/stop", "stop"])
def test_the_person_ends_it_and_the_assistant_is_back_at_the_very_question(end: str) -> None:
    talk = in_talk()
    talk.say("Hello?")
    heard = talk.say(end)
    assert heard.startswith("You are back with the assistant.")
    assert "We were here:" in heard
    assert heard.endswith("Which country is the municipality in?")
    assert talk.effects[-1] == LeaveTalk(REFERENCE)
    assert "Kenya" in talk.say("Kenya") or talk.buttons


def test_the_end_is_understood_in_the_persons_own_language() -> None:
    talk = in_talk()
    talk.say("/language de")
    assert talk.state is not None
    assert talk.state.language == "de"
    asked = OpenEnquiry(REFERENCE, "Our mayor has a question about the deadline", "", "enquiry-2026-11-b", side="south",
                        talk=PATIENCE)
    talk.say("Back to the assistant")
    assert talk.effects == [asked, LeaveTalk(REFERENCE)]


def test_privacy_and_deletion_work_during_a_talk() -> None:
    talk = in_talk()
    assert "What is kept" in talk.say("/privacy") or "are kept" in talk.text
    talk.say("/forget")
    talk.press("No")
    assert "Nothing was deleted." in talk.text
    assert talk.say("Are you there?") == ""
    talk.say("/forget")
    talk.say("yes")
    assert talk.effects[-1] == Forget()


def test_other_commands_and_old_buttons_say_whom_one_is_talking_with() -> None:
    talk = in_talk()
    for said in (talk.say("/check"), talk.tap("side:south"), talk.tap("/menu"), talk.say("/nonsense")):
        assert said.startswith("You are talking with the team, and the assistant keeps silent.")
    assert talk.send(Unreadable("voice")).startswith("Only text reaches the team here.")
    assert "You will receive no more announcements" in talk.tap("/heard 3 leave calls")


def test_writing_back_about_an_answer_asks_the_edge_whether_it_is_theirs() -> None:
    talk = Talk()
    assert talk.tap("/talk E-OTHER2") == ""
    assert talk.effects == [JoinTalk("E-OTHER2")]


def test_an_enquiry_in_the_middle_of_a_dialogue_leads_back_to_it() -> None:
    talk = Talk()
    talk.say("/check")
    talk.tap("side:south")
    talk.say("/contact")
    talk.press("Yes")
    talk.say("Who may sign?")
    heard = talk.press("Here in this chat")
    assert "under the number E-TEST22" in heard
    assert heard.endswith("We were here:\n\nWhich country is the municipality in?")


def test_what_one_declines_leads_back_as_well_and_a_new_dialogue_gives_the_old_one_up() -> None:
    talk = Talk()
    talk.say("/check")
    talk.tap("side:south")
    talk.say("/contact")
    assert talk.press("No").endswith("Which country is the municipality in?")
    talk.say("/contact")
    talk.say("/check")
    assert talk.state is not None
    assert talk.state.parked is None


def test_outside_a_talk_there_is_nothing_to_end() -> None:
    assert Talk().say("/assistant") == "You are with the assistant."
