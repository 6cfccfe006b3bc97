"""Enquiries to the team: listed, answered into the person's chat, closed.

An answer counts as closing: from then on the term runs after which the enquiry is deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED, Body
from locales import Text, _, words

from .case_tables import case_enquiry
from .chats import NewMessage, add_messages
from .schema import chat, enquiry, enquiry_reply, staff

Status = Literal["open", "answered", "closed"]
STATUSES: tuple[Status, ...] = ("open", "answered", "closed")


@dataclass(frozen=True)
class Answer:
    """What the team has answered; `by` is empty where it came from the command line."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Enquiry:
    """One enquiry as the team sees it.

    `case` is the partnership's checklist that it was asked from, if it was.
    `contact` is an e-mail address, or empty for the chat; `handle` is the chat, empty once it is gone.
    """

    id: int
    person: int
    reference: str
    question: str
    contact: str
    language: str
    status: str
    opened_at: datetime
    closed_at: datetime | None
    chat: int | None
    handle: str
    blocked: bool
    case: int | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def channel(self) -> str:
        return self.handle.partition(":")[0]


@dataclass(frozen=True)
class Delivery:
    """Where an answer goes: into the chat, and by whose hand to an e-mail address, which is never written to by itself."""

    enquiry: Enquiry
    in_chat: bool
    email: str


async def enquiries(connection: AsyncConnection, status: Status | None = None) -> list[Enquiry]:
    """All enquiries of a status, or all, oldest first."""
    wanted: ColumnElement[bool] = enquiry.c.status == status if status else true()
    return await _found(connection, _enquiries().where(wanted))


async def enquiry_named(connection: AsyncConnection, reference: str) -> Enquiry | None:
    """The enquiry of a reference number, however its letters were typed."""
    found = await _found(connection, _enquiries().where(enquiry.c.reference == _reference(reference)))
    return found[0] if found else None


async def reply(connection: AsyncConnection, reference: str, text: str, staff_id: int | None, now: datetime) -> Delivery | None:
    """Keeps the team's answer and lays it into the person's chat; None where there is no such enquiry."""
    asked = await enquiry_named(connection, reference)
    if asked is None:
        return None
    await connection.execute(insert(enquiry_reply).values(enquiry_id=asked.id, staff_id=staff_id, text=text, at=now))
    await _set_status(connection, asked, "answered", now)
    if asked.chat is not None:
        await _lay_into_chat(connection, asked, asked.chat, text, now)
    return Delivery(asked, asked.chat is not None and not asked.blocked, asked.contact)


async def close(connection: AsyncConnection, reference: str, now: datetime) -> bool:
    """Closes an enquiry without an answer; whether there is one of that number."""
    asked = await enquiry_named(connection, reference)
    if asked is not None:
        await _set_status(connection, asked, "closed", now)
    return asked is not None


async def reopen(connection: AsyncConnection, reference: str) -> bool:
    """Opens an enquiry again; whether there is one of that number."""
    asked = await enquiry_named(connection, reference)
    if asked is not None:
        await _set_status(connection, asked, "open", None)
    return asked is not None


def answer_body(asked: Enquiry, text: str) -> Body:
    """The team's answer as the person reads it: a frame in their language around the team's own words."""
    spoken = words(asked.language)
    frame: Text = _("Answer from the team to your question {reference}:", reference=asked.reference)
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return Body((("strong", spoken.render(frame)), *(("plain", part) for part in parts)), asked.language)


async def _lay_into_chat(connection: AsyncConnection, asked: Enquiry, number: int, text: str, now: datetime) -> None:
    pulled = asked.channel in PULLED
    message = NewMessage(number, "staff", answer_body(asked, text), now, sent_at=now if pulled else None)
    await add_messages(connection, [message])


async def _set_status(connection: AsyncConnection, asked: Enquiry, status: Status, closed_at: datetime | None) -> None:
    await connection.execute(update(enquiry).where(enquiry.c.id == asked.id).values(status=status, closed_at=closed_at))


def _reference(typed: str) -> str:
    """"e-7k2m9q", "7K2M9Q" and "E-7K2M9Q" are one number."""
    code = typed.strip().upper()
    return code if code.startswith("E-") else f"E-{code}"


def _enquiries() -> Select[Any]:
    spoken = chat.c.language.label("chat_language")
    case = select(case_enquiry.c.partnership_id).where(case_enquiry.c.enquiry_id == enquiry.c.id).scalar_subquery().label("case")
    columns = (enquiry, chat.c.handle, chat.c.blocked_at, spoken, case)
    return select(*columns).outerjoin(chat, chat.c.id == enquiry.c.chat_id).order_by(enquiry.c.id)


async def _found(connection: AsyncConnection, query: Select[Any]) -> list[Enquiry]:
    rows = list(await connection.execute(query))
    answers = await _answers(connection, [row.id for row in rows])
    return [Enquiry(row.id, row.person_id, row.reference, row.question, row.contact, row.chat_language or row.language,
                    row.status, row.opened_at, row.closed_at, row.chat_id, row.handle or "", row.blocked_at is not None, row.case,
                    tuple(answers.get(row.id, ()))) for row in rows]


async def _answers(connection: AsyncConnection, numbers: list[int]) -> dict[int, list[Answer]]:
    query = (select(enquiry_reply, staff.c.name).outerjoin(staff, staff.c.id == enquiry_reply.c.staff_id)
             .where(enquiry_reply.c.enquiry_id.in_(numbers)).order_by(enquiry_reply.c.id))
    found: dict[int, list[Answer]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.enquiry_id, []).append(Answer(row.text, row.at, row.name or ""))
    return found
