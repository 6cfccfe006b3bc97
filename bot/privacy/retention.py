"""What is too old to keep is deleted; the terms stand in `bot.privacy.register`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import announcement, delivery
from bot.store.case_tables import document, document_grant, file_grant
from bot.store.conference_tables import attendee, conference, conference_file, conference_pair, registration
from bot.store.database import Store
from bot.store.desk_tables import audit
from bot.store.files import sweep_soon
from bot.store.gone import count_as_left
from bot.store.partnerships import drop_abandoned, drop_empty
from bot.store.schema import chat, conclusion, enquiry, message, miss, person, rating, staff_link, staff_session

MESSAGES = timedelta(days=30)
OPEN_DIALOGUES = timedelta(days=90)
PEOPLE = timedelta(days=365)
CLOSED_ENQUIRIES = timedelta(days=180)
STATISTICS = timedelta(days=730)
DELIVERIES = timedelta(days=180)
AT_ONCE = 5000  # rows in one transaction, so that chats do not wait
ABANDONED_CASES = timedelta(days=90)
NEEDS = timedelta(days=7)  # after a conference: passport names, meals, what is needed there
REGISTRATIONS = timedelta(days=180)  # after a conference
WAITING_DOCUMENTS = timedelta(days=14)


async def forget_by_time(store: Store, now: datetime) -> None:
    """Deletes what has outlived its term; `rehearsal` counts by these same statements."""
    idle_people = select(chat.c.person_id).where(chat.c.seen_at < now - PEOPLE)
    with_enquiry = select(enquiry.c.person_id).where(or_(
        enquiry.c.closed_at.is_(None), enquiry.c.closed_at >= now - CLOSED_ENQUIRIES))
    with_matters = union(with_enquiry, select(registration.c.person_id))
    async with store.write() as connection:
        await connection.execute(delete(audit).where(audit.c.at < now - STATISTICS))
        await connection.execute(delete(message).where(message.c.at < now - MESSAGES, message.c.sent_at.is_not(None)))
        idle = select(chat.c.id).where(chat.c.seen_at < now - OPEN_DIALOGUES)
        await connection.execute(update(enquiry).where(enquiry.c.talk_since.is_not(None), enquiry.c.chat_id.in_(idle))
                                 .values(talk_since=None))
        await connection.execute(update(chat).where(chat.c.seen_at < now - OPEN_DIALOGUES).values(state={}))
        await connection.execute(delete(enquiry).where(enquiry.c.closed_at < now - CLOSED_ENQUIRIES))
        await count_as_left(connection, chat.c.person_id.in_(idle_people) & chat.c.person_id.not_in(with_matters))
        await connection.execute(
            delete(person).where(person.c.id.in_(idle_people), person.c.id.not_in(with_matters)))
        await drop_empty(connection)
        await drop_abandoned(connection, now - ABANDONED_CASES)
        await connection.execute(delete(document).where(
            document.c.partnership_id.is_(None), document.c.at < now - WAITING_DOCUMENTS))
        await sweep_soon(connection, now)
        await connection.execute(delete(document_grant).where(document_grant.c.expires_at < now))
        await connection.execute(delete(file_grant).where(file_grant.c.expires_at < now))
        await connection.execute(delete(staff_link).where(staff_link.c.expires_at < now, staff_link.c.used_at.is_(None)))
        await connection.execute(delete(staff_session).where(staff_session.c.expires_at < now))
        await _forget_conferences(connection, now)
        for table in (miss, rating, conclusion):
            await connection.execute(delete(table).where(table.c.at < now - STATISTICS))


async def forget_deliveries(store: Store, now: datetime) -> None:
    """Deletes who got an announcement, some time after it ended."""
    while await _forget_deliveries(store, now - DELIVERIES):
        pass


async def _forget_conferences(connection: AsyncConnection, now: datetime) -> None:
    """What was needed only at a conference goes soon after it, who registered some months later."""
    over = select(registration.c.id).join(conference)
    needed = over.where(conference.c.last_day < (now - NEEDS).date())
    none = {"visa_name": "", "visa_from": None, "visa_until": None, "diet": "", "accessibility": "", "travel": ""}
    still = or_(*(attendee.c[name].is_distinct_from(value) for name, value in none.items()))
    await connection.execute(update(attendee).where(attendee.c.registration_id.in_(needed), still).values(none))
    await connection.execute(delete(conference_file).where(conference_file.c.registration_id.in_(needed)))
    await connection.execute(delete(registration).where(
        registration.c.id.in_(over.where(conference.c.last_day < (now - REGISTRATIONS).date()))))
    kept = select(registration.c.pair_id).where(registration.c.pair_id.is_not(None))
    await connection.execute(delete(conference_pair).where(
        conference_pair.c.id.not_in(kept), conference_pair.c.created_at < now - NEEDS))


async def _forget_deliveries(store: Store, before: datetime) -> bool:
    """A few thousand recipients of one announcement that ended before then; whether there were any. Its counters stay."""
    ended = select(announcement.c.id).where(announcement.c.ended_at < before, exists().where(
        delivery.c.announcement_id == announcement.c.id)).order_by(announcement.c.id).limit(1)
    async with store.write() as connection:
        number = await connection.scalar(ended)
        if number is None:
            return False
        chats = select(delivery.c.chat_id).where(delivery.c.announcement_id == number).limit(AT_ONCE)
        await connection.execute(delete(delivery).where(delivery.c.announcement_id == number, delivery.c.chat_id.in_(chats)))
        return True
