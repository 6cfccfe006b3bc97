"""How people ask, as read from phrases/<language>.yaml: the raw material of everything the search computes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from knowledge.articles import Loader

Phrases = Mapping[str, Mapping[str, Sequence[str]]]
"""Phrases by language and article."""


class Phrase(NamedTuple):
    """One way to ask for an article, in one language."""

    language: str
    article: str
    text: str


def read_phrases(home: Path) -> dict[str, dict[str, list[str]]]:
    """All phrases under `home`."""
    return {path.stem: yaml.load(path.read_text("utf-8"), Loader=Loader) or {} for path in paths(home)}


def each(phrases: Phrases) -> Iterator[Phrase]:
    """Every phrase with its language and article."""
    for language, articles in phrases.items():
        for article, texts in articles.items():
            yield from (Phrase(language, article, text) for text in texts)


def paths(home: Path) -> list[Path]:
    """The phrase files, one a language."""
    return sorted((home / "phrases").glob("*.yaml"))
