"""The development set: questions and near misses as people type them, written apart from the phrases by other hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge import Knowledge
from knowledge.finding import Encode, Finding
from knowledge.search.batch import answers
from locales import shipped

HOME = Path(__file__).parent.parent / "development"


@dataclass(frozen=True)
class Question:
    """What somebody typed, and the facts that a sensible adviser would answer with; none: it is not ours."""

    id: str
    language: str
    kind: str
    text: str
    facts: frozenset[str]
    country: str | None

    @property
    def is_ours(self) -> bool:
        return bool(self.facts)


@dataclass(frozen=True)
class Asked:
    """A question with what was answered: the facts of each answer, best first, and the countries looked up."""

    question: Question
    answers: tuple[frozenset[str], ...]
    countries: frozenset[str]
    certain: bool
    score: float

    def is_right(self, first: int) -> bool:
        """Whether one of the first answers is acceptable."""
        wanted = self.question.facts
        return any(facts & wanted if wanted else not facts for facts in self.answers[:first])

    @property
    def is_answered_as_ours(self) -> bool:
        """Whether a fact of the programme was stated straight away."""
        return self.certain and bool(self.answers[0])


def development() -> list[Question]:
    """All questions, by language."""
    return [_question(line, path.stem) for path in sorted(HOME.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def asked(questions: Iterable[Question], knowledge: Knowledge, encode: Encode | None) -> list[Asked]:
    """Puts the questions to the matcher, each in its own language, as `ask --batch` does."""
    return [_asked(question, knowledge, encode) for question in questions]


def share(rows: Iterable[Asked], holds: Callable[[Asked], bool]) -> float:
    """Per cent of the rows for which something holds."""
    found = [holds(row) for row in rows]
    return 100 * sum(found) / len(found) if found else 0.0


def _asked(question: Question, knowledge: Knowledge, encode: Encode | None) -> Asked:
    findings = knowledge.matcher.find(question.text, shipped(question.language) or question.language, encode)
    rows = answers(findings, knowledge.library)
    return Asked(
        question=question,
        answers=tuple(frozenset(row["facts"]) for row in rows),
        countries=frozenset(row["country"] for row in rows if "country" in row),
        certain=_is_certain(findings),
        score=rows[0]["score"] if rows else 0.0,
    )


def _is_certain(findings: tuple[Finding, ...]) -> bool:
    return findings[0].certain


def _question(line: str, language: str) -> Question:
    row = json.loads(line)
    return Question(row["id"], row.get("lang", language), row["kind"], row["text"], frozenset(row["facts"]), row.get("country"))
