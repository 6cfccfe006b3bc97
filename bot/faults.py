"""The last faults, for the team to see: where something went wrong, never what somebody wrote.

Log lines of errors pass here. What is kept of them is the program's own words, the kind of the exception and the place that
raised it; its message is not, since it may hold anything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

MOST = 100
SERIOUS = ("error", "exception", "critical")
HOME = Path(__file__).parent.parent


@dataclass(frozen=True)
class Fault:
    """One kind of fault."""

    event: str
    error: str
    place: str


_waiting: dict[Fault, datetime] = {}  # the same again counts once until it is kept


def note_fault(_logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: notes what is serious, and hands every line on as it is."""
    record = line.get("_record")  # of a library: its words may hold anything, its name does not
    level = record.levelname.lower() if record is not None else method
    if level in SERIOUS and len(_waiting) < MOST:
        event = record.name if record is not None else str(line.get("event", ""))
        error, place = _told(line.get("exc_info"))
        _waiting[Fault(event[:120], error[:120], place[:200])] = datetime.now(UTC)
    return line


def noted() -> dict[Fault, datetime]:
    """What waits to be stored."""
    return dict(_waiting)


def settled(stored: Iterable[Fault]) -> None:
    """These are stored."""
    for one in stored:
        _waiting.pop(one, None)


def _told(given: object) -> tuple[str, str]:
    """The kind of an exception and the innermost place of ours that it came through."""
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        return "", ""
    return type(error).__name__, _place(error.__traceback__)


def _place(traceback: TracebackType | None) -> str:
    frames = [frame for frame in extract_tb(traceback) if HOME in Path(frame.filename).parents] or list(extract_tb(traceback))
    if not frames:
        return ""
    path = Path(frames[-1].filename)
    shown = path.relative_to(HOME) if HOME in path.parents else path.name
    return f"{shown}:{frames[-1].lineno} {frames[-1].name}"
