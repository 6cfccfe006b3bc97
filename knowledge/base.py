"""The knowledge as one immutable snapshot: parts are read on first use, since most commands need only one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from .articles import Library
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

    def with_phrases(self, phrases: Mapping[str, Mapping[str, Sequence[str]]]) -> Knowledge:
        """The same knowledge, with staff's phrases ({language: {article: [phrase]}}) laid over the shipped ones."""
        extended = copy(self)
        extended.__dict__["matcher"] = self.matcher.extended(phrases)
        return extended
