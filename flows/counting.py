"""What is counted of a turn, never with who or what they said: questions by topic and country, steps of dialogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Count:
    """One thing that happened, or with a number of -1 did not after all.

    `outcome` carries how a question ended as its key (answered, unsure or unknown), `topic` and `unhelpful` an article, `put` and
    `taken` a step, which is "FLOW.QUESTION", `begun` and `finished` a flow; `country` is of questions and checks alike. They
    are apart on purpose: nobody can tell who asked what from where. `words` is a step's question as it stands in the code.
    """

    kind: Literal["message", "chat", "outcome", "topic", "country", "unhelpful", "begun", "put", "taken", "finished"]
    key: str = ""
    country: str = ""
    words: str = ""
    number: int = 1


def step(flow: str, question: str) -> str:
    """The key of a dialogue's step; what follows a dot in a question's key names a repetition and is left out."""
    return f"{flow}.{question.partition('.')[0]}"


def question(outcome: Literal["answered", "unsure", "unknown"], article: str = "", country: str = "") -> tuple[Count, ...]:
    """A question: how it ended, its topic where that is known, the country it names."""
    topic = (Count("topic", article),) if article else ()
    return (Count("outcome", outcome), *topic, *concerning(country))


def concerning(country: str) -> tuple[Count, ...]:
    """A country that a question or a check was about, if it was about one."""
    return (Count("country", "", country),) if country else ()
