"""How long to wait before the next try."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Doubles from `first` up to `most` seconds."""

    first: float = 0.5
    most: float = 30.0

    def after(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row."""
        return min(self.most, self.first * 2.0 ** min(failures - 1, 30))
