"""The tables of the inbox: what was written about an enquiry, who of the team has read it, its tags, and replies kept ready."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint

from .base import metadata, number, of
from .types import Id, Moment


class Row(Protocol):
    """A row as it is written."""

    def get_current_parameters(self) -> dict[str, Any]:
        """Its values by column."""


def folded(text: str) -> str:
    """A text as it is searched: the same for all ways of writing its letters large and small."""
    return " ".join(text.casefold().split())


def searched(written: Row) -> str:
    """What an enquiry or an entry is found by, as its row is written."""
    row = written.get_current_parameters()
    return folded(" ".join(str(row[name]) for name in ("reference", "question", "text") if row.get(name)))


def opened(written: Row) -> datetime:
    """A new enquiry's last word is its first."""
    at: datetime = written.get_current_parameters()["opened_at"]
    return at


enquiry_entry = Table(
    "enquiry_entry", metadata, number(), of("enquiry"),
    Column("kind", String(16), nullable=False),  # question, person, staff, assistant, note, event
    of("staff", ondelete="SET NULL", index=False),  # who of the team wrote or did it
    Column("text", Text, nullable=False),  # of an event: its name, and after a colon whom it concerns
    Column("at", Moment, nullable=False),
    Column("key", String(100), unique=True),  # the channel's name of what led to it, so that it counts once
    Column("searched", Text, nullable=False, default=searched),
    sqlite_autoincrement=True,
)
enquiry_read = Table(
    "enquiry_read", metadata,
    Column("enquiry_id", Id, ForeignKey("enquiry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("staff_id", Id, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("entry", Id, nullable=False),  # the newest one that this member has seen
)
enquiry_assignee = Table(  # a row only while somebody of the team sees to it
    "enquiry_assignee", metadata,
    Column("enquiry_id", Id, ForeignKey("enquiry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    of("staff", nullable=False),
)
enquiry_tag = Table(
    "enquiry_tag", metadata, number(), of("enquiry", index=False),
    Column("tag", String(40), nullable=False, index=True),
    UniqueConstraint("enquiry_id", "tag"),
)
canned_reply = Table(
    "canned_reply", metadata, number(),
    Column("title", String(100), nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
    of("staff", ondelete="SET NULL", index=False),  # who wrote it last
    Column("at", Moment, nullable=False),
    UniqueConstraint("language", "title"),
)
