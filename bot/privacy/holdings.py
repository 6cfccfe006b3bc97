"""All that is held on one person, in words for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.held import held_for_announcements
from bot.conferences.held import held_for_conferences
from bot.store.case_tables import case_member, case_note, document
from bot.store.inbox_tables import enquiry_entry
from bot.store.schema import chat, consent, enquiry, message, miss, miss_asker, subscription
from flows.known import Holding, Profile
from locales import _

KEPT_MESSAGES = _("30 days after the message.")
KEPT_CHAT = _("until you delete it, or 365 days after your last message.")
KEPT_WAITING = _("until you have the answer, or delete it.")
KEPT_CASE = _("until you delete it, or 90 days after everybody has left the checklist.")
KEPT_ENQUIRY = _("until you delete it, or 180 days after it is closed.")


async def profile_of(connection: AsyncConnection, handle: str) -> Profile:
    """What is held on the person behind a chat."""
    row = (await connection.execute(select(chat).where(chat.c.handle == handle))).first()
    if row is None:
        return Profile()
    topics = frozenset(await connection.scalars(select(subscription.c.topic).where(subscription.c.chat_id == row.id)))
    holdings = [*await _chat(connection, row), *await _enquiries(connection, row.person_id),
                *await _waiting(connection, row.id), *await _partnerships(connection, row.person_id),
                *await held_for_conferences(connection, row.person_id, row.id),
                *await _consents(connection, row.person_id), *await held_for_announcements(connection, row.id, topics)]
    return Profile(tuple(holdings), topics)


async def _chat(connection: AsyncConnection, row: Any) -> tuple[Holding, Holding]:
    count = await connection.scalar(select(func.count()).select_from(message).where(message.c.chat_id == row.id))
    session = (row.state or {}).get("session") or (row.state or {}).get("done")
    answers = tuple(f"{key}: {value}" for key, value in (session[1] if session else {}).items())
    questions = tuple(text for text in ((row.state or {}).get("asked"), (row.state or {}).get("missed")) if text)
    values = (f"{row.handle.partition(':')[0]}, {row.language}, {row.created_at:%Y-%m-%d}", *answers, *questions)
    why = _("To talk with you and to go on where you stopped.")
    return (Holding(_("This conversation"), why, KEPT_CHAT, values),
            Holding(_("The messages of this chat"), why, KEPT_MESSAGES, (f"✉ {count}",)))


async def _enquiries(connection: AsyncConnection, person: int) -> Iterable[Holding]:
    rows = list(await connection.execute(select(enquiry).where(enquiry.c.person_id == person).order_by(enquiry.c.id)))
    if not rows:
        return ()
    written = await _written(connection, [row.id for row in rows])
    values = tuple(value for row in rows for value in (_asked(row), *written.get(row.id, ())))
    return (Holding(_("Your enquiries to the team"), _("To answer you."), KEPT_ENQUIRY, values),)


def _asked(row: Any) -> str:
    named = " ".join(filter(None, (row.side, row.country, row.contact)))
    return f"{row.reference} ({row.opened_at:%Y-%m-%d}): {row.question} {named}".strip()


async def _written(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """What the person and the team have written about these enquiries, the team's notes on them as well."""
    own = enquiry_entry.c.kind.in_(("person", "staff", "note"))
    rows = await connection.execute(select(enquiry_entry).where(enquiry_entry.c.enquiry_id.in_(numbers), own)
                                    .order_by(enquiry_entry.c.id))
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.enquiry_id, []).append(f"{'→' if row.kind == 'person' else '←'} {row.text}")
    return found


async def _waiting(connection: AsyncConnection, number: int) -> Iterable[Holding]:
    texts = select(miss.c.text).join(miss_asker).where(miss_asker.c.chat_id == number).order_by(miss.c.id)
    values = tuple(await connection.scalars(texts))
    if not values:
        return ()
    return (Holding(_("Questions whose answer you want to hear"), _("To tell you the answer."), KEPT_WAITING, values),)


async def _partnerships(connection: AsyncConnection, person: int) -> Iterable[Holding]:
    rows = list(await connection.execute(select(case_member).where(case_member.c.person_id == person).order_by(case_member.c.id)))
    if not rows:
        return ()
    notes = select(case_note.c.text).join(case_member, case_member.c.id == case_note.c.member_id)
    written = await connection.scalars(notes.where(case_member.c.person_id == person).order_by(case_note.c.id))
    papers = await connection.scalars(select(document.c.name).where(document.c.person_id == person).order_by(document.c.id))
    names = [f"{row.name} ({row.joined_at:%Y-%m-%d})" for row in rows]
    what = _("Partnerships' checklists: your name, notes and documents")
    values = (*names, *written, *(f"📄 {name}" for name in papers))
    return (Holding(what, _("To work on a proposal together."), KEPT_CASE, values),)


async def _consents(connection: AsyncConnection, person: int) -> Iterable[Holding]:
    rows = list(await connection.execute(select(consent).where(consent.c.person_id == person).order_by(consent.c.id)))
    if not rows:
        return ()
    values = tuple(f"{row.purpose} ({row.version}, {row.given_at:%Y-%m-%d})" for row in rows)
    return (Holding(_("What you agreed to"), _("To prove your consent."), KEPT_CHAT, values),)
