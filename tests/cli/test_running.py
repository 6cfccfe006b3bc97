"""The assistant as a program: started, refused, talked with from beside, stopped."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.staff import add_staff, new_link, use_link
from tests.cli.conftest import Program, command, complaint, environment
from tests.cli.test_store_commands import NOW, in_store

pytestmark = pytest.mark.slow
LINK = re.compile(r"http://127\.0\.0\.1:\d+/desk/sign-in/[\w-]{20,}")


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[list[str]]:
    """Runs the assistant in a folder; yields the lines it prints until it is up."""
    process = subprocess.Popen(command(), cwd=folder, env=environment(**{"PORT": "0", **settings}), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline().rstrip("\n")]
        while lines[-1] and "Ctrl+C" not in lines[-1]:
            lines.append(process.stdout.readline().rstrip("\n"))
        yield lines
    finally:
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


def test_with_nothing_configured_it_prints_its_address_and_a_link_for_the_first_of_staff(folder: Path) -> None:
    with started(folder) as lines:
        chat, staff, _stop = lines
        address = chat.removeprefix("Web chat: ")
        assert LINK.search(staff)
        with urllib.request.urlopen(f"{address}readyz", timeout=10) as ready:
            assert ready.status == 200
    with started(folder) as lines:
        assert LINK.findall(lines[1]) != LINK.findall(staff), "a new link at each start"


def test_once_somebody_has_signed_in_no_link_is_printed(folder: Path) -> None:

    async def sign_in(connection: AsyncConnection) -> None:
        code = await new_link(connection, await add_staff(connection, "Ada", "admin", NOW), NOW)
        await use_link(connection, code, NOW)

    in_store(folder, sign_in)
    with started(folder) as lines:
        assert [line for line in lines if "sign-in" in line] == []


def test_a_second_process_on_the_same_data_and_a_taken_port_are_refused(folder: Path, program: Program) -> None:
    with started(folder):
        second = program("run")
        assert second.returncode == 1
        assert complaint(second).startswith("Error: Another assistant runs on ")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = subprocess.run(command("run"), cwd=folder, env=environment(PORT=str(taken.getsockname()[1])), capture_output=True,
                             text=True, timeout=60)
    assert ran.returncode == 1
    assert complaint(ran).startswith("Error: 127.0.0.1:")


def test_a_talk_in_the_terminal_beside_a_running_assistant_is_printed_as_a_test_that_passes(
    folder: Path, program: Program,
) -> None:
    with started(folder):
        ran = program("chat", "--record", "--lang", "en", stdin="/check\n1\nKenya\n4\n")
        listed = program("enquiries")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (listed.returncode, listed.stdout) == (0, "No enquiries (open).\n")
    test = ran.stdout[ran.stdout.index("from tests.support.talk"):]
    assert '("[A municipality in the Global South]", "Which country is the municipality in?"),' in test
    names: dict[str, object] = {}
    exec(test, names)
    recorded = names["test_recorded_conversation"]
    assert callable(recorded)
    recorded()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_ours_is_told_in_one_line(folder: Path, host: str) -> None:
    surroundings = environment(HOST=host, PORT="0")
    ran = subprocess.run(command("run"), cwd=folder, env=surroundings, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1
    assert host in complaint(ran)
