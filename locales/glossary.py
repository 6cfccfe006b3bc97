"""The programme's terms per language, in locales/<lang>/glossary.yaml, so that all who translate say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from .catalogue import SOURCE_LANGUAGE, home

NEAR = 75  # rapidfuzz partial ratio from which an inflected term counts as the glossary's ("des Globalen Südens")


@lru_cache(maxsize=128)
def glossary(language: str) -> Mapping[str, str]:
    """English terms and what this language calls them; empty where it has no glossary."""
    path: Path = home() / language / "glossary.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def term_problems(language: str) -> Iterator[str]:
    """Terms that the English glossary has and this one has not, or the other way round."""
    expected, found = glossary(SOURCE_LANGUAGE).keys(), glossary(language).keys()
    yield from (f"the glossary lacks “{term}”" for term in sorted(expected - found))
    yield from (f"the glossary has “{term}”, which the English one has not" for term in sorted(found - expected))


def lost_terms(english: str, words: str, language: str) -> Iterator[str]:
    """Names in a sentence that its translation does not call as the glossary does; longer names hide those inside them."""
    rest = english
    for term in sorted(glossary(language), key=len, reverse=True):
        name = _without_remark(term)
        if not name[0].islower() and name in rest:
            rest = rest.replace(name, "")
            own = _without_remark(glossary(language)[term])
            if fuzz.partial_ratio(own.casefold(), words.casefold()) < NEAR:
                yield f"the glossary says “{own}” for “{name}”"


def _without_remark(term: str) -> str:
    return term.partition(" (")[0]
