from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from locales import checks
from locales.pofiles import HEADER, catalogue_path, template_path

WORDS = "several ways, separated by commas"
TEMPLATE = f'''
#. button; at most 12 characters
msgid "Back"
msgstr ""

msgid "Do you mean {{country}}?"
msgstr ""

msgctxt "{WORDS}"
msgid "back, go back"
msgstr ""

msgctxt "{WORDS}"
msgid "stop, end"
msgstr ""

msgid "one answer"
msgid_plural "{{count}} answers"
msgstr[0] ""
msgstr[1] ""
'''
GERMAN = f'''
msgid "Back"
msgstr "Zurück"

msgid "Do you mean {{country}}?"
msgstr "Meinen Sie {{country}}?"

msgctxt "{WORDS}"
msgid "back, go back"
msgstr "zurück, eine Frage zurück"

msgctxt "{WORDS}"
msgid "stop, end"
msgstr "stopp, beenden"

msgid "one answer"
msgid_plural "{{count}} answers"
msgstr[0] "eine Antwort"
msgstr[1] "{{count}} Antworten"
'''
TWO_FORMS = HEADER.format(language="de", plural="nplurals=2; plural=(n != 1);")
Check = Callable[[str], list[str]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Checks a German catalogue of dialogues, against a template of five sentences."""
    monkeypatch.setattr(checks, "home", lambda: tmp_path)
    template_path(tmp_path, "messages").write_text(TWO_FORMS + TEMPLATE, encoding="utf-8")
    path = catalogue_path(tmp_path, "de", "messages")
    path.parent.mkdir(parents=True)

    def found(words: str, header: str = TWO_FORMS) -> list[str]:
        path.write_text(header + words, encoding="utf-8")
        return [str(problem) for problem in checks.problems("de")]
    return found


def test_a_complete_catalogue_has_no_problem(check: Check) -> None:
    assert check(GERMAN) == []


@pytest.mark.parametrize(("before", "after", "problem"), [
    ('"Zurück"', '""', "de/messages: not translated: “Back”"),
    ('msgid "Back"', '#, fuzzy\nmsgid "Back"', "de/messages: stale: the English has changed: “Back”"),
    ('"Zurück"', '"Zur Frage davor"', "de/messages: 15 characters, and there is room for 12: “Back”"),
    ("Sie {country}", "Sie das", "de/messages: leaves out {country}: “Do you mean {country}?”"),
    ("{count} Antworten", "viele Antworten", "de/messages: leaves out {count}: “one answer”"),
    ("{count} Antworten", "", "de/messages: not translated: “one answer”"),
    ("stopp, ", "Zurück, ", "de/messages: “zuruck” is also said for “back, go back”: “stop, end”"),
    ('"Zurück"\n', '"Zurück"\n\nmsgid "Bye"\nmsgstr "Tschüss"\n', "de/messages: no longer said: run locales.update: “Bye”"),
    ('"Zurück"\n', '"Zurück"\n\n#~ msgid "Bye"\n#~ msgstr "Tschüss"\n', "de/messages: no longer said: run locales.update: “Bye”"),
])
def test_each_fault_is_found(check: Check, before: str, after: str, problem: str) -> None:
    assert before in GERMAN
    assert check(GERMAN.replace(before, after, 1)) == [problem]


def test_wrong_plural_forms_are_found(tmp_path: Path, check: Check) -> None:
    check(GERMAN)
    path = catalogue_path(tmp_path, "de", "messages")
    path.write_text(path.read_text(encoding="utf-8").replace("(n != 1)", "(n > 1)"), encoding="utf-8")
    assert [str(problem) for problem in checks.problems("de")] == [
        "de/messages: the header's Plural-Forms should be “nplurals=2; plural=(n != 1);”",
        "de/messages: leaves out {count}: “one answer”",
    ]


def test_a_broken_file_is_a_problem_and_no_crash(check: Check) -> None:
    problems = check(GERMAN.replace('msgstr "Zurück"', 'Zurück'))
    assert len(problems) == 1
    assert problems[0].startswith("de/messages: the file is broken: ")


def test_doubts_are_told_apart_from_problems(check: Check) -> None:
    assert check(GERMAN.replace("Meinen Sie {country}?", "Meinen Sie {country}.")) == []
    assert [str(doubt) for doubt in checks.doubts("de")] == [
        "de/messages: ends with “.”, the English with “?”: “Do you mean {country}?”"]
