"""What is counted of a turn, never with who or what they said: questions by topic and country, steps of dialogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Count:
    """One thing that happened, or with a number of -1 did not after all.

    `answered` and `unhelpful` carry an article as their key, `unsure` and `unknown` none; `put` and `taken` a step, which is
    "FLOW.QUESTION"; `begun` and `finished` a flow. `country` is what was named; `words` is a step's question as it stands in the code.
    """

    kind: Literal["message", "chat", "answered", "unsure", "unknown", "unhelpful", "begun", "put", "taken", "finished"]
    key: str = ""
    country: str = ""
    words: str = ""
    number: int = 1


def step(flow: str, question: str) -> str:
    """The key of a dialogue's step; what follows a dot in a question's key names a repetition and is left out."""
    return f"{flow}.{question.partition('.')[0]}"
