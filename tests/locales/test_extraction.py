from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import yaml

from knowledge.articles import Library
from knowledge.checklist import Checklist
from locales import Text
from locales.extract import CHECKOUT, SOURCES, template
from locales.pofiles import entries, template_path, written
from locales.python_extractor import extract_python
from locales.yaml_extractor import extract_yaml

KEYWORDS = ("_", "pgettext", "ngettext")


def python_sentences(source: str) -> list[tuple[int, str, tuple[str | None, ...], list[str]]]:
    return list(extract_python(BytesIO(source.encode()), KEYWORDS, ("Translators:",), {}))


def msgids(domain: str) -> set[str]:
    return {message.id if isinstance(message.id, str) else message.id[0] for message in entries(template(domain))}


def test_sentences_inside_values_of_a_sentence_are_found_in_their_order() -> None:
    found = python_sentences('say(_("Why: {why}", why=_("Because.")))\n')
    assert [words for _line, _name, words, _comments in found] == [("Why: {why}",), ("Because.",)]


def test_a_context_may_be_a_constant_of_the_module() -> None:
    found = python_sentences('WORDS = "several ways"\nSTOP = pgettext(WORDS, "stop, end")\n')
    assert found == [(2, "pgettext", ("several ways", "stop, end"), [])]


def test_translators_learn_what_is_a_button_and_how_long_it_may_be() -> None:
    source = 'BACK = Choice("/back", _("Back"))\nclass Side(Options):\n    SOUTH = _("A town")\nsay(_("Hello."))\n'
    comments = {words[0]: said for _line, _name, words, said in python_sentences(source)}
    assert comments == {
        "Back": ["button; at most 40 characters"],
        "A town": ["option of a question, shown on a button; at most 40 characters"],
        "Hello.": [],
    }


def test_a_comment_for_translators_is_kept_with_its_sentence() -> None:
    source = '# why it is there\n# Translators: shown in search results;\n# at most 120 characters\nSHORT = _("Answers.")\n'
    assert python_sentences(source)[0][3] == ["Translators: shown in search results; at most 120 characters"]


def test_a_sentence_that_is_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1: _\\(\\) needs its sentence written out"):
        python_sentences('say(_(f"Hello {name}"))\n')


def test_an_article_comes_out_by_fields() -> None:
    article = {"id": "missions", "title": "How short\nmissions work", "answer": "One  line.\n\nAnother\nline.\n",
               "unpublished": "No sum."}
    found = list(extract_yaml(BytesIO(yaml.safe_dump([article]).encode()), KEYWORDS, (), {}))
    assert [(sentence, comments) for _line, _name, sentence, comments in found] == [
        ("How short missions work", ["article missions: title, also on buttons; at most 45 characters"]),
        ("One line.", ["article missions: answer"]),
        ("Another line.", ["article missions: answer"]),
        ("No sum.", ["article missions: what is not published"]),
    ]


def test_the_knowledge_template_holds_exactly_what_the_assistant_says() -> None:
    library = Library.load(CHECKOUT / "knowledge")
    said: set[Text] = {source.title for source in library.sources.values()}
    for article in library.articles.values():
        said |= {article.title, *article.answer, *filter(None, (article.unpublished,))}
    for item in Checklist.load(CHECKOUT / "knowledge", library.facts).items:
        said |= {text for text in (item.title, item.explanation, item.why, item.evidence) if isinstance(text, Text)}
    assert msgids("knowledge") == {text.msgid for text in said}
    assert {text.domain for text in said} == {"knowledge"}


def test_the_desk_keeps_its_words_apart() -> None:
    files = {domain: {name for message in entries(template(domain)) for name, _line in message.locations} for domain in SOURCES}
    assert all(name.startswith("bot/desk/") for name in files["desk"])
    assert not any(name.startswith("bot/desk/") for name in files["messages"])


@pytest.mark.parametrize("domain", SOURCES)
def test_the_shipped_template_is_what_the_code_says_now(domain: str) -> None:
    kept = template_path(CHECKOUT / "locales", domain).read_text(encoding="utf-8")
    assert kept == written(template(domain)), "run: python -m locales.extract && python -m locales.update"


def test_a_template_names_no_line_no_date_and_no_place_outside_the_checkout() -> None:
    for domain in SOURCES:
        kept = template_path(CHECKOUT / "locales", domain).read_text(encoding="utf-8")
        places = [name for line in kept.splitlines() if line.startswith("#: ") for name in line[3:].split()]
        assert all((CHECKOUT / name).is_file() and not Path(name).is_absolute() for name in places)
        assert "Creation-Date" not in kept
