"""A running engine whose clock the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.pairs import Pair, pair


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Pair]:
    async with pair(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as running:
        yield running
