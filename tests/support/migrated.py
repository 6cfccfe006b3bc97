"""An empty store with all tables: SQLite's are made once for the whole test run, and each test gets a copy of the file."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from bot.store.database import Store
from bot.store.migrate import migrate

_made: list[Path] = []


async def migrated(url: str) -> Store:
    """The store at `url`, with all tables; the file of one that exists is left as it is."""
    store = Store(url)
    file = Path(store.url.database or "")
    if store.is_sqlite and not file.exists():
        shutil.copyfile(await _pattern(), file)
    await migrate(store)
    return store


async def _pattern() -> Path:
    if not _made:
        home = Path(tempfile.mkdtemp(prefix="assistant-pattern-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        store = Store(f"sqlite+aiosqlite:///{home / 'pattern.sqlite'}")
        await migrate(store)
        await store.close()
        _made.append(home / "pattern.sqlite")
    return _made[0]
