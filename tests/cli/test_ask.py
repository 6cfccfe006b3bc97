"""Questions answered on the terminal, with what a chat would say."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from bot.store.phrases import add_phrase
from tests.cli.conftest import Typed, complaint
from tests.cli.test_store_commands import NOW, in_store

FIELDS = {"article", "facts", "score"}


def test_a_question_is_answered_with_its_source(typed: Typed) -> None:
    ran = typed("ask", "--lang", "en", "Is", "Kenya", "on", "the", "DAC", "List?")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Kenya: on the DAC List (lower middle-income country or territory).")
    assert "15 June 2026" in ran.stdout


def test_an_answer_as_json_holds_the_article_and_the_words(typed: Typed) -> None:
    told = json.loads(typed("ask", "--json", "--lang", "en", "Is Kenya on the DAC List?").stdout)
    assert list(told) == ["language", "answers", "messages"]
    [answer] = told["answers"]
    assert (answer["article"], answer["country"]) == ("dac-status-of-country", "KE")
    assert told["messages"][0]["text"].startswith("Kenya: on the DAC List")


def test_a_batch_keeps_ids_and_order(typed: Typed) -> None:
    lines = [{"id": "a", "lang": "de", "text": "Ist Kenia auf der DAC-Liste?"}, {"id": 7, "lang": "en", "text": "qwrtz psdfg"},
             {"id": None, "lang": "tlh", "text": "Thank you very much!"}]
    ran = typed("ask", "--batch", stdin="\n".join(map(json.dumps, lines)))
    kenya, gibberish, thanks = map(json.loads, ran.stdout.splitlines())
    assert (kenya["id"], gibberish["id"], thanks["id"]) == ("a", 7, None)
    assert {key for row in (*kenya["answers"], *thanks["answers"]) for key in row} == FIELDS | {"country"}
    assert thanks["answers"][0]["facts"] == []


def test_a_language_that_is_not_shipped_is_refused(typed: Typed) -> None:
    ran = typed("ask", "--lang", "tlh", "Kenya?")
    assert ran.exit_code == 2
    assert complaint(ran).startswith("Error: --lang tlh is not spoken here: choose one of ar, de, en")


def test_what_staff_have_added_counts_here_too(folder: Path, typed: Typed) -> None:
    question = "Xylofurzel bitte"
    ask = ("ask", "--json", "--lang", "de", question)
    before = [row["article"] for row in json.loads(typed(*ask).stdout)["answers"]]
    for article in ("how-many-partnerships", "an-article-of-an-older-version"):
        in_store(folder, partial(add_phrase, article=article, language="de", text=question, staff_id=None, now=NOW))
    after = [row["article"] for row in json.loads(typed(*ask).stdout)["answers"]]
    assert "how-many-partnerships" not in before
    assert after[:1] == ["how-many-partnerships"]
