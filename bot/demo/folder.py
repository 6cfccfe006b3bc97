"""Where a demonstration lives: a folder beside the real one, known by a mark in it, and nothing without the mark is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import DEMONSTRATION, Settings

NOTE = """Example data, made by: partnership-assistant run --demo
Throw it away with:    partnership-assistant demo remove
"""
KEPT = ("host", "port", "default_language", "log_format")  # all else of the real settings has no place in a demonstration


DRAFT = "-part-"
SECOND_ABOVE = 20  # people: so few that the example announcements need a second member of staff


class NotOurs(Exception):
    """A folder stands there that no demonstration has made."""


@dataclass(frozen=True)
class Folder:
    """A demonstration's folder; it stands there only once all example data are in it."""

    path: Path

    @classmethod
    def beside(cls, real: Settings) -> Folder:
        """The one that belongs to these settings."""
        home = real.data_dir.resolve()
        return cls(home.parent / f"demo-{home.name or 'data'}")

    @property
    def is_there(self) -> bool:
        """Whether a demonstration stands there.

        Raises NotOurs where something else does.
        """
        return _is_marked(self.path)

    @contextmanager
    def made(self) -> Iterator[Path]:
        """A draft to gather the data in; it becomes the demonstration when the block ends, and is gone if that fails."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f"{self.path.name}{DRAFT}", dir=self.path.parent))
        try:
            (draft / DEMONSTRATION).write_text(NOTE, encoding="utf-8")
            yield draft
            draft.rename(self.path)
        except BaseException:
            shutil.rmtree(draft)
            raise

    def remove(self) -> bool:
        """Throws the demonstration away; whether there was one.

        Raises NotOurs where something else stands there.
        """
        drafts = self.path.parent.glob(f"{self.path.name}{DRAFT}*")
        standing = [path for path in (self.path, *drafts) if _is_marked(path)]
        for path in standing:
            shutil.rmtree(path)
        return bool(standing)


def demonstration(real: Settings, folder: Path) -> Settings:
    """Settings that reach nothing but that folder and this machine: no other database, no Telegram, no public address."""
    usual = {name: field.default for name, field in Settings.model_fields.items() if name not in KEPT}
    return real.model_copy(update={**usual, "data_dir": folder, "second_approval_above": SECOND_ABOVE})


def _is_marked(path: Path) -> bool:
    if (path / DEMONSTRATION).is_file() and not path.is_symlink():
        return True
    if path.is_symlink() or (path.exists() and not (path.is_dir() and not any(path.iterdir()))):
        raise NotOurs(f"{path} was not made by run --demo, so it is left alone: move it away, or set another DATA_DIR.")
    return False
