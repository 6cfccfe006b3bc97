"""A browser, and what the engine behind the page was told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.web import Client, Memory, served


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
async def client(memory: Memory) -> AsyncIterator[Client]:
    async with served(memory) as client:
        yield client
