"""Server-sent events: one frame per message, kept alive through proxies, ended at shutdown."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

from aiohttp import web

from bot.messages import Message

from . import problems
from .ports import Conversations

KEEP_ALIVE = 15.0  # seconds
LONGEST = 1800.0  # seconds; then the client connects, and is asked for its token, anew
MOST_OF_ONE = 12  # streams of one conversation at once: tabs and devices
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}

Event = Callable[[Message], str | None]
"""A message as the data of an event; None leaves it out."""


class Streams:
    """The open streams of this process."""

    def __init__(self, conversations: Conversations, keep_alive: float = KEEP_ALIVE) -> None:
        self._conversations, self._keep_alive = conversations, keep_alive
        self._open: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[object]] = set()

    async def serve(self, request: web.Request, conversation: str, event: Event, after: int,
                    headers: dict[str, str] | None = None) -> web.StreamResponse:
        """Answers a request with what comes after a message, until the client leaves.

        Raises Problem (429) where a conversation has too many streams.
        """
        if self._open[conversation] >= MOST_OF_ONE:
            raise problems.too_many(self._keep_alive)
        task = asyncio.current_task()
        assert task is not None, "a handler runs in a task"
        self._open[conversation] += 1
        self._tasks.add(task)
        response = web.StreamResponse(headers=HEADERS | (headers or {}))
        try:
            await response.prepare(request)
            await self._write(response, conversation, event, _resumed(request, after))
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client has left, or the server stops
        finally:
            self._tasks.discard(task)
            self._open[conversation] -= 1
            self._open += Counter()  # drops the zeros
        return response

    async def _write(self, response: web.StreamResponse, conversation: str, event: Event, after: int) -> None:
        await response.write(b"retry: 3000\n\n")
        clock = asyncio.get_running_loop().time
        end = clock() + LONGEST
        while clock() < end:
            messages = await self._conversations.news(conversation, after, self._keep_alive)
            for message in messages:
                after = message.id
                data = event(message)
                if data is not None:
                    await response.write(frame(message.id, data))
            if not messages:
                await response.write(b": still here\n\n")

    async def close(self, _application: web.Application) -> None:
        """Ends all streams."""
        for task in tuple(self._tasks):
            task.cancel()


def frame(number: int, data: str) -> bytes:
    """One event."""
    lines = "".join(f"data: {line}\n" for line in data.replace("\r", "").split("\n"))
    return f"id: {number}\n{lines}\n".encode()


def _resumed(request: web.Request, after: int) -> int:
    """Where a client that lost its connection goes on."""
    last = request.headers.get("Last-Event-ID", "")
    return max(after, int(last)) if last.isdecimal() and len(last) <= 18 else after
