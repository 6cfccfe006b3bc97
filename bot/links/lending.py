"""What a link leads to, for the web page that serves it and for a channel that sends it as a file: one set of rights for both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.cases.documents import lent
from bot.cases.granting import Grant, granted
from bot.cases.reading import case_numbered
from bot.documents.kinds import KINDS
from bot.documents.shelf import Shelf
from bot.knowledge import LiveKnowledge
from bot.messages import Attachment
from bot.store.database import Store
from bot.summary.content import Line, lines
from flows.codes import key_of


@dataclass(frozen=True)
class Opened:
    """A file; what people have sent is only ever saved, never run in the page's name."""

    name: str
    type: str
    content: bytes
    shown: Literal["inline", "attachment"]


class Lending:
    """Opens links: `{base}/files/CODE/summary.pdf`, `summary.txt` and `document`."""

    def __init__(self, store: Store, live: LiveKnowledge, now: Callable[[], datetime], base: str, shelf: Shelf) -> None:
        self._store, self._live, self._now, self._shelf = store, live, now, shelf
        self._prefix = f"{base}/files/"

    async def attachment(self, url: str) -> Attachment | None:
        """The file behind one of our own links, None for any other link and for one that holds no longer."""
        code, _slash, file = url.removeprefix(self._prefix).partition("/")
        opened = await self.open(code, file) if url.startswith(self._prefix) else None
        return None if opened is None else Attachment("document", opened.name, opened.content)

    async def open(self, code: str, file: str) -> Opened | None:
        """What a code opens under this name; None where it opens nothing, or no longer."""
        match file:
            case "summary.pdf" | "summary.txt":
                return await self._summary(key_of(code), file)
            case "document":
                return await self._document(key_of(code))
            case _:
                return None

    async def _document(self, key: str) -> Opened | None:
        async with self._store.read() as connection:
            found = await lent(connection, key, self._now())
        content = await asyncio.to_thread(self._shelf.get, found.key) if found else None
        if found is None or content is None:
            return None
        return Opened(found.name, KINDS[found.kind].type, content, "attachment")

    async def _summary(self, key: str, file: str) -> Opened | None:
        async with self._store.read() as connection:
            found = await granted(connection, key, self._now())
        content = await self._lines(found) if found else None
        if found is None or content is None:
            return None
        pair = found.languages[0], found.languages[-1]
        if file == "summary.txt":
            from bot.summary.plain import text

            return Opened(file, "text/plain; charset=utf-8", text(content, pair).encode(), "inline")
        from bot.summary.pdf import page  # with its fonts, dear to import, and needed for this alone

        return Opened(file, "application/pdf", await asyncio.to_thread(page, content, pair), "inline")

    async def _lines(self, found: Grant) -> tuple[Line, ...] | None:
        knowledge = self._live.knowledge
        async with self._store.read() as connection:
            case = await case_numbered(connection, found.case, knowledge.checklist, self._now())
        return None if case is None else lines(case, knowledge, self._now().date())
