"""A conference's own questions: which of them somebody is asked, what they take for an answer, and how answers read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flows.dates import Day
from flows.dialogue import Kind, PassedOver, Reading
from flows.kinds import COUNTRY, Labelled, Line
from flows.world import World
from locales import Text, Value, _

from .kinds import NOTHING, Number, Several, Skippable
from .view import BOTH, Conference, Question

PREFIX = "q."  # before the key of a conference's own question
IN_CHAT = frozenset({"text", "choice", "several", "number", "date", "country"})  # a file is handed in on the person's page


@dataclass(frozen=True)
class Kept:
    """Another kind, whose answer is wanted as it is kept."""

    kind: Kind[Any]

    @property
    def takes_anything(self) -> bool:
        return self.kind.takes_anything

    @property
    def options(self) -> tuple[str, ...]:
        return self.kind.options

    def load(self, canonical: str) -> str | None:
        return None if self.kind.load(canonical) is None else canonical

    def label(self, canonical: str) -> Value:
        return self.kind.label(canonical)

    def passed_over(self, canonical: str) -> Value:
        """The question in staff's words where it was left unanswered."""
        return self.kind.passed_over(canonical) if isinstance(self.kind, PassedOver) else ""

    def read(self, text: str, world: World) -> Reading:
        return self.kind.read(text, world)


def kind_of(question: Question) -> Kept:
    """What a question takes for an answer."""
    choices: tuple[tuple[str, Value], ...] = tuple(question.options)
    kinds: dict[str, Kind[Any]] = {
        "text": Line(1, 1000), "choice": Labelled(choices), "several": Several(choices), "number": Number(),
        "date": Day(ever=True), "country": COUNTRY,
    }
    kind = kinds[question.kind]
    return Kept(kind if question.required else Skippable(kind, "", question.words))


def prompt_of(question: Question) -> Text:
    """The question as it is put, with why it is asked where staff have said so."""
    if question.why:
        return _("{question} {why}", question=question.words, why=question.why)
    return _("{question}", question=question.words)


def answer_label(question: Question, canonical: str) -> Value:
    """How a kept answer reads; empty where the question was left unanswered or is of another kind by now."""
    if question.kind not in IN_CHAT or canonical in ("", NOTHING) or kind_of(question).load(canonical) is None:
        return canonical if canonical not in ("", NOTHING) else ""
    return kind_of(question).label(canonical)


def asked_of(conference: Conference, side: str, known: Mapping[str, str]) -> Iterator[Question]:
    """The questions put to a side in the chat, but for those that its partner has answered for both."""
    for question in conference.questions:
        if question.kind in IN_CHAT and question.side in (BOTH, side) and not (question.shared and question.key in known):
            yield question


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the answer that a question depends on was given."""
    if question.depends_on is None:
        return True
    key, option = question.depends_on
    return option in answers.get(key, "").split()
