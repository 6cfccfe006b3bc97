"""The learned files are of the phrases and articles as they stand: build them anew after every change."""

from __future__ import annotations

from importlib.resources import files
from itertools import islice
from pathlib import Path

from knowledge import Knowledge
from knowledge.search.compiled import Compiled
from knowledge.search.model import FILE, stamp
from knowledge.search.naming import named
from knowledge.search.phrases import each, read_phrases
from knowledge.search.vectors import FILE as VECTORS
from knowledge.search.vectors import Vectors

HOME = Path(str(files("knowledge")))
MEND = "run `python -m knowledge.search.build`"


def test_what_is_shipped_was_learned_from_the_phrases_as_they_stand() -> None:
    wanted = stamp(HOME, tuple(sorted(Knowledge().library.articles)))
    stamps = {name: file.stamp for name in (FILE, VECTORS) if (file := Compiled.load(HOME / name)) is not None}
    assert stamps == {FILE: wanted, VECTORS: wanted}, MEND


def test_every_phrase_has_its_vector() -> None:
    vectors, gazetteer = Vectors.load(HOME), Knowledge().gazetteer
    some = islice(each(read_phrases(HOME)), 0, None, 97)  # naming places in all takes long
    missing = [phrase.text for phrase in some if named(phrase.text, phrase.language, gazetteer).text not in vectors]
    assert missing == [], MEND


def test_phrases_name_only_articles_that_exist() -> None:
    known = Knowledge().library.articles
    assert {phrase.article for phrase in each(read_phrases(HOME))} - set(known) == set()
