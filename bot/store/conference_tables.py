"""The tables of conferences, of who comes, and of who would like to hear of the next one.

What staff write stands by language. What somebody has entered goes with the person; how people liked it is kept without one.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from .base import metadata, number, of
from .types import Moment

conference = Table(
    "conference", metadata, number(),
    Column("slug", String(40), nullable=False, unique=True),  # its name in links
    Column("region", String(20), nullable=False),
    Column("host_city", String(100), nullable=False),
    Column("host_country", String(2), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("timezone", String(40), nullable=False),
    Column("title", JSON, nullable=False),
    Column("text", JSON, nullable=False),
    Column("programme", JSON, nullable=False),
    Column("invited", JSON, nullable=False),  # countries; none are the region's
    Column("places", Integer, nullable=False),
    Column("deadline", Date, nullable=False),  # of registration, its day included, by the host's clock
    Column("admission", String(16), nullable=False),  # first_come or approval
    Column("invitation_only", Boolean, nullable=False),
    Column("quotas", JSON, nullable=False),  # {"german": 20, "south": 60, "countries": {"KE": 5}}
    Column("hold_hours", Integer, nullable=False),  # to accept a place that has come free
    Column("contact", String(254), nullable=False),
    Column("state", String(16), nullable=False, index=True),  # draft, open, closed or cancelled; full and past are computed
    of("staff", ondelete="SET NULL", index=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

conference_question = Table(
    "conference_question", metadata, number(), of("conference", index=False),
    Column("position", Integer, nullable=False),
    Column("key", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # text, choice, several, number, date, country or file
    Column("words", JSON, nullable=False),
    Column("why", JSON, nullable=False),
    Column("options", JSON, nullable=False),  # [{"id": "bus", "words": {"en": "By bus"}}]
    Column("required", Boolean, nullable=False),
    Column("side", String(8), nullable=False),  # south, german or both
    Column("shared", Boolean, nullable=False),  # asked once of a pair
    Column("depends_on", JSON, nullable=False),  # {"key": ..., "option": ...}, empty where it is asked of everybody
    UniqueConstraint("conference_id", "key"),
)

# Two sides that come together: places are kept for both, and on the waiting list they move up as one.
conference_pair = Table(
    "conference_pair", metadata, number(), of("conference"),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("held", Integer, nullable=False),  # places kept for the side that has not registered yet
    Column("held_until", Moment),
    Column("created_at", Moment, nullable=False),
)

registration = Table(
    "registration", metadata, number(), of("conference", index=False), of("person"), of("chat"),
    of("conference_pair", "pair_id", ondelete="SET NULL"),
    Column("code", String(16), nullable=False, unique=True),  # who holds it may see and change the registration
    Column("side", String(8), nullable=False),  # south or german
    Column("municipality", String(100), nullable=False),
    Column("country", String(2), nullable=False),
    Column("status", String(16), nullable=False),  # pending, waiting, offered, confirmed, declined, withdrawn or lapsed
    Column("queue", Integer, nullable=False),  # the order in which registrations have come; a pair shares the earlier one
    Column("people", Integer, nullable=False),  # places that it takes or waits for
    Column("language", String(16), nullable=False),
    Column("answers", JSON, nullable=False),  # to the conference's own questions, by key
    Column("offered_until", Moment),
    Column("reminded_at", Moment),
    Column("feedback_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
Index("ix_registration_conference_id_status", registration.c.conference_id, registration.c.status, registration.c.queue)
# One registration of a person that still counts; those that have ended stay beside it until they are deleted.
_counts = registration.c.status.in_(["pending", "waiting", "offered", "confirmed"])
Index("uq_registration_conference_id_person_id", registration.c.conference_id, registration.c.person_id, unique=True,
      sqlite_where=_counts, postgresql_where=_counts)

attendee = Table(
    "attendee", metadata, number(), of("registration", index=False),
    Column("position", Integer, nullable=False),  # 1 is who registered
    Column("names", String(100), nullable=False),
    Column("role", String(100), nullable=False),
    Column("email", String(254), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("languages", String(100), nullable=False),  # ISO 639-1 codes, separated by spaces
    Column("interpretation", String(8), nullable=False),  # into which language; empty for none
    Column("diet", String(200), nullable=False),
    Column("accessibility", String(500), nullable=False),
    Column("travel", String(500), nullable=False),
    Column("visa_name", String(100), nullable=False),  # as in the passport; empty where no letter is wanted
    Column("visa_from", Date),
    Column("visa_until", Date),
    Column("checked_in_at", Moment),
    of("staff", "checked_in_by", ondelete="SET NULL", index=False),
    UniqueConstraint("registration_id", "position"),
)

conference_file = Table(
    "conference_file", metadata, number(), of("registration", index=False),
    Column("question", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("registration_id", "question"),
)

access_code = Table(
    "access_code", metadata, number(), of("conference"),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("label", String(100), nullable=False),  # whom the team gave it to
    Column("side", String(8), nullable=False),  # empty for both
    Column("country", String(2), nullable=False),  # empty for all
    Column("uses", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
)

conference_interest = Table(
    "conference_interest", metadata, number(), of("person"), of("chat", index=False),
    Column("region", String(20), nullable=False),  # empty where the team decides which one it is
    Column("country", String(2), nullable=False),
    Column("side", String(8), nullable=False),
    Column("since", Moment, nullable=False),
    UniqueConstraint("chat_id", "region", "country"),
)

conference_feedback = Table(
    "conference_feedback", metadata, number(), of("conference"),
    Column("rating", Integer, nullable=False),  # 1 to 5
    Column("helped", String(8), nullable=False),  # the partnership: yes, partly or no
    Column("text", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

registration_note = Table(
    "registration_note", metadata, number(), of("registration"),
    Column("by", String(100), nullable=False),  # who of the team wrote it
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
