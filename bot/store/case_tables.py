"""The tables of partnerships' cases. A case goes with its last member; what somebody wrote goes with the person, what a
municipality has done stays without a name.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from .base import metadata, number, of
from .inbox_tables import Row, folded
from .types import Moment


def searched(written: Row) -> str:
    """What a municipality is found by, as its row is written."""
    return folded(str(written.get_current_parameters()["name"]))


checklist_call = Table(
    "checklist_call", metadata, number(),  # a published version of the checklist; nothing is overwritten
    Column("title", JSON, nullable=False),  # by language, as all words of staff here
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("deadline", Date),
    Column("regions", JSON, nullable=False),
    Column("partner_required", Boolean, nullable=False),
    Column("submission", JSON, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("added", JSON, nullable=False),
    of("staff", ondelete="SET NULL", index=False),
    Column("published_at", Moment, nullable=False),
)

partnership = Table(
    "partnership", metadata, number(),
    of("checklist_call", "call_id", ondelete="SET NULL"),
    Column("opened_at", Moment, nullable=False),
    Column("team_asked_at", Moment),  # since when the team may read its notes
    sqlite_autoincrement=True,
)
municipality = Table(
    "municipality", metadata, number(), of("partnership", index=False),
    Column("side", String(8), nullable=False),  # south or german
    Column("name", String(100), nullable=False),
    Column("country", String(2), nullable=False),
    Column("land", String(2), nullable=False),
    Column("searched", Text, nullable=False, default=searched),  # its name in small letters
    UniqueConstraint("partnership_id", "side"),
)
case_member = Table(
    "case_member", metadata, number(), of("partnership"), of("person"), of("chat"),
    Column("side", String(8), nullable=False),
    Column("name", String(100), nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment),
    Column("seen_event", Integer, nullable=False),  # up to which event the member knows what happened
    Column("paused", Boolean, nullable=False),
    Column("reminded_on", Date),  # the last day of a reminder: at most one a day
    UniqueConstraint("partnership_id", "person_id"),
)
invitation = Table(
    "invitation", metadata, number(), of("partnership"),
    Column("side", String(8), nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    of("case_member", "member_id"),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)
case_part = Table(
    "case_part", metadata, number(), of("partnership", index=False),
    Column("item", String(32), nullable=False),
    Column("side", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("due", Date),
    of("case_member", "responsible", ondelete="SET NULL", index=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("partnership_id", "item", "side"),
    Index("ix_case_part_status", "status", "partnership_id", "item", "side"),  # all that lists of cases ask of parts
)
case_note = Table(
    "case_note", metadata, number(), of("partnership"),
    Column("item", String(32), nullable=False),
    of("case_member", "member_id", nullable=True),  # null for the team
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
case_event = Table(
    "case_event", metadata, number(), of("partnership"),
    Column("kind", String(32), nullable=False),
    Column("item", String(32), nullable=False),
    Column("side", String(8)),  # null for the team
    of("case_member", "member_id", ondelete="SET NULL", index=False),
    Column("value", String(64), nullable=False),  # a status, a day or a member's number; never words
    Column("revision", Integer, nullable=False),  # that the part has come to by it
    Column("at", Moment, nullable=False),
)
case_enquiry = Table(
    "case_enquiry", metadata, number(),  # which point of whose checklist an enquiry to the team is about
    of("enquiry"),
    of("partnership"),
    Column("item", String(32), nullable=False),
)
document = Table(
    "document", metadata, number(), of("person"),
    Column("key", String(64), nullable=False, index=True),  # SHA-256 of its content, under which the file is kept
    Column("name", String(120), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("caption", String(1000), nullable=False),
    Column("at", Moment, nullable=False),
    of("partnership", nullable=True),  # null while the person has not said where it belongs
    of("case_member", "member_id", nullable=True),
    Column("item", String(32)),
    Column("side", String(8)),
    sqlite_autoincrement=True,
)
# Who may fetch a document for a while, by a link.
document_grant = Table(
    "document_grant", metadata, number(), of("document"), of("case_member", "member_id"),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)
# Who may fetch the summary in two languages for a while, by a link.
file_grant = Table(
    "file_grant", metadata, number(), of("partnership"), of("case_member", "member_id"),
    Column("languages", String(40), nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)
