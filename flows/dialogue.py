"""A dialogue is a plain async function that is run again from the top on every message.

Its questions are awaited; each has a key, and the answers given so far are kept under these keys. On each run a
question with a valid recorded answer returns it at once, and the first one without ends the run: that one is put to
the person. Nothing said before that point is said again. So a flow must be pure (it may await only its `Chat`), and
whatever it decides is carried out by others, after it has returned.

    FlowError            a flow breaks one of these rules: a bug, never the person's doing
    ├─ ImpureFlow        it awaited something that is not its chat's
    ├─ RepeatedQuestion  it put two questions under one key in one run
    └─ EndlessFlow       it put more than forty questions in one run
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

from locales import Text, Value

from .world import World

MOST_QUESTIONS = 40
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class FlowError(Exception):
    """A flow breaks a rule of dialogues; the note names the flow and the key, never an answer."""


class ImpureFlow(FlowError):
    """The flow awaited something other than its chat."""


class RepeatedQuestion(FlowError):
    """Two questions of one run share a key."""


class EndlessFlow(FlowError):
    """The flow asks more questions than any person answers."""


@dataclass(frozen=True)
class Understood:
    """The text is an answer; `canonical` is what is kept of it."""

    canonical: str


@dataclass(frozen=True)
class Perhaps:
    """The text may mean one of these: the person is asked which."""

    canonicals: tuple[str, ...]


@dataclass(frozen=True)
class Unclear:
    """The text is no answer to this question; `why` says what would be one."""

    why: Text


Reading = Understood | Perhaps | Unclear


class Kind(Protocol[T_co]):
    """What a question takes for an answer: free text in, canonical value kept, typed value out."""

    @property
    def takes_anything(self) -> bool:
        """Whether any sentence is an answer, so that none is looked up in the knowledge."""

    @property
    def options(self) -> tuple[str, ...]:
        """Canonical values offered as buttons."""

    def read(self, text: str, world: World) -> Reading:
        """What a typed text means as an answer."""

    def load(self, canonical: str) -> T_co | None:
        """The value of a kept answer, or None if it is no longer one."""

    def label(self, canonical: str) -> Value:
        """How a kept answer is shown."""


@runtime_checkable
class PassedOver(Protocol):
    """A kind that can be left unanswered, and then says what the question was about."""

    def passed_over(self, canonical: str) -> Value:
        """What was left unanswered; empty where there is an answer."""


@dataclass(frozen=True)
class Question:
    """One question as it is put: its key within the flow, its words, and what it takes for an answer.

    `changes` are keys of earlier questions that can be changed from here, as from a summary.
    """

    key: str
    prompt: Text
    kind: Kind[object]
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something said between two questions."""

    text: Text


@dataclass(frozen=True)
class _Step(Awaitable[Any]):
    content: Question | Remark

    def __await__(self) -> Generator[_Step, Any, Any]:
        return (yield self)


class Chat:
    """The vocabulary of a flow: ask, choose, say; and the world as it stands today."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def ask(self, key: str, prompt: Text, kind: Kind[T], *, changes: tuple[str, ...] = ()) -> T:
        """Puts a question and returns its answer; `changes` are earlier ones that can be changed from it.

        >>> country = await chat.ask("country", _("Which country is it in?"), COUNTRY)  # doctest: +SKIP
        """
        return cast("T", await _Step(Question(key, prompt, kind, changes)))

    async def say(self, text: Text) -> None:
        """Remarks on the newest answer; said once, right after it was given."""
        await _Step(Remark(text))


Flow = Callable[[Chat], Coroutine[Any, Any, T]]


@dataclass(frozen=True)
class Waiting:
    """The run has come to a question without an answer."""

    question: Question
    remarks: tuple[Text, ...]
    visited: tuple[Question, ...]


@dataclass(frozen=True)
class Finished:
    """The run has returned; only the visited questions count."""

    outcome: object
    remarks: tuple[Text, ...]
    visited: tuple[Question, ...]


Run = Waiting | Finished


def run(flow: Flow[object], world: World, answers: Mapping[str, str]) -> Run:
    """Plays a flow over the recorded answers up to the first question without a valid one.

    Raises FlowError where the flow breaks a rule of dialogues.
    """
    coroutine = flow(Chat(world))
    try:
        return _play(coroutine, answers)
    except Exception as error:
        error.add_note(f"in flow {getattr(flow, '__name__', flow)}")
        raise
    finally:
        coroutine.close()


def _play(coroutine: Coroutine[Any, Any, object], answers: Mapping[str, str]) -> Run:
    visited: list[Question] = []
    remarks: list[Text] = []
    value: object = None
    while True:
        try:
            step = coroutine.send(value)
        except StopIteration as end:
            return Finished(end.value, tuple(remarks), tuple(visited))
        value = None
        match step:
            case _Step(Remark(text)):
                remarks.append(text)
            case _Step(Question() as question):
                _admit(question, visited)
                value = _recorded(question, answers)
                if value is None:
                    return Waiting(question, tuple(remarks), tuple(visited))
                visited.append(question)
                remarks.clear()
            case _:
                raise ImpureFlow(f"awaited {type(step).__name__}: a flow may await only its chat")


def _admit(question: Question, visited: list[Question]) -> None:
    if any(question.key == earlier.key for earlier in visited):
        raise RepeatedQuestion(f"the question {question.key} is asked twice in one run")
    if len(visited) >= MOST_QUESTIONS:
        raise EndlessFlow(f"more than {MOST_QUESTIONS} questions, the last one {question.key}")


def _recorded(question: Question, answers: Mapping[str, str]) -> object:
    canonical = answers.get(question.key)
    return None if canonical is None else question.kind.load(canonical)
