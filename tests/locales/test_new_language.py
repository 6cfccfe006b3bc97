"""A language is only files: one more is laid beside the others, in a copy of the program that is otherwise untouched.

CLDR has to know it, since dates, plurals and the names of countries come from there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow  # the matcher learns the new phrases
CHECKOUT = Path(__file__).resolve().parents[2]
MESSAGES = r'''msgid ""
msgstr ""
"Language: eo\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "We continue in {language}."
msgstr "Ni daŭrigas en: {language}."

msgid "Who is asking?"
msgstr "Kiu demandas?"

msgid "A municipality in the Global South"
msgstr "Komunumo en la Monda Sudo"

msgid "{country}: on the DAC List ({income_group})."
msgstr "{country}: sur la DAC-listo ({income_group})."

msgctxt "what people type instead of pressing a button; several ways, separated by commas"
msgid "check eligibility, eligibility check, check"
msgstr "kontroli, ĉu ni rajtas"
'''
PHRASES = {
    "who-can-take-part": ["Kiu rajtas partopreni en la projekto?", "Ĉu nia urbo rajtas?", "kiuj komunumoj partoprenas"],
    "amounts": ["Kiom da mono ni ricevos?", "Kiu pagas la vojaĝojn?"],
}
TALK = """
import json
from datetime import UTC, datetime
from flows.conversation import respond
from flows.state import State
from flows.turn import Said
from flows.known import Known, Profile
from flows.world import World
from knowledge import Knowledge
from locales import languages, words
from locales.coverage import coverage

knowledge, state, heard = Knowledge(), State("en", chosen=True), []
now = datetime(2026, 11, 22, tzinfo=UTC)
for text in ("Esperanto please", "kontroli", "monda sudo", "Kenya", "no, none", "Kiu rajtas partopreni?"):
    turn = respond(state, Said(text), World(now, state.language, knowledge, known=Known(profile=Profile())))
    state = turn.state
    heard.append([words(state.language).render(part.text) for reply in turn.replies for part in reply.paragraphs])
covered = {one.language: [one.dialogues.done, one.phrases.total - one.phrases.done] for one in coverage()}
print(json.dumps({"languages": languages(), "name": words("eo").own_name, "heard": heard,
                  "topic": state.topic.article, "covered": covered,
                  "articles": len(knowledge.library.articles)}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says once the files of the language lie in their places."""
    home = tmp_path_factory.mktemp("installed")
    for package in ("flows", "knowledge", "locales"):
        shutil.copytree(CHECKOUT / package, home / package, ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = home / "locales" / "eo" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(MESSAGES, encoding="utf-8")
    (home / "knowledge" / "phrases" / "eo.yaml").write_text(yaml.safe_dump(PHRASES, allow_unicode=True), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", TALK], cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


def test_it_is_offered_under_its_own_name(told: dict[str, Any]) -> None:
    assert "eo" in told["languages"]
    assert told["name"] == "Esperanto"


def test_it_can_be_asked_for_in_words_and_is_then_spoken(told: dict[str, Any]) -> None:
    assert told["heard"][0] == ["Ni daŭrigas en: Esperanto."]


def test_its_words_for_commands_and_options_are_understood(told: dict[str, Any]) -> None:
    assert told["heard"][1] == ["Kiu demandas?"]
    assert told["heard"][2] == ["Which country is the municipality in?"], "what is not translated yet is said in English"


def test_its_sentences_hold_values_in_its_own_words(told: dict[str, Any]) -> None:
    assert "Kenjo: sur la DAC-listo (lower middle-income country or territory)." in told["heard"][4]


def test_its_phrases_lead_to_the_answer(told: dict[str, Any]) -> None:
    assert told["topic"] == "who-can-take-part"


def test_its_coverage_is_counted(told: dict[str, Any]) -> None:
    dialogues, articles_without_enough_phrases = told["covered"]["eo"]
    assert dialogues == 5
    assert articles_without_enough_phrases == told["articles"]
