"""A demonstration, made once for all tests and test processes that look at it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from filelock import FileLock

from bot.demo.folder import Folder, demonstration
from bot.demo.seeding import seed
from bot.settings import Settings
from tests.support.process import free_port


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration that has been made; not to be written to."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "popen" in shared.name else shared  # of all processes of this run
    folder = Folder(shared / "demo-data")
    with FileLock(shared / "demo.lock"):
        if not folder.is_there:
            asyncio.run(seed(Settings(_env_file=None), folder))
    return folder.path


@pytest.fixture
def made(original: Path, tmp_path: Path) -> Settings:
    """Settings of a demonstration of the test's own."""
    folder = Folder(tmp_path / "demo-data")
    with folder.made() as draft:
        for file in original.iterdir():
            if file.name.startswith("assistant.sqlite") and file.suffix != ".lock":
                (draft / file.name).write_bytes(file.read_bytes())
    return demonstration(Settings(_env_file=None, port=free_port()), folder.path)
