"""Where a demonstration lives: apart from all real data, and removed only where it was made."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo.folder import Folder, NotOurs, demonstration
from bot.settings import DEMONSTRATION, Settings
from tests.cli.conftest import Typed, complaint, folder, typed

__all__ = ["folder", "typed"]


@pytest.fixture
def real(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, data_dir=tmp_path / "data", database_url="postgresql+asyncpg://office/assistant", port=8090,
        public_url="https://chat.example.org", telegram_bot_token=SecretStr("1:real"), privacy_url="https://example.org/privacy")


def test_it_stands_beside_the_real_data_and_never_in_them(real: Settings, tmp_path: Path) -> None:
    assert Folder.beside(real).path == tmp_path / "demo-data"
    assert Folder.beside(real.model_copy(update={"data_dir": tmp_path / "demo-data"})).path == tmp_path / "demo-demo-data"


def test_no_real_database_bot_or_address_is_used(real: Settings, tmp_path: Path) -> None:
    made = demonstration(real, tmp_path / "demo-data")
    assert made.database == f"sqlite+aiosqlite:///{tmp_path / 'demo-data' / 'assistant.sqlite'}"
    assert (made.telegram_bot_token, made.public_url, made.privacy_url) == (None, "", "")
    assert made.base_url == "http://127.0.0.1:8090"


def test_it_appears_only_when_it_is_whole(real: Settings) -> None:
    folder = Folder.beside(real)
    with suppress(KeyboardInterrupt), folder.made() as draft:
        assert not folder.is_there
        raise KeyboardInterrupt
    assert not draft.exists()
    with folder.made() as draft:
        (draft / "assistant.sqlite").touch()
    assert folder.is_there
    assert demonstration(real, folder.path).is_demonstration
    assert not draft.exists()


def test_removing_takes_the_demonstration_and_what_a_killed_start_left(real: Settings, tmp_path: Path) -> None:
    folder = Folder.beside(real)
    with folder.made():
        pass
    left = tmp_path / "demo-data-part-killed"
    left.mkdir()
    (left / DEMONSTRATION).touch()
    assert folder.remove()
    assert list(tmp_path.iterdir()) == []
    assert not folder.remove()


def test_a_folder_that_it_did_not_make_is_left_alone(folder: Path, typed: Typed) -> None:
    theirs = folder / "demo-data" / "letter.txt"
    theirs.parent.mkdir()
    theirs.write_text("Dear mayor")
    for command in (("demo", "remove"), ("run", "--demo"), ("run", "--demo", "--fresh")):
        refused = typed(*command)
        assert refused.exit_code == 1
        assert f"{theirs.parent} was not made by run --demo" in complaint(refused)
    assert theirs.read_text() == "Dear mayor"


def test_a_link_to_another_folder_is_not_followed(real: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / DEMONSTRATION).touch()
    (tmp_path / "demo-data").symlink_to(elsewhere)
    with pytest.raises(NotOurs):
        Folder.beside(real).remove()
    assert (elsewhere / DEMONSTRATION).exists()


def test_where_there_is_none_it_says_how_one_is_made(typed: Typed) -> None:
    refused = typed("demo", "remove")
    assert refused.exit_code == 1
    assert "There is no demonstration" in complaint(refused)


def test_the_real_assistant_does_not_run_on_example_data(folder: Path, typed: Typed) -> None:
    (folder / "data").mkdir()
    (folder / "data" / DEMONSTRATION).touch()
    refused = typed("run")
    assert refused.exit_code == 1
    assert "is a demonstration" in complaint(refused)


def test_fresh_goes_with_demo_alone(typed: Typed) -> None:
    assert typed("run", "--fresh").exit_code == 2
