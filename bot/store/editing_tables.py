"""The tables of what the team keeps up: versions of the DAC List, checks of sources; and what is counted each day."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Integer, String, Table, Text

from .base import metadata, number, of
from .types import Moment

# Counted without persons, so that the overview reads a few rows however many messages there are.
daily_count = Table(
    "daily_count", metadata,
    Column("kind", String(16), primary_key=True),  # what happened: flows.counting lists the kinds
    Column("day", Date, primary_key=True),
    Column("key", String(96), primary_key=True),  # an article, or a step of a dialogue
    Column("language", String(16), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("country", String(2), primary_key=True),  # that was named; empty where none was
    Column("words", Text, nullable=False),  # a step's question as it stands in the code
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,  # rows lie in the order of their key: a stretch of days is read in one go
)

source_check = Table(
    "source_check", metadata, number(),
    Column("source", String(200), nullable=False, index=True),
    Column("checked_on", Date, nullable=False),
    of("staff", ondelete="SET NULL", index=False),
    Column("at", Moment, nullable=False),
)

dac_version = Table(
    "dac_version", metadata, number(),
    Column("list_date", Date, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("source", String(200), nullable=False),
    Column("rows", JSON, nullable=False),  # the whole list: [country, income group, region]
    Column("state", String(16), nullable=False),  # draft, published or withdrawn
    of("staff", ondelete="SET NULL", index=False),
    Column("at", Moment, nullable=False),
    of("staff", "publisher_id", ondelete="SET NULL", index=False),
    Column("published_at", Moment),
)
