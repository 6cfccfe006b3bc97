"""The tables of announcements. One row per announcement and chat carries its sending, its result, and what came of it."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Double, ForeignKey, Index, Integer, LargeBinary, String, Table

from .base import metadata
from .types import Id, Moment

announcement = Table(
    "announcement", metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("state", String(16), nullable=False, index=True),  # draft, proposed, running, paused, cancelled, done
    Column("topic", String(32), nullable=False),
    Column("source", JSON, nullable=False),  # as it was composed: texts, fallback, buttons, audience, times
    Column("author_id", Id, ForeignKey("staff.id", ondelete="SET NULL")),
    Column("approver_id", Id, ForeignKey("staff.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("start_at", Moment),
    Column("started_at", Moment),  # moved on by the length of each pause, so that the rate is that of sending
    Column("paused_at", Moment),
    Column("ended_at", Moment),
    Column("filled", Boolean, nullable=False),  # whether all recipients have their row
    # Counters, kept with the rows in one transaction: counting a million rows takes too long for a progress bar.
    *(Column(name, Integer, nullable=False) for name in (
        "total", "sent", "failed", "blocked", "left", "doubtful", "clicked", "departed", "registered")),
    sqlite_autoincrement=True,
)

announcement_file = Table(
    "announcement_file", metadata,
    Column("announcement_id", Id, ForeignKey("announcement.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(16), nullable=False),  # picture or document
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("key", String(32), nullable=False, unique=True),  # its secret address in the web chat
    Column("file_id", String(200)),  # what Telegram calls it once it has it
)

delivery = Table(
    "delivery", metadata,
    Column("announcement_id", Id, ForeignKey("announcement.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("channel", String(16), nullable=False),
    Column("state", String(8), nullable=False),  # waiting, sent, failed, blocked, left
    Column("not_before", Moment, nullable=False),
    Column("owner", String(32)),  # the replica that may be sending it now
    Column("attempts", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False),  # its sender died: it may have come twice
    Column("at", Moment),  # when it was settled
    Column("reason", String(120)),
    Column("clicked", String(16)),  # the button that was pressed last
    Column("departed_at", Moment),  # left through this announcement
    Column("registered_at", Moment),
)
_claimable = (delivery.c.state == "waiting") & delivery.c.owner.is_(None)
Index("ix_delivery_claimable", delivery.c.announcement_id, delivery.c.channel, delivery.c.not_before, delivery.c.chat_id,
      sqlite_where=_claimable, postgresql_where=_claimable)
Index("ix_delivery_owner", delivery.c.owner, sqlite_where=delivery.c.owner.is_not(None),
      postgresql_where=delivery.c.owner.is_not(None))
Index("ix_delivery_failures", delivery.c.announcement_id, delivery.c.reason, sqlite_where=delivery.c.state == "failed",
      postgresql_where=delivery.c.state == "failed")
Index("ix_delivery_chat_id", delivery.c.chat_id)

# The sending rate of all replicas together: the moment up to which slots are taken, in seconds since 1970.
rate = Table(
    "rate", metadata,
    Column("name", String(16), primary_key=True),
    Column("taken_until", Double, nullable=False),
    Column("slow_until", Double, nullable=False),
)

segment = Table(
    "segment", metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("audience", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# What subscribers have said of themselves, so that only what concerns them is sent.
listener = Table(
    "listener", metadata,
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("side", String(16)),  # south, german, other
    Column("country", String(2)),
    Column("partner", String(2)),  # the partner municipality's country
    Column("name", String(60)),  # how they wish to be addressed
    Column("at", Moment, nullable=False),
)
