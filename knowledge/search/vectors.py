"""Sentence vectors of phrases, kept by a hash of the text and shipped, so that none is ever computed twice.

A vector is 384 whole numbers of one byte and a scale: a quarter of its size, and as good.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from .compiled import Compiled
from .semantic import DIMENSIONS, tidied

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "vectors.bin"


def key(text: str) -> int:
    """The text's content hash, 8 bytes."""
    return int.from_bytes(blake2b(tidied(text).encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Vectors:
    """Vectors by content hash: `keys` sorted, `rows` in their order."""

    keys: array[int]
    scales: array[float]
    rows: array[int]

    @classmethod
    def load(cls, home: Path) -> Vectors:
        """The shipped vectors under `home`; none where the file is missing."""
        file = Compiled.load(home / FILE)
        if file is None:
            return cls(array("Q"), array("f"), array("b"))
        return cls(file.arrays["keys"], file.arrays["scales"], file.arrays["rows"])

    def save(self, home: Path, stamp: str) -> None:
        """Writes the vectors under `home`; `stamp` tells of which phrases they are."""
        Compiled(stamp, {}, {"keys": self.keys, "scales": self.scales, "rows": self.rows}).save(home / FILE)

    def __contains__(self, text: str) -> bool:
        place = bisect_left(self.keys, key(text))
        return place < len(self.keys) and self.keys[place] == key(text)

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts that are all kept, (texts, 384).

        Raises KeyError where one is not.
        """
        import numpy as np

        missing = next((text for text in texts if text not in self), None)
        if missing is not None:
            raise KeyError(missing)
        places = np.array([bisect_left(self.keys, key(text)) for text in texts], dtype=np.intp)
        rows = np.frombuffer(self.rows, dtype=np.int8).reshape(-1, DIMENSIONS)
        scales = np.frombuffer(self.scales, dtype=np.float32)
        return np.asarray(rows[places] * scales[places, None], dtype=np.float32)

    def kept(self, texts: Iterable[str], new: Mapping[str, Sequence[float]]) -> Vectors:
        """The vectors of just these texts, the new ones among them."""
        import numpy as np

        ordered = sorted({key(text): text for text in texts}.items())
        scales, rows = array("f"), array("b")
        for _key, text in ordered:
            vector = np.asarray(new[text], dtype=np.float32) if text in new else self.matrix([text])[0]
            scale = float(np.abs(vector).max()) / 127 or 1.0
            scales.append(scale)
            rows.frombytes(np.rint(vector / scale).astype(np.int8).tobytes())
        return Vectors(array("Q", (number for number, _text in ordered)), scales, rows)
