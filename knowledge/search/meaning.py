"""Which articles a sentence vector speaks for: a linear reading of it, learned from the phrases' vectors.

numpy is imported where it is used, so that the words alone never need it.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from .semantic import DIMENSIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPREAD_KEPT = 0.1  # share of plain variance in the whitening, so that rare directions are not blown up


EXAMPLES = 10  # typical phrases kept per article
NOT_TAUGHT = -6.0  # log probability of an article that came after the learning: unlikely, not impossible


class Reading(NamedTuple):
    """What a vector tells of each article: the log probability as learned, and the likeness to its nearest example.

    The first is better in languages with phrases, the second carries languages without.
    """

    learned: list[float]
    likeness: list[float]


@dataclass(frozen=True)
class Meaning:
    """`whitening` (384, 384) and `mean` (384) make likeness within an article plain; `weights` (384, articles), `bias`.

    `examples` (articles x 10, 384) are the middles of groups of like phrases, whitened, of length one.
    """

    mean: NDArray[np.float32]
    whitening: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    examples: NDArray[np.float32]

    @classmethod
    def unpacked(cls, arrays: Mapping[str, array[Any]]) -> Meaning:
        """As stored, see `packed`."""
        import numpy as np

        flat = {name: np.frombuffer(numbers, dtype=np.float32) for name, numbers in arrays.items()}
        whitening, weights = (flat[name].reshape(DIMENSIONS, -1) for name in ("whitening", "weights"))
        return cls(flat["mean"], whitening, weights, flat["bias"], flat["examples"].reshape(-1, DIMENSIONS))

    def packed(self) -> dict[str, array[Any]]:
        """As stored."""
        parts = {"mean": self.mean, "whitening": self.whitening, "weights": self.weights, "bias": self.bias,
                 "examples": self.examples}  # fmt: skip
        return {name: array("f", part.astype("<f4").tobytes()) for name, part in parts.items()}

    def read(self, vector: Sequence[float], articles: int) -> Reading:
        """Reads a sentence vector; of articles that were not taught (up to `articles`) it tells little."""
        import numpy as np

        plain = (np.asarray(vector, dtype=np.float32) - self.mean) @ self.whitening
        logits = plain @ self.weights + self.bias
        logits -= logits.max()
        learned: list[float] = (logits - np.log(np.exp(logits).sum())).tolist()
        alike = self.examples @ (plain / (np.linalg.norm(plain) or 1))
        likeness: list[float] = alike.reshape(len(learned), -1).max(1).tolist()
        more = articles - len(learned)
        return Reading(learned + [NOT_TAUGHT] * more, likeness + [min(likeness)] * more)

    def whitened(self, vector: Sequence[float]) -> NDArray[np.float32]:
        """A vector of length one whose products with others tell how alike texts are, (384)."""
        import numpy as np

        plain = (np.asarray(vector, dtype=np.float32) - self.mean) @ self.whitening
        return np.asarray(plain / (np.linalg.norm(plain) or 1), dtype=np.float32)
