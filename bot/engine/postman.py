"""Sends what is committed: in order within a chat, chats side by side, and reports back what became of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot.announcements.rate import Window
from bot.messages import Blocked, Message, Refused, Sender

from .committer import Marks, Results

log = structlog.get_logger()
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a message is tried again


@dataclass
class Postman:
    """One queue per chat; `senders` are the ways out, by channel."""

    results: Results
    senders: Mapping[str, Sender]
    window: Window
    _queues: dict[str, deque[Message]] = field(default_factory=dict)
    _rounds: set[asyncio.Task[None]] = field(default_factory=set)

    def deliver(self, messages: list[Message]) -> None:
        """Takes messages over; returns at once."""
        for message in messages:
            if message.channel not in self.senders:
                continue  # another replica, or a later start with that channel configured, sends it
            queue = self._queues.get(message.handle)
            if queue is not None:
                queue.append(message)
                continue
            self._queues[message.handle] = deque([message])
            task = asyncio.create_task(self._round(message.handle))
            self._rounds.add(task)
            task.add_done_callback(self._rounds.discard)

    async def stop(self, patience: float = 5.0) -> None:
        """Waits a little for what is on its way; the rest is sent at the next start."""
        if self._rounds:
            _done, late = await asyncio.wait(self._rounds, timeout=patience)
            for task in late:
                task.cancel()

    @property
    def length(self) -> int:
        """How many messages wait to be sent."""
        return sum(map(len, self._queues.values()))

    async def _round(self, handle: str) -> None:
        queue = self._queues[handle]
        while queue:
            blocked = await self._send(queue[0])
            if blocked:
                queue.clear()
            else:
                queue.popleft()
        del self._queues[handle]

    async def _send(self, message: Message) -> bool:
        """Sends one message however long it takes; true if the chat is blocked."""
        pause = FIRST_PAUSE
        while True:
            self.window.note(asyncio.get_running_loop().time())
            try:
                await self.senders[message.channel].send(message)
            except Blocked:
                self.results.report(Marks(blocked=[message.chat]))
                return True
            except Refused as refusal:
                self.results.report(Marks(failed=[(message.id, str(refusal))]))
                return False
            except Exception as error:  # noqa: BLE001  whatever it was, the message is kept and tried again
                log.warning("message not sent yet", message=message.id, error=str(error), again_in=pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self.results.report(Marks(sent=[message.id]))
                return False
