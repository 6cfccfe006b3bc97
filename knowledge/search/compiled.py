"""Numbers computed once from the knowledge and shipped beside it: a line of JSON, then plain little-endian arrays."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Compiled:
    """A header of plain values and named arrays; `stamp` tells what they were computed from."""

    stamp: str
    header: Mapping[str, Any]
    arrays: Mapping[str, array[Any]]

    def save(self, path: Path) -> None:
        """Writes the file in one go."""
        shapes = [[name, numbers.typecode, len(numbers)] for name, numbers in self.arrays.items()]
        first = json.dumps({"stamp": self.stamp, "arrays": shapes, **self.header}, ensure_ascii=False)
        body = b"".join(_little(numbers).tobytes() for numbers in self.arrays.values())
        path.write_bytes(first.encode() + b"\n" + body)

    @classmethod
    def load(cls, path: Path) -> Compiled | None:
        """The file's content, or None where there is no file."""
        if not path.exists():
            return None
        first, _newline, body = path.read_bytes().partition(b"\n")
        header = json.loads(first)
        stamp, shapes, arrays, start = header.pop("stamp"), header.pop("arrays"), {}, 0
        for name, code, length in shapes:
            numbers = array(code)
            end = start + length * numbers.itemsize
            numbers.frombytes(body[start:end])
            arrays[name], start = _little(numbers), end
        return cls(stamp, header, arrays)


def _little(numbers: array[Any]) -> array[Any]:
    if sys.byteorder == "little":
        return numbers
    swapped = numbers[:]
    swapped.byteswap()
    return swapped
