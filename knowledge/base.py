"""The knowledge as one immutable snapshot: parts are read on first use, since most commands need only one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from .articles import Article, Library
from .checklist import Checklist
from .conferences import Conferences
from .dac import DacList
from .places import Gazetteer
from .search import Matcher


class Knowledge:
    """Articles, DAC List, conference history, places and the matcher; `home` holds the shipped files."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or Path(str(files("knowledge")))

    @cached_property
    def library(self) -> Library:
        return Library.load(self.home)

    @cached_property
    def dac(self) -> DacList:
        return DacList.load()

    @cached_property
    def conferences(self) -> Conferences:
        return Conferences.load(self.home)

    @cached_property
    def checklist(self) -> Checklist:
        return Checklist.load(self.home, self.library.facts)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer.load()

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher.load(self.home, self.library, self.gazetteer)

    def with_additions(self, articles: Iterable[Article], phrases: Mapping[str, Mapping[str, Sequence[str]]]) -> Knowledge:
        """The same knowledge, with staff's articles and phrases ({language: {article: [phrase]}}) laid over the shipped ones."""
        library = self.library.with_articles(articles)
        return self._with(library=library, matcher=self.matcher.extended(phrases, library))

    def with_vectors(self, vectors: Mapping[str, Sequence[float]]) -> Knowledge:
        """The same knowledge, with the sentence vectors of staff's phrases, by text."""
        return self._with(matcher=self.matcher.with_vectors(vectors))

    def with_library(self, library: Library, matcher: Matcher) -> Knowledge:
        """The same knowledge, with other articles or sources; `matcher` is its own, so that it is not read again."""
        return self._with(library=library, matcher=matcher)

    def with_dac(self, dac: DacList) -> Knowledge:
        """The same knowledge, with another DAC List."""
        return self._with(dac=dac)

    def _with(self, **parts: Library | Matcher | DacList) -> Knowledge:
        changed = copy(self)
        changed.__dict__.update(parts)
        return changed
