from __future__ import annotations

import pytest

from locales.checks import Problem
from locales.glossary import glossary, lost_terms
from locales.rules import Sentence, broken, ending, limit, lone_forms

ARABIC = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=0 && n%100<=2 ? 4 : 5)"


def found(english: str, words: str, context: str = "", limit: int | None = None) -> list[str]:
    return list(broken(Sentence((english,), (words,), context, limit)))


@pytest.mark.parametrize(("english", "words", "what"), [
    ("Do you mean {country}?", "Meinen Sie {land}?", ["leaves out {country}", "has {land}, which the English has not"]),
    ("Do you mean {country}?", "Meinen Sie {country?", ["braces do not match (expected '}' before end of string)"]),
    ("Nothing is kept.", "Nichts wird {aufbewahrt}.", ["has {aufbewahrt}, which the English has not"]),
    ("As of {date}", "Stand {date!r}", ["leaves out {date}", "has {date!r}, which the English has not"]),
    ("Press <b>Stop</b>.", "Drücken Sie <b>Stopp<b>.", ["its tags are not those of the English"]),
    ("Delete it with /forget.", "Löschen mit /vergessen.", ["its commands are not those of the English"]),
    ("Menu", " Menü", ["begins or ends with a blank"]),
    ("One line.", "Eine  Zeile.", ["has doubled blanks or a line break"]),
])
def test_words_that_break_a_sentence_are_named(english: str, words: str, what: list[str]) -> None:
    assert found(english, words) == what


def test_good_words_break_nothing() -> None:
    assert found("Is it {country}? See /help and/or <b>this</b>.", "Meinen Sie {country}? Siehe <b>dies</b> und /help.") == []


def test_a_label_longer_than_its_button_is_named() -> None:
    assert found("Back", "Zurück zur vorigen Frage", limit=10) == ["24 characters, and there is room for 10"]


def test_a_word_list_has_no_empty_item_in_any_script() -> None:
    broken_list = found("stop, end", "توقف، ، إنهاء", context="several ways, separated by commas")
    assert broken_list == ["has an empty item between two commas"]


def test_a_form_for_one_number_need_not_show_it() -> None:
    arabic = ("لا إجابة", "إجابة", "إجابتان", "{count} إجابات", "{count} إجابة", "إجابة")
    sentence = Sentence(("one answer", "{count} answers"), arabic, lone=lone_forms(ARABIC))
    assert list(broken(sentence)) == ["leaves out {count}"]


def test_forms_that_stand_for_one_number_only_are_told_from_the_plural_rule() -> None:
    assert lone_forms("(n != 1)") == {0}
    assert lone_forms("(n > 1)") == frozenset()
    assert lone_forms(ARABIC) == {0, 1, 2}


def test_the_shortest_room_counts() -> None:
    assert limit(["what a command does; at most 256 characters", "button; at most 40 characters"]) == 40
    assert limit(["article missions: answer"]) is None


@pytest.mark.parametrize(("words", "kind"), [("Was?", "?"), ("ماذا؟", "?"), ("好。", "."), ("„Ja.“", "."), ("Menü", "")])
def test_sentences_end_alike_whatever_the_script(words: str, kind: str) -> None:
    assert ending(words) == kind


def test_names_are_called_as_the_glossary_calls_them() -> None:
    assert glossary("de")["Global South"] == "Globaler Süden"
    assert list(lost_terms("In the Global South", "Im Globalen Süden", "de")) == []
    lost = list(lost_terms("In the Global South", "In der Dritten Welt", "de"))
    assert lost == ["the glossary says “Globaler Süden” for “Global South”"]


def test_a_problem_reads_as_one_line() -> None:
    assert str(Problem("de", "messages", "Back", "not translated")) == "de/messages: not translated: “Back”"
