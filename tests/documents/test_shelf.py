"""The folder of documents."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bot.documents.shelf import Shelf


def aged(shelf: Shelf) -> None:
    """As if all had been put there an hour ago."""
    for path in shelf.folder.glob("*/*"):
        then = path.stat().st_mtime - 3600
        os.utime(path, (then, then))


def test_a_content_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    assert len(shelf) == 0
    assert shelf.put(b"letter") == shelf.put(b"letter") == hashlib.sha256(b"letter").hexdigest()
    assert len(shelf) == 1
    assert shelf.get(hashlib.sha256(b"letter").hexdigest()) == b"letter"
    assert shelf.get("0" * 64) is None
    with pytest.raises(ValueError, match="no key"):
        shelf.get("../assistant.sqlite")


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    key = shelf.put(b"letter")
    assert (shelf.folder / key[:2] / key).stat().st_mode & 0o077 == 0


def test_a_sweep_takes_what_nobody_uses_once_it_is_old_enough(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    used, unused = shelf.put(b"used"), shelf.put(b"unused")
    assert shelf.sweep({used}) is True, "it may belong to a transaction that is not committed yet"
    assert len(shelf) == 2
    aged(shelf)
    assert shelf.sweep({used}) is False
    assert shelf.get(used) == b"used"
    assert shelf.get(unused) is None


def test_what_is_sent_again_is_young_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    key = shelf.put(b"letter")
    aged(shelf)
    shelf.put(b"letter")
    shelf.sweep(())
    assert shelf.get(key) == b"letter"


def test_what_a_crash_left_unfinished_goes_with_the_sweep(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    part = shelf.folder / "ab" / ".x.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    aged(shelf)
    shelf.sweep(())
    assert not part.exists()


def test_a_file_that_is_finished_during_the_sweep_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path / "documents")
    unused = shelf.put(b"unused")
    aged(shelf)
    there = list(shelf.folder.glob("*/*"))
    monkeypatch.setattr(Shelf, "_files", lambda _shelf: iter([shelf.folder / "ab" / ".gone.part", *there]))
    assert shelf.sweep(()) is False
    assert shelf.get(unused) is None


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path / "documents")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shelf.put(b"letter")
    assert [path for path in shelf.folder.rglob("*") if path.is_file()] == []
