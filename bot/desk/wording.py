"""What has changed between two texts, word by word; and a short print of words, by which a translation knows its English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal


@dataclass(frozen=True)
class Piece:
    """A stretch of words that stayed, came or went."""

    kind: Literal["same", "in", "out"]
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """The pieces that lead from one text to the other, in reading order."""
    before, after = _words(old), _words(new)
    found: list[Piece] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[start:end])))
            continue
        gone, come = "".join(before[start:end]), "".join(after[new_start:new_end])
        found += [piece for piece in (Piece("out", gone), Piece("in", come)) if piece.text]
    return found


def print_of(title: str, answer: str) -> str:
    """Sixteen letters that tell words apart."""
    return sha256(f"{title}\n{answer}".encode()).hexdigest()[:16]


def _words(text: str) -> list[str]:
    """Words with the blanks after them."""
    return re.findall(r"\S+\s*|\s+", text)
