"""What people do with announcements: they join and leave, say what concerns them, press buttons, and register."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import announcement, delivery, listener
from bot.store.chats import ChatRow
from bot.store.conference_tables import conference_interest
from bot.store.consents import record_consent
from bot.store.schema import consent, subscription
from flows.subscriptions import REGIONAL
from flows.turn import Described, Heard, Subscribe, Unsubscribe

Listening = Subscribe | Unsubscribe | Described | Heard


async def apply_listening(connection: AsyncConnection, row: ChatRow, effect: Listening, language: str, now: datetime) -> None:
    """Carries one of these effects out, in the transaction that stores the turn."""
    match effect:
        case Subscribe(topics, version):
            await record_consent(connection, row, "announcements", version, language, now)
            await _leave(connection, row.id, topics)
            rows = [{"chat_id": row.id, "topic": topic, "since": now} for topic in topics]
            await connection.execute(insert(subscription), rows)
        case Unsubscribe(topics):
            await _leave(connection, row.id, topics)
            await _lose_interest(connection, row.id, topics)
            await _end(connection, row, now)
        case Described():
            await describe(connection, row.id, effect, now)
        case Heard():
            await note_press(connection, row.id, effect, now)


async def _leave(connection: AsyncConnection, chat: int, topics: tuple[str, ...]) -> None:
    await connection.execute(delete(subscription).where(subscription.c.chat_id == chat, subscription.c.topic.in_(topics)))


async def _lose_interest(connection: AsyncConnection, chat: int, topics: tuple[str, ...]) -> None:
    """With the announcements of a region's conferences ends the wish to hear of its next one."""
    regions = [region for region, topic in REGIONAL.items() if topic in topics] + [""] * ("conferences" in topics)
    await connection.execute(delete(conference_interest).where(
        conference_interest.c.chat_id == chat, conference_interest.c.region.in_(regions)))


async def _end(connection: AsyncConnection, row: ChatRow, now: datetime) -> None:
    """With the last topic end the consent and the use for what the person has said of themselves."""
    left = exists().where(subscription.c.chat_id == row.id)
    await connection.execute(update(consent).where(
        consent.c.person_id == row.person, consent.c.purpose == "announcements", consent.c.withdrawn_at.is_(None), ~left,
    ).values(withdrawn_at=now))
    await connection.execute(delete(listener).where(listener.c.chat_id == row.id, ~left))


async def describe(connection: AsyncConnection, chat: int, said: Described, now: datetime) -> None:
    """Keeps what a person has said of themselves, if announcements go to them: otherwise there is no use for it."""
    if not await connection.scalar(select(exists().where(subscription.c.chat_id == chat))):
        return
    kept = await connection.scalar(select(listener.c.name).where(listener.c.chat_id == chat))
    await connection.execute(delete(listener).where(listener.c.chat_id == chat))
    await connection.execute(insert(listener).values(
        chat_id=chat, side=said.side, country=said.country or None, partner=said.partner or None,
        name=said.name or kept, at=now))


async def note_press(connection: AsyncConnection, chat: int, heard: Heard, now: datetime) -> None:
    """Notes a press in the row of its delivery; people are counted, not presses."""
    here = (delivery.c.announcement_id == heard.announcement) & (delivery.c.chat_id == chat)
    row = (await connection.execute(select(delivery.c.clicked, delivery.c.departed_at).where(here))).first()
    if row is None:
        return
    values: dict[str, Any] = {"clicked": heard.button}
    counters = {} if row.clicked else {"clicked": announcement.c.clicked + 1}
    if heard.button == "leave" and row.departed_at is None:
        values |= {"departed_at": now}
        counters |= {"departed": announcement.c.departed + 1}
    await connection.execute(update(delivery).where(here).values(values))
    if counters:
        await connection.execute(update(announcement).where(announcement.c.id == heard.announcement).values(counters))


async def note_registration(connection: AsyncConnection, chat: int, now: datetime) -> None:
    """Counts a registration for the announcement whose button led to it; called in the transaction that stores it."""
    led = (select(delivery.c.announcement_id).where(delivery.c.chat_id == chat, delivery.c.clicked == "register",
                                                    delivery.c.registered_at.is_(None))
           .order_by(delivery.c.announcement_id.desc()).limit(1))
    number = await connection.scalar(led)
    if number is None:
        return
    await connection.execute(update(delivery).where(delivery.c.announcement_id == number, delivery.c.chat_id == chat)
                             .values(registered_at=now))
    await connection.execute(update(announcement).where(announcement.c.id == number)
                             .values(registered=announcement.c.registered + 1))
