"""One process at a time runs on an SQLite file; a second one is refused before it does any harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .database import Store


class AlreadyRunning(Exception):
    """Another assistant runs on the same SQLite file."""


@contextmanager
def only_process(store: Store) -> Iterator[None]:
    """Holds the SQLite file of a store.

    Raises AlreadyRunning if another process does.
    """
    file = Path(store.url.database or "memory").resolve()
    lock = FileLock(f"{file}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise AlreadyRunning(f"Another assistant runs on {file}: stop it, or set DATA_DIR or DATABASE_URL.") from busy
    try:
        yield
    finally:
        lock.release()
