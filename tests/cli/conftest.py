"""Commands as they are typed: inside this process where it is fast, as a program where exit codes and streams count."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from bot.cli import entry

Typed = Callable[..., Result]
Ran = subprocess.CompletedProcess[str]
Program = Callable[..., Ran]
CHECKOUT = Path(__file__).parents[2]
FOREIGN = ("DATABASE_URL", "PUBLIC_URL", "PORT", "HOST", "TELEGRAM_BOT_TOKEN", "DEFAULT_LANGUAGE", "LOG_FORMAT")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working folder, with nothing configured."""
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    structlog.reset_defaults()


@pytest.fixture
def typed(folder: Path) -> Typed:
    """Runs a command inside this process."""

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(entry, arguments, input=stdin)

    return run


@pytest.fixture
def program(folder: Path) -> Program:
    """Runs a command as a program of its own."""

    def run(*arguments: str, stdin: str | None = None) -> Ran:
        return subprocess.run(command(*arguments), input=stdin, cwd=folder, env=environment(), capture_output=True, text=True,
                              timeout=60)

    return run


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", *arguments]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1", **more}


def complaint(ran: Result | Ran) -> str:
    """The one line on stderr; fails where there is none or more."""
    [line] = ran.stderr.splitlines()
    return line
