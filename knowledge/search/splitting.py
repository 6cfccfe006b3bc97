"""Where one message may hold several questions. What is found here are only candidates: each must stand by itself."""

from __future__ import annotations

import re

MOST_QUESTIONS = 3
LEAST_WORDS = 3  # of a question beside an "and"
JOINTS = frozenset({"and", "und", "sowie", "y", "et", "e", "و", "и", "i", "ve", "na", "dan", "og", "och", "en", "și", "та"})
_END = re.compile(r"(?<=[?؟？])\s*|(?<=[.!。！…;])\s+|\n+")
_ASKING = re.compile(r"[?؟？]$")


def sentences(message: str) -> list[str]:
    """The sentences and lines of a message."""
    return [part for part in (piece.strip() for piece in _END.split(message)) if part]


def questions(message: str) -> list[str]:
    """The sentences that ask, each with the statements before it, if there are at least two; else the message itself."""
    found: list[str] = []
    before: list[str] = []
    for sentence in sentences(message):
        before.append(sentence)
        if _ASKING.search(sentence):
            found.append(" ".join(before))
            before = []
    return found[:MOST_QUESTIONS] if len(found) > 1 else [" ".join(message.split())]


def halves(question: str) -> list[str]:
    """Both sides of the "and" nearest the middle, if each has some words; else nothing."""
    words = question.split()
    joints = [place for place, word in enumerate(words) if word.casefold() in JOINTS
              and min(place, len(words) - place - 1) >= LEAST_WORDS]  # fmt: skip
    if not joints:
        return []
    place = min(joints, key=lambda joint: abs(2 * joint - len(words)))
    return [" ".join(words[:place]), " ".join(words[place + 1 :])]
