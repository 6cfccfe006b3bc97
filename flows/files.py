"""Files that people send: what may become of one, before it belongs anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MOST_BYTES = 10 * 1024 * 1024
Flaw = Literal["empty", "too_big", "unknown", "mismatch", "locked", "macros", "old", "broken", "unreachable"]


@dataclass(frozen=True)
class Examined:
    """A file that can be kept: the key of its content, a clean name, its kind by its content ("pdf"), its size in bytes."""

    key: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Unfit:
    """A file that cannot be kept, and why; `kind` is what it is in truth where its name says something else."""

    flaw: Flaw
    name: str
    kind: str = ""
