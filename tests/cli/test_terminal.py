"""How a conversation looks and is typed in the terminal."""

from __future__ import annotations

from bot.channels.terminal import Recording, Screen, expected
from bot.messages import Body, Button, Message
from flows.turn import Pressed, Said

MENU = Body((("plain", "Hello!"), ("strong", "What now?")), "en", (Button("/check", "Check"), Button("/menu", "Menu")))
THANKS = Body((("plain", "Your number is E-7K2M9Q."),), "en")


def message(body: Body) -> Message:
    return Message(1, 1, "terminal:1", "assistant", body)


def test_buttons_are_numbered_over_all_messages_of_a_turn() -> None:
    screen = Screen()
    shown = screen.show([message(MENU), message(MENU)])
    assert shown == ("Hello!\n\nWhat now?\n\n  1  Check\n  2  Menu\n\n"
                     "Hello!\n\nWhat now?\n\n  3  Check\n  4  Menu")
    assert [screen.meaning(line) for line in ("1", " 4 ", "٢", "5", "0", "Kenya")] == [
        Pressed("/check"), Pressed("/menu"), Pressed("/menu"), Said("5"), Said("0"), Said("Kenya")]


def test_buttons_keep_their_numbers_until_there_are_new_ones() -> None:
    screen = Screen()
    screen.show([message(MENU)])
    screen.show([message(THANKS)])
    assert screen.meaning("2") == Pressed("/menu")


def test_a_recording_asks_for_the_open_question_and_knows_no_number_of_an_enquiry() -> None:
    recording = Recording("en")
    recording.add(Said('say "hi"'), (), [message(MENU)])
    recording.add(Pressed("/check"), MENU.buttons, [message(THANKS)])
    assert recording.lines == [('say "hi"', "What now?"), ("[Check]", "Your number is E-TEST22.")]
    assert '        ("say \\"hi\\"", "What now?"),\n' in recording.as_test()


def test_long_replies_are_asked_for_by_how_they_begin() -> None:
    words = "word " * 40
    beginning = expected([message(Body((("plain", words),), "en"))])
    assert len(beginning) <= 90
    assert words.startswith(beginning)
    assert expected([]) == ""
