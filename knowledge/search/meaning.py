"""Which articles a sentence vector speaks for: a linear reading of it, learned from the phrases' vectors.

numpy is imported where it is used, so that the words alone never need it.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .semantic import DIMENSIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPREAD_KEPT = 0.1  # share of plain variance in the whitening, so that rare directions are not blown up


@dataclass(frozen=True)
class Meaning:
    """`whitening` (384, 384) and `mean` (384) make likeness within an article plain; `weights` (384, articles), `bias`."""

    mean: NDArray[np.float32]
    whitening: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def unpacked(cls, arrays: Mapping[str, array[Any]]) -> Meaning:
        """As stored, see `packed`."""
        import numpy as np

        flat = {name: np.frombuffer(numbers, dtype=np.float32) for name, numbers in arrays.items()}
        shaped = {name: flat[name].reshape(DIMENSIONS, -1) for name in ("whitening", "weights")}
        return cls(flat["mean"], shaped["whitening"], shaped["weights"], flat["bias"])

    def packed(self) -> dict[str, array[float]]:
        """As stored."""
        parts = {"mean": self.mean, "whitening": self.whitening, "weights": self.weights, "bias": self.bias}
        return {name: array("f", part.astype("<f4").tobytes()) for name, part in parts.items()}

    def scores(self, vector: Sequence[float], articles: int) -> list[float]:
        """Log probability of each article, as far as the vector tells; of articles it was not taught, the lowest."""
        import numpy as np

        logits = np.asarray(vector, dtype=np.float32) @ self._reading + self._offset
        logits -= logits.max()
        scores: list[float] = (logits - np.log(np.exp(logits).sum())).tolist()
        return scores + [min(scores)] * (articles - len(scores))

    def whitened(self, vectors: Sequence[Sequence[float]]) -> NDArray[np.float32]:
        """Vectors of length one whose products tell how alike texts are, (texts, 384)."""
        import numpy as np

        plain = (np.asarray(vectors, dtype=np.float32) - self.mean) @ self.whitening
        return np.asarray(plain / np.linalg.norm(plain, axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _reading(self) -> NDArray[np.float32]:
        return self.whitening @ self.weights

    @cached_property
    def _offset(self) -> NDArray[np.float32]:
        return self.bias - self.mean @ self._reading
