"""The commands' exit codes, streams and JSON, as other programs rely on them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bot.cli import COMMANDS
from bot.cli.staff import ROLES
from bot.store.staff import ROLES as KNOWN_ROLES
from tests.cli.conftest import Program, Typed, complaint, environment

DAC_FIELDS = ["country", "listed", "income_group", "since", "until", "list", "source"]


def test_every_command_has_a_page_of_help(typed: Typed) -> None:
    assert {name: typed(name, "--help").exit_code for name in COMMANDS} == dict.fromkeys(COMMANDS, 0)


def test_the_help_names_every_command(typed: Typed) -> None:
    shown = typed("--help").stdout
    assert [name for name in COMMANDS if f"  {name} " not in shown] == []


def test_bad_usage_exits_2_and_failure_exits_1_with_one_line(program: Program) -> None:
    assert program("nonsense").returncode == 2
    failed = program("dac", "--json", "ZZ")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert complaint(failed) == "Error: ZZ is no country's code: use ISO 3166-1 alpha-2, such as KE for Kenya."


def test_dac_tells_a_listed_country(program: Program) -> None:
    ran = program("dac", "--json", "KE", "--on", "2026-11-22")
    told = json.loads(ran.stdout)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(told) == DAC_FIELDS
    assert (told["country"], told["listed"], told["income_group"], told["until"]) == ("KE", True, "lower-middle", None)


def test_dac_tells_a_country_that_has_left_and_one_that_never_was_on_the_list(typed: Typed) -> None:
    chile = json.loads(typed("dac", "--json", "cl", "--on", "2026-11-22").stdout)
    assert (chile["listed"], chile["income_group"], chile["until"]) == (False, None, 2017)
    assert json.loads(typed("dac", "--json", "CL", "--on", "2016-05-01").stdout)["listed"] is True
    france = json.loads(typed("dac", "--json", "FR").stdout)
    assert (france["listed"], france["since"], france["until"]) == (False, None, None)


def test_dac_tells_people_in_words(typed: Typed) -> None:
    assert typed("dac", "CL", "--on", "2026-11-22").stdout.splitlines()[0] == "Chile: no longer on the DAC List since 2018."
    assert "2014 or earlier" in typed("dac", "KE").stdout


@pytest.mark.parametrize("arguments", [
    ("dac", "KE", "--on", "soon"), ("staff", "add", "Ada", "--role", "king"), ("staff", "add", " ", "--role", "admin"),
    ("place",), ("export", "enquiries", "--out", "e.txt"), ("ask",), ("ask", "--batch", "and a text"),
    ("enquiries", "--status", "lost"), ("chat", "--lang", "xx"),
])
def test_what_cannot_be_meant_exits_2(typed: Typed, arguments: tuple[str, ...]) -> None:
    assert typed(*arguments).exit_code == 2


def test_a_setting_that_cannot_be_used_exits_2_and_is_named(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    ran = typed("enquiries")
    assert ran.exit_code == 2
    assert complaint(ran).startswith("Error: Mend these settings, in the environment or in .env: PORT: ")


@pytest.mark.parametrize(("address", "why"), [
    ("nonsense", "Error: DATABASE_URL is not understood"),
    ("sqlite:///x.db", "Error: DATABASE_URL is not understood"),
    ("postgresql+asyncpg://me:secret@127.0.0.1:1/x", "Error: The database postgresql+asyncpg://me:***@127.0.0.1:1/x does not"),
])
def test_a_database_that_cannot_be_reached_is_told_in_one_line(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, address: str, why: str,
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    ran = typed("enquiries")
    assert ran.exit_code == 1
    assert complaint(ran).startswith(why)


def test_place_answers_line_by_line(typed: Typed) -> None:
    lines = '{"id": 1, "lang": "de", "text": "Kenia"}\n\n{"id": "b", "text": "Atlantis"}\n'
    ran = typed("place", "--batch", stdin=lines)
    first, second = map(json.loads, ran.stdout.splitlines())
    assert first == {"id": 1, "matches": [{"country": "KE", "kind": "country", "name": "Kenia", "score": 1.0}]}
    assert second == {"id": "b", "matches": []}


def test_a_line_that_is_no_record_is_named(typed: Typed) -> None:
    ran = typed("place", "--batch", stdin='{"id": 1, "text": "Kenya"}\n{"id": 2}\n')
    assert (ran.exit_code, len(ran.stdout.splitlines())) == (1, 1)
    assert complaint(ran).startswith("Error: Line 2 of stdin is no record")


@pytest.mark.parametrize("arguments", ["dac --json KE", "place --batch"])
def test_small_commands_load_no_database_and_no_server(arguments: str) -> None:
    spy = ("import sys; from bot.cli import entry; entry(sys.argv[1:], standalone_mode=False); "
           "print(sorted({'sqlalchemy', 'aiohttp', 'telegram'} & set(sys.modules)))")
    ran = subprocess.run([sys.executable, "-c", spy, *arguments.split()], input="", env=environment(), capture_output=True,
                         text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_roles_are_those_of_the_store() -> None:
    assert ROLES == KNOWN_ROLES
