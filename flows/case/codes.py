"""Invitation codes: easy to say on the phone, and kept only as a hash."""

from __future__ import annotations

import hashlib

LENGTH = 10


def key_of(code: str) -> str:
    """What is kept of a code, however it was typed: "k7m2q-9xwtd" and "K7M2Q9XWTD" are one."""
    return hashlib.sha256(cleaned(code).encode()).hexdigest()


def cleaned(code: str) -> str:
    """The code's letters and digits in capitals."""
    return "".join(char for char in code.upper() if char.isascii() and char.isalnum())


def shown(code: str) -> str:
    """The code in two halves."""
    return f"{code[:LENGTH // 2]}-{code[LENGTH // 2:]}"
