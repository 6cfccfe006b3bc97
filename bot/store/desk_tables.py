"""The tables of the office itself: who did what, what staff have set, what went wrong, when the last copy was made."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, String, Table, Text

from .base import metadata, number, of
from .types import Moment

audit = Table(
    "audit", metadata, number(),
    of("staff", ondelete="SET NULL", index=False),
    Column("name", String(100), nullable=False),  # of the member of staff, who may have left since; empty for the command line
    Column("action", String(40), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index("ix_audit_kind_subject", "kind", "subject"),
)
# What staff have set; nothing is overwritten, the newest row of a name and language holds.
setting = Table(
    "setting", metadata, number(),
    Column("name", String(32), nullable=False),
    Column("language", String(16), nullable=False),  # empty for what is the same in all
    Column("value", Text, nullable=False),  # empty for what is shipped or comes from the environment
    of("staff", ondelete="SET NULL", index=False),
    Column("at", Moment, nullable=False),
    Index("ix_setting_name_language", "name", "language"),
)
# The last faults of all processes, without anything that people wrote.
fault = Table(
    "fault", metadata, number(),
    Column("event", String(120), nullable=False),
    Column("error", String(120), nullable=False),  # the exception's class
    Column("place", String(200), nullable=False),  # the file and line that raised it
    Column("replica", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)
backup = Table(
    "backup", metadata, number(),
    Column("at", Moment, nullable=False),
    Column("bytes", BigInteger, nullable=False),
)
