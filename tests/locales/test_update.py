from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog

from locales import Text, Words, catalogue, update
from locales.pofiles import catalogue_path, entries, forms, read, template_path, written


def german(**words: str) -> Catalog:
    catalog = Catalog(locale="de")
    for msgid, string in words.items():
        catalog.add(msgid.replace("_", " "), string)
    return catalog


def template(*msgids: str) -> Catalog:
    catalog = Catalog()
    for msgid in msgids:
        catalog.add(msgid, auto_comments=["button; at most 40 characters"], locations=[("flows/replies.py", 1)])
    return catalog


def text(catalog: Catalog) -> str:
    return written(catalog, "de").partition("\n\n")[2]


def test_a_new_sentence_comes_in_empty_and_kept_ones_keep_their_words() -> None:
    catalog = update.updated(german(Back="Zurück"), template("Back", "Ask the team"))
    assert text(catalog) == (
        '#. button; at most 40 characters\n#: flows/replies.py\nmsgid "Back"\nmsgstr "Zurück"\n\n'
        '#. button; at most 40 characters\n#: flows/replies.py\nmsgid "Ask the team"\nmsgstr ""\n'
    )


def test_a_changed_sentence_is_stale_and_says_what_it_was() -> None:
    before = german(Please_type_your_question="Bitte tippen Sie Ihre Frage")
    catalog = update.updated(before, template("Please type your question."))
    assert text(catalog) == (
        "# previously: Please type your question\n#. button; at most 40 characters\n#: flows/replies.py\n#, fuzzy\n"
        'msgid "Please type your question."\nmsgstr "Bitte tippen Sie Ihre Frage"\n'
    )


def test_a_sentence_that_resembles_one_still_in_use_is_new_and_not_stale() -> None:
    catalog = update.updated(german(Ask_the_team="Das Team fragen"), template("Ask the team", "Ask the teams"))
    assert [(message.id, forms(message), message.fuzzy) for message in entries(catalog)] == [
        ("Ask the team", ("Das Team fragen",), False), ("Ask the teams", ("",), False)]


def test_what_was_stale_and_has_been_looked_at_forgets_what_it_was() -> None:
    once = update.updated(german(Please_type_it="Bitte tippen"), template("Please type it."))
    message = once.get("Please type it.")
    assert message is not None
    message.flags.discard("fuzzy")
    assert "previously" not in text(update.updated(once, template("Please type it.")))


def test_what_is_no_longer_said_goes() -> None:
    catalog = update.updated(german(Goodbye="Auf Wiedersehen"), template("Back"))
    assert "Goodbye" not in text(catalog)
    assert not catalog.obsolete


def test_a_new_language_gets_its_own_number_of_plural_forms(tmp_path: Path) -> None:
    counted = Catalog()
    counted.add(("{count} answer", "{count} answers"))
    template_path(tmp_path, "messages").write_text(written(counted), encoding="utf-8")
    update.update("ar", "messages", tmp_path)
    kept = read(catalogue_path(tmp_path, "ar", "messages"), "ar").get("{count} answer")
    assert kept is not None
    assert kept.string == ("",) * 6


def test_updating_twice_changes_nothing(tmp_path: Path) -> None:
    template_path(tmp_path, "messages").write_text(written(template("Back", "Stop")), encoding="utf-8")
    path = catalogue_path(tmp_path, "de", "messages")
    update.update("de", "messages", tmp_path)
    once = path.read_text(encoding="utf-8")
    update.update("de", "messages", tmp_path)
    assert path.read_text(encoding="utf-8") == once


def test_stale_words_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = catalogue_path(tmp_path, "de", "messages")
    path.parent.mkdir(parents=True)
    stale = update.updated(german(Type_it_here="Hier tippen"), template("Type it here."))
    path.write_text(written(stale, "de"), encoding="utf-8")
    monkeypatch.setattr(catalogue, "home", lambda: tmp_path)
    catalogue._catalogue.cache_clear()
    try:
        assert Words("de").render(Text("Type it here.")) == "Type it here."
    finally:
        catalogue._catalogue.cache_clear()
