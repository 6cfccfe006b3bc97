"""The assistant as its own process, so that it can be killed like one."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

START_TAKES = 30.0  # seconds at most, on a busy machine


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A running assistant; `url` is where its pages are."""

    child: asyncio.subprocess.Process
    url: str

    async def kill(self) -> None:
        """kill -9: no farewell, no clean-up."""
        self.child.send_signal(signal.SIGKILL)
        await self.child.wait()

    async def stop(self) -> None:
        """As an operator stops it."""
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.child.wait(), 20)
            except TimeoutError:
                await self.kill()


async def start(folder: Path, settings: Mapping[str, str] | None = None, port: int | None = None) -> Process:
    """Starts the assistant with its data in `folder` and waits until it is ready."""
    number = port or free_port()
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(number), **(settings or {})}
    log = (folder / "log.txt").open("ab")
    child = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment, stdout=log, stderr=log)
    log.close()
    process = Process(child, f"http://127.0.0.1:{number}")
    try:
        await asyncio.wait_for(_ready(process), START_TAKES)
    except BaseException:
        with suppress(ProcessLookupError):
            child.kill()
        raise
    return process


@asynccontextmanager
async def running(folder: Path, settings: Mapping[str, str] | None = None) -> AsyncIterator[Process]:
    """An assistant for the length of a block."""
    process = await start(folder, settings)
    try:
        yield process
    finally:
        await process.stop()


async def _ready(process: Process) -> None:
    async with aiohttp.ClientSession() as client:
        while True:
            if process.child.returncode is not None:
                raise RuntimeError(f"the assistant ended with {process.child.returncode}")
            with suppress(aiohttp.ClientError):
                async with client.get(f"{process.url}/readyz") as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.02)
