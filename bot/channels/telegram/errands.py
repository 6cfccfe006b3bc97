"""Best-effort calls beside the work: nobody waits for them, and their failure is only logged."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import structlog
from telegram.error import TelegramError

log = structlog.get_logger()


class Errands:
    """Runs them, and waits a little for those still under way at the end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, errand: str, call: Coroutine[object, object, object]) -> None:
        """Starts a call and returns at once."""
        task = asyncio.create_task(self._tried(errand, call))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self, patience: float = 2.0) -> None:
        """Waits for what is under way, and gives up the rest."""
        if self._running:
            _done, late = await asyncio.wait(self._running, timeout=patience)
            for task in late:
                task.cancel()

    @staticmethod
    async def _tried(errand: str, call: Coroutine[object, object, object]) -> None:
        try:
            await call
        except TelegramError as error:
            log.info("telegram: left undone", errand=errand, error=str(error))
