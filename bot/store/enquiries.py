"""Enquiries to the team as it sees them, with what was answered; what the team does with them stands in `bot.inbox`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from .case_tables import case_enquiry
from .inbox_tables import enquiry_assignee, enquiry_entry
from .schema import chat, enquiry, staff

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
    `contact` is an e-mail address, or empty for the chat; `handle` is the chat, empty once it is gone. `talks`: the person
    talks with the team about it now; `awaited_since` is since when they wait for the team's word. `version` counts what the
    team has done with it.
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
    side: str
    country: str
    talks: bool
    awaited_since: datetime | None
    version: int
    assignee: int | None = None
    assignee_name: str = ""
    case: int | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def channel(self) -> str:
        return self.handle.partition(":")[0]

    @property
    def can_be_reached(self) -> bool:
        """Whether there is a chat that takes messages."""
        return self.chat is not None and not self.blocked


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


def _reference(typed: str) -> str:
    """"e-7k2m9q", "7K2M9Q" and "E-7K2M9Q" are one number."""
    code = typed.strip().upper()
    return code if code.startswith("E-") else f"E-{code}"


def _enquiries() -> Select[Any]:
    spoken = chat.c.language.label("chat_language")
    case = select(case_enquiry.c.partnership_id).where(case_enquiry.c.enquiry_id == enquiry.c.id).scalar_subquery().label("case")
    columns = (enquiry, chat.c.handle, chat.c.blocked_at, spoken, case, staff.c.id.label("assignee"), staff.c.name)
    return (select(*columns).outerjoin(chat, chat.c.id == enquiry.c.chat_id)
            .outerjoin(enquiry_assignee, enquiry_assignee.c.enquiry_id == enquiry.c.id)
            .outerjoin(staff, staff.c.id == enquiry_assignee.c.staff_id).order_by(enquiry.c.id))


async def _found(connection: AsyncConnection, query: Select[Any]) -> list[Enquiry]:
    rows = list(await connection.execute(query))
    answers = await _answers(connection, [row.id for row in rows])
    return [Enquiry(row.id, row.person_id, row.reference, row.question, row.contact, row.chat_language or row.language,
                    row.status, row.opened_at, row.closed_at, row.chat_id, row.handle or "", row.blocked_at is not None, row.side,
                    row.country, row.talk_since is not None, row.awaited_since, row.version, row.assignee, row.name or "",
                    row.case, tuple(answers.get(row.id, ()))) for row in rows]


async def _answers(connection: AsyncConnection, numbers: list[int]) -> dict[int, list[Answer]]:
    query = (select(enquiry_entry, staff.c.name).outerjoin(staff, staff.c.id == enquiry_entry.c.staff_id)
             .where(enquiry_entry.c.enquiry_id.in_(numbers), enquiry_entry.c.kind == "staff").order_by(enquiry_entry.c.id))
    found: dict[int, list[Answer]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.enquiry_id, []).append(Answer(row.text, row.at, row.name or ""))
    return found
