"""A running engine and the people of a partnership."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.pairs import Pair, Person, ana_starts, bernd_joins, invited, pair


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Pair]:
    async with pair(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as running:
        yield running


@pytest.fixture
async def ana(world: Pair) -> Person:
    """Of Corinto, on a messenger; she has opened the checklist."""
    person = world.person("ana", "en")
    await ana_starts(person)
    return person


@pytest.fixture
async def bernd(world: Pair, ana: Person) -> Person:
    """Of Köln, in the web chat; he has joined."""
    person = world.person("bernd", "en", "web")
    await bernd_joins(person, await invited(ana))
    return person
