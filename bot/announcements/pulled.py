"""Announcements for people who come and fetch their messages: stored is delivered, and the stored message wakes their streams."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED
from bot.store.announcement_tables import delivery
from bot.store.chats import NewMessage, add_messages

from .claim import Running, claim
from .outcome import count, settle

AT_ONCE = 500


async def lay_in(connection: AsyncConnection, me: str, running: Running, now: datetime) -> int:
    """Lays the announcement into the next few hundred web chats; returns how many, all in the caller's transaction."""
    claims = await claim(connection, me, running, PULLED, AT_ONCE, now)
    bodies = [(one.chat, running.content.body(one.language, one.name)) for one in claims]
    await add_messages(connection, [NewMessage(number, "assistant", body, now, sent_at=now) for number, body in bodies if body])
    if claims:
        chats = [one.chat for one in claims]
        held = delivery.c.owner == me
        done = await settle(connection, running.id, chats, "sent", "", now, held)
        await count(connection, Counter({(running.id, "sent"): done}))
    return len(claims)
