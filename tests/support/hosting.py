"""A conference with people who have registered, laid straight into the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.conferences.entering import add_conference
from bot.messages import Body
from bot.store.conference_tables import attendee, conference_pair, registration
from bot.store.database import Store
from bot.store.schema import chat, message, person
from flows.conference.view import Conference, Question, State
from locales import Spoken

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BASE = "https://chat.example.org"
CODE = "K7P4N9QX2M"
TITLE = Spoken((("en", "Partnership Conference Africa 2027"), ("de", "Partnerschaftskonferenz Afrika 2027"),
                ("ar", "مؤتمر الشراكة أفريقيا 2027")))
ARRIVAL = Question("arrival", "choice", Spoken((("en", "How do you arrive?"), ("de", "Wie reisen Sie an?"))),
                   Spoken((("en", "So that somebody meets you."),)),
                   (("bus", Spoken((("en", "By bus"),))), ("train", Spoken((("en", "By train"),)))))
LOGO = Question("logo", "file", Spoken((("en", "Your coat of arms"),)), required=False)
AFRICA = Conference("africa-2027", "africa", "Cologne", date(2027, 9, 8), date(2027, 9, 10), "Europe/Berlin", TITLE, 100,
                    date(2027, 6, 1), text=Spoken((("en", "Climate, water; and trade."),)),
                    programme=Spoken((("en", "9 am: opening"),)), contact="conference@example.org", stored=State.OPEN,
                    questions=(ARRIVAL, LOGO))


async def hosted(store: Store, one: Conference = AFRICA, **changes: Any) -> int:
    """Enters a conference; returns its number."""
    async with store.write() as connection:
        return await add_conference(connection, replace(one, **changes), None, NOW)


async def somebody(store: Store, handle: str, language: str = "en") -> tuple[int, int]:
    """A person with a chat: their numbers."""
    async with store.write() as connection:
        owner = await connection.scalar(insert(person).values(created_at=NOW).returning(person.c.id))
        number = await connection.scalar(insert(chat).values(
            person_id=owner, handle=handle, language=language, state={}, version=0, created_at=NOW, seen_at=NOW,
        ).returning(chat.c.id))
    return int(owner or 0), int(number or 0)


async def comes(store: Store, code: str = CODE, names: str = "Amina Njoroge", *, conference: int = 1, guests: int = 1,
                language: str = "en", after: timedelta = timedelta(), visa: bool = False, needs: dict[str, Any] | None = None,
                **values: Any) -> int:
    """Registers somebody from Kisumu with so many people; returns the registration's number."""
    owner, number = await somebody(store, f"telegram:{code}", language)
    at = NOW + after
    row = {"conference_id": conference, "person_id": owner, "chat_id": number, "code": code, "side": "south",
           "municipality": "Kisumu", "country": "KE", "status": "confirmed", "queue": number, "people": guests,
           "language": language, "answers": {"arrival": "bus"}, "created_at": at, "changed_at": at}
    async with store.write() as connection:
        made = await connection.scalar(insert(registration).values(row | values).returning(registration.c.id))
        for position in range(1, guests + 1):
            await connection.execute(insert(attendee).values(_guest(int(made or 0), position, names, visa) | (needs or {})))
    return int(made or 0)


async def paired(store: Store, conference: int = 1) -> int:
    """A pair whose sides can be registered with its number."""
    async with store.write() as connection:
        number = await connection.scalar(insert(conference_pair).values(
            conference_id=conference, code_hash=f"pair-{conference}", held=0, created_at=NOW).returning(conference_pair.c.id))
    return int(number or 0)


async def told(store: Store) -> list[tuple[int, str]]:
    """What has been laid into chats: (chat, text), oldest first."""
    async with store.read() as connection:
        rows = await connection.execute(select(message).order_by(message.c.id))
        return [(row.chat_id, Body.from_json(row.body).text) for row in rows]


def _guest(made: int, position: int, names: str, visa: bool) -> dict[str, Any]:
    return {
        "registration_id": made, "position": position, "names": names if position == 1 else f"{names} {position}",
        "role": "Mayor", "email": "amina@kisumu.example", "phone": "+254 20 123456", "languages": "en fr",
        "interpretation": "fr", "diet": "vegan", "accessibility": "", "travel": "", "visa_name": names.upper() if visa else "",
        "visa_from": date(2027, 9, 6) if visa else None, "visa_until": date(2027, 9, 12) if visa else None}
