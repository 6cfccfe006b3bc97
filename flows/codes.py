"""Codes that people pass on: easy to say on the phone, typed in any way, and where they open something kept only as a hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

LENGTH = 10


def key_of(code: str) -> str:
    """What is kept of a code, however it was typed: "k7m2q-9xwtd" and "K7M2Q9XWTD" are one."""
    return hashlib.sha256(cleaned(code).encode()).hexdigest()


def cleaned(code: str) -> str:
    """The code's letters and digits in capitals."""
    return "".join(char for char in code.upper() if char.isascii() and char.isalnum())


def likest(text: str) -> str:
    """The word of a text that is most like a code."""
    return max(text.split(), key=lambda word: len(cleaned(word)), default="")


def shown_code(code: str) -> str:
    """The code in two halves."""
    return f"{code[:LENGTH // 2]}-{code[LENGTH // 2:]}"


@dataclass(frozen=True, kw_only=True)
class Secret:
    """An answer that is a code: only its key is kept, and it is not shown again."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if len(canonical) == 64 else None

    def label(self, canonical: str) -> str:
        return "•" * LENGTH
