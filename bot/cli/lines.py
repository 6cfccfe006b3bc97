"""JSONL on stdin: one record a line, read as it comes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from .failing import Failure


@dataclass(frozen=True)
class Record:
    """One line: `id` comes back as it was given, `lang` is empty where none was given."""

    id: object
    lang: str
    text: str


def records() -> Iterator[Record]:
    """The records on stdin, empty lines left out.

    Raises Failure at a line that is none.
    """
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield _record(number, line)


def _record(number: int, line: bytes) -> Record:
    try:
        row = json.loads(line)
        id, text, lang = row["id"], row["text"], row.get("lang") or ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_record(number) from error
    if not isinstance(text, str) or not isinstance(lang, str):
        raise _no_record(number)
    return Record(id, lang, text)


def _no_record(number: int) -> Failure:
    return Failure(f'Line {number} of stdin is no record: write {{"id": …, "lang": "en", "text": "…"}}.')
