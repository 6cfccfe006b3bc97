"""What channels learn of their chats apart from messages: blocked, open again, moved to another address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, or_, select, update

from bot.store.database import Store
from bot.store.schema import chat


@dataclass(frozen=True)
class StoredPresence:
    """Keeps it in the store."""

    store: Store
    now: Callable[[], datetime]

    async def reached(self, handle: str, is_open: bool) -> None:
        """The person has blocked the assistant, or let it in again; in a group, all who talk with it there."""
        blocked_at = None if is_open else self.now()
        async with self.store.write() as connection:
            await connection.execute(update(chat).where(_at(handle)).values(blocked_at=blocked_at))

    async def moved(self, old: str, new: str) -> None:
        """The chat has a new address; its conversations go with it unless some have begun there."""
        moved = literal(new) + func.substr(chat.c.handle, len(old) + 1)
        async with self.store.write() as connection:
            taken = await connection.scalar(select(chat.c.id).where(_at(new)).limit(1))
            if taken is None:
                await connection.execute(update(chat).where(_at(old)).values(handle=moved))


def _at(handle: str) -> ColumnElement[bool]:
    """The chat itself, and the conversations of single people in it."""
    return or_(chat.c.handle == handle, chat.c.handle.startswith(f"{handle}/", autoescape=True))
