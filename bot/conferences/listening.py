"""What people say of conferences besides registering: that they want to hear of the next one, and how one was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.chats import ChatRow
from bot.store.conference_tables import conference_feedback, conference_interest, registration
from flows.conference import telling as words
from flows.conference.effects import GiveFeedback, Interested
from flows.replies import MENU, Reply, say


async def be_told(connection: AsyncConnection, row: ChatRow, wanted: Interested, now: datetime) -> None:
    """Puts somebody on the list of those who are told of a region's next conference; the subscription goes beside it."""
    same = (conference_interest.c.chat_id == row.id, conference_interest.c.region == wanted.region,
            conference_interest.c.country == wanted.country)
    await connection.execute(delete(conference_interest).where(*same))
    await connection.execute(insert(conference_interest).values(
        person_id=row.person, chat_id=row.id, region=wanted.region, country=wanted.country, side=wanted.side, since=now))


async def take_feedback(connection: AsyncConnection, row: ChatRow, said: GiveFeedback, language: str, now: datetime) -> Reply:
    """Keeps an opinion without who gave it; only that it was given stays with the registration."""
    done = await connection.execute(
        update(registration).where(registration.c.id == said.registration, registration.c.person_id == row.person,
                                   registration.c.feedback_at.is_(None)).values(feedback_at=now))
    if not done.rowcount:
        return say(words.FEEDBACK_THERE, choices=(MENU,))
    number = await connection.scalar(select(registration.c.conference_id).where(registration.c.id == said.registration))
    await connection.execute(insert(conference_feedback).values(
        conference_id=number, rating=said.rating, helped=said.helped, text=said.text, language=language, at=now))
    return say(words.FEEDBACK_TAKEN, choices=(MENU,))
