"""The folder of documents: each file under the SHA-256 of its content, whole and on the disk before anything refers to it."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

KEY = re.compile(r"[0-9a-f]{64}")
GRACE = 120.0  # seconds in which a file may wait for the transaction that refers to it


class Shelf:
    """Files by key."""

    def __init__(self, folder: Path, grace: float = GRACE) -> None:
        self.folder, self._grace = folder, grace

    def put(self, content: bytes) -> str:
        """Keeps a content and returns its key; what is there already counts as new, so that no sweep takes it away."""
        key = hashlib.sha256(content).hexdigest()
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as unfinished:
            try:
                unfinished.write(content)
                unfinished.flush()
                os.fsync(unfinished.fileno())
                Path(unfinished.name).replace(target)
            except BaseException:
                Path(unfinished.name).unlink(missing_ok=True)
                raise
        for folder in (target.parent, self.folder):
            _settle(folder)
        return key

    def get(self, key: str) -> bytes | None:
        """A content, None where it is gone."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def sweep(self, used: Collection[str]) -> bool:
        """Deletes what nobody uses; whether something is still too young to be judged."""
        young = False
        for path in self._files():
            if path.name in used:
                continue
            try:
                is_young = time.time() - path.stat().st_mtime < self._grace
            except FileNotFoundError:
                continue  # a file that was just being put has got its name meanwhile
            if is_young:
                young = True
            else:
                path.unlink(missing_ok=True)
        return young

    def __len__(self) -> int:
        return sum(KEY.fullmatch(path.name) is not None for path in self._files())

    def _files(self) -> Iterator[Path]:
        """All files, also those that a crash left unfinished."""
        return self.folder.glob("[0-9a-f][0-9a-f]/*") if self.folder.is_dir() else iter(())

    def _path(self, key: str) -> Path:
        if KEY.fullmatch(key) is None:
            raise ValueError("that is no key of a document")
        return self.folder / key[:2] / key


def _settle(folder: Path) -> None:
    """Makes the folder's entries outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
