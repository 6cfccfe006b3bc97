"""Chats of people who have written nothing yet, many at once."""

from __future__ import annotations

from bot.store import chats
from bot.store.chats import ChatRow
from bot.store.database import Store
from tests.support.talk import NOW


async def strangers(store: Store, many: int) -> list[ChatRow]:
    """So many of them."""
    handles = [f"note:{number}" for number in range(many)]
    async with store.write() as connection:
        await chats.create_chats(connection, [{"handle": handle, "language": "en", "state": {}} for handle in handles], NOW)
        found = await chats.chats_by_handle(connection, handles)
    return [found[handle] for handle in handles]
