"""Messages a second over the webhook, each reply sent only after its state is durable; beside an ordinary peer.

The peer is python-telegram-bot's own ConversationHandler with a pickle written after every update, the durable way it
offers. Both serve the same dialogue over the same Bot API server in this process: `python -m tests.benchmarks.webhook`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.bot_api import TOKEN, BotApi
from tests.support.process import free_port, start

# Typed lines only: every reply is one sendMessage, for both.
STEPS = ("/check", "1", "Kenya", "4")


@dataclass(frozen=True)
class Figures:
    """Messages a second, and how long a person waits for the reply, in milliseconds."""

    chats: int
    rate: float
    median: float
    slowest: float  # of a hundred


async def talk(api: BotApi, chats: int, seconds: float) -> Figures:
    """Lets so many people talk at once, each waiting for the reply before the next line."""
    replied: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
    api.world.sent = lambda chat: replied[chat].set()
    waits: list[float] = []
    end = time.perf_counter() + seconds

    async def person(chat: int) -> None:
        while time.perf_counter() < end:
            for line in STEPS:
                replied[chat].clear()
                began = time.perf_counter()
                api.world.say(chat, line)
                await asyncio.wait_for(replied[chat].wait(), 60)
                waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(person(1000 + number) for number in range(chats)))
    rate = len(waits) / (time.perf_counter() - began)
    ordered = sorted(waits)
    return Figures(chats, rate, statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.99)] * 1000)


@asynccontextmanager
async def assistant(api: BotApi, folder: Path) -> AsyncIterator[None]:
    """Ours, in a process of its own."""
    port = free_port()
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "TELEGRAM_MODE": "webhook",
                "PUBLIC_URL": f"http://127.0.0.1:{port}", "TELEGRAM_WEBHOOK_SECRET": "secret"}
    process = await start(folder, settings, port)
    await api.wait_for("setWebhook", timeout=30)
    try:
        yield
    finally:
        await process.stop()


@asynccontextmanager
async def peer(api: BotApi, folder: Path) -> AsyncIterator[None]:
    """The ordinary peer, in a process of its own."""
    port = free_port()
    environment = {**os.environ, "PEER_API": api.url, "PEER_PORT": str(port), "PEER_FOLDER": str(folder), "PEER_TOKEN": TOKEN}
    child = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.benchmarks.peer", env=environment)
    await api.wait_for("setWebhook", timeout=30)
    await asyncio.sleep(0.5)
    try:
        yield
    finally:
        child.terminate()
        await child.wait()


async def measure(seconds: float, chats: list[int]) -> None:
    """Prints both sides' figures and their ratio."""
    print(f"{'':10}{'chats':>6}{'messages/s':>12}{'p50 ms':>9}{'p99 ms':>9}")
    results: dict[tuple[str, int], Figures] = {}
    for number in chats:
        for name, side in (("assistant", assistant), ("peer", peer)):
            with tempfile.TemporaryDirectory() as folder:
                async with BotApi() as api, side(api, Path(folder)):
                    await talk(api, min(number, 5), 1.0)  # both warm
                    found = await talk(api, number, seconds)
            results[name, number] = found
            print(f"{name:10}{number:6}{found.rate:12.0f}{found.median:9.1f}{found.slowest:9.1f}", flush=True)
        ratio = results["assistant", number].rate / results["peer", number].rate
        print(f"{'ratio':10}{number:6}{ratio:11.1f}x", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--chats", type=int, nargs="+", default=[1, 50, 500])
    given = parser.parse_args()
    asyncio.run(measure(given.seconds, given.chats))
