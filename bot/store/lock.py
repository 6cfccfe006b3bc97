"""One process at a time runs on an SQLite file; a second one is refused before it does any harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class AlreadyRunning(Exception):
    """Another assistant runs on the same data folder."""


@contextmanager
def only_process(data_dir: Path) -> Iterator[None]:
    """Holds the data folder.

    Raises AlreadyRunning if another process does.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise AlreadyRunning(f"Another assistant runs on {data_dir}: stop it, or set DATA_DIR or DATABASE_URL.") from busy
    try:
        yield
    finally:
        lock.release()
