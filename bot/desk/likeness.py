"""Groups misses that ask much the same, so that staff settle a question once and not fifty times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz, process

from bot.store.misses import Miss
from knowledge.normal import plain

ALIKE = 85  # token_set_ratio from which two questions are taken for one
NOT_JUST_PART = 55  # ratio of the sorted words, quick to tell: "kenya" alone is part of many questions and like none of them
WORDLESS = "\0"  # marks a miss without words, which is like others about the same article


@dataclass(frozen=True)
class Group:
    """Misses of one language that are alike; the first one asked stands for them and gives the group its number."""

    misses: tuple[Miss, ...]

    @property
    def id(self) -> int:
        return self.first.id

    @property
    def first(self) -> Miss:
        return self.misses[0]

    @property
    def count(self) -> int:
        return len(self.misses)

    @property
    def last_at(self) -> datetime:
        return self.misses[-1].at

    @property
    def reasons(self) -> dict[str, int]:
        """How often for which reason, the commonest first."""
        return dict(Counter(miss.reason for miss in self.misses).most_common())

    @property
    def texts(self) -> dict[str, int]:
        """The different wordings and how often each was asked, the commonest first."""
        return dict(Counter(miss.text for miss in self.misses).most_common())

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that were thought of, the commonest first."""
        return tuple(dict(Counter(article for miss in self.misses for article in miss.articles).most_common()))


def grouped(misses: Iterable[Miss]) -> list[Group]:
    """The groups, the largest first; the same misses, oldest first, always give the same groups."""
    groups: dict[tuple[str, str], list[Miss]] = {}
    leaders: dict[str, list[str]] = {}
    known: dict[tuple[str, str], str] = {}
    for miss in misses:
        words = " ".join(sorted(plain(miss.text).split())) or WORDLESS + " ".join(miss.articles[:1])
        leader = known.get((miss.language, words)) or _leader(words, leaders.setdefault(miss.language, []))
        known[miss.language, words] = leader
        groups.setdefault((miss.language, leader), []).append(miss)
    return sorted((Group(tuple(found)) for found in groups.values()), key=lambda group: (-group.count, group.id))


def _leader(words: str, leaders: list[str]) -> str:
    """The first of the leaders that the words are like; none is, and they lead themselves."""
    if words.startswith(WORDLESS):
        return words
    for leader, _score, _index in process.extract_iter(words, leaders, scorer=fuzz.ratio, score_cutoff=NOT_JUST_PART):
        if fuzz.token_set_ratio(words, leader) >= ALIKE:
            return leader
    leaders.append(words)
    return words
