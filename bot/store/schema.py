"""The tables. What each personal column is kept for, and for how long, stands in `bot.privacy.register`."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from . import announcement_tables as announcement_tables  # with them, their tables are in the metadata
from . import case_tables as case_tables
from . import conference_tables as conference_tables
from . import desk_tables as desk_tables
from . import editing_tables as editing_tables
from . import inbox_tables as inbox_tables
from .base import metadata as metadata
from .base import number, of
from .inbox_tables import opened, searched
from .types import Id, Moment

person = Table("person", metadata, number(), Column("created_at", Moment, nullable=False), sqlite_autoincrement=True)

chat = Table(
    "chat", metadata, number(), of("person"),
    Column("handle", String(200), nullable=False, unique=True),  # channel:address
    Column("language", String(16), nullable=False),
    Column("state", JSON, nullable=False),
    Column("version", Integer, nullable=False),  # a writer that read another version starts anew
    Column("token_hash", String(64)),  # web chat: who holds the token is the person
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
    Column("blocked_at", Moment),
    sqlite_autoincrement=True,
)

message = Table(
    "message", metadata, number(),
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="CASCADE"), nullable=False),
    Column("author", String(16), nullable=False),  # person, assistant or staff
    Column("body", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("key", String(200), unique=True),  # an inbound message's unique key: the claim on it
    Column("external", String(64)),  # the channel's own number of it
    Column("answered", String(64)),  # the question that it answered
    Column("reply_to", Id),  # the inbound message that led to it
    Column("sent_at", Moment),  # null while it still has to be sent
    Column("owner", String(32)),  # the replica that is sending it
    Column("failure", String(300)),
    Index("ix_message_chat_id_id", "chat_id", "id"),
    Index("ix_message_reply_to", "reply_to"),
    sqlite_autoincrement=True,
)
Index("ix_message_unsent", message.c.id, sqlite_where=message.c.sent_at.is_(None),
      postgresql_where=message.c.sent_at.is_(None))

enquiry = Table(
    "enquiry", metadata, number(), of("person"),
    Column("reference", String(16), nullable=False, unique=True),
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="SET NULL")),
    Column("question", Text, nullable=False),
    Column("contact", String(254), nullable=False),  # an e-mail address, or empty for the chat
    Column("language", String(16), nullable=False),
    Column("status", String(16), nullable=False, index=True),  # open, answered, closed
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("side", String(8), nullable=False, default=""),  # as the person has said in a dialogue; empty is unknown
    Column("country", String(2), nullable=False, default="", index=True),
    Column("talk_since", Moment),  # since when the person talks with the team about it, while they do
    Column("awaited_since", Moment),  # since when they wait for the team's word
    Column("last_at", Moment, nullable=False, default=opened, index=True),  # when anybody has last written
    Column("heard_entry", Id, nullable=False, default=0),  # the person's newest entry
    Column("version", Integer, nullable=False, default=0),  # counts what the team has done, so that two do not do it twice
    Column("searched", Text, nullable=False, default=searched),
    Index("ix_enquiry_status_opened_at_id", "status", "opened_at", "id"),
)

consent = Table(
    "consent", metadata, number(), of("person"),
    Column("purpose", String(32), nullable=False),
    Column("version", String(64), nullable=False),  # of the words that were agreed to
    Column("language", String(16), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

subscription = Table(
    "subscription", metadata, number(),
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="CASCADE"), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("since", Moment, nullable=False),
    UniqueConstraint("chat_id", "topic"),
)

# Kept without a person: what people ask in vain, whether answers help, how dialogues end.
miss = Table(
    "miss", metadata, number(),
    Column("text", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("articles", JSON, nullable=False),
    Column("reason", String(16), nullable=False),  # unknown, unsure or unhelpful
    Column("at", Moment, nullable=False, index=True),
    Column("settled_at", Moment),
)
# Who agreed to hear the answer to a miss; the row goes with the person and with the answer.
miss_asker = Table(
    "miss_asker", metadata, number(),
    Column("miss_id", Id, ForeignKey("miss.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="CASCADE"), nullable=False),
)
rating = Table(
    "rating", metadata, number(),
    Column("article", String(64), nullable=False, index=True),
    Column("helped", Boolean, nullable=False),
    Column("language", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)
conclusion = Table(
    "conclusion", metadata, number(),
    Column("flow", String(32), nullable=False),
    Column("result", String(32), nullable=False),
    Column("language", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

# What staff add to the knowledge at run time; nothing is overwritten, so everything can be undone.
added_phrase = Table(
    "added_phrase", metadata, number(),
    Column("article", String(64), nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", String(500), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("removed_at", Moment),
)
added_article = Table(
    "added_article", metadata, number(),
    Column("article", String(64), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("answer", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("state", String(16), nullable=False, default="published"),  # draft, review or published
    Column("english", String(64), nullable=False, default=""),  # the print of the English words that a translation is of
    Column("phrases", JSON, nullable=False, default=list),  # with which it is first published
    Column("misses", JSON, nullable=False, default=list),  # which it settles when it is published
    Column("publisher_id", Id, ForeignKey("staff.id", ondelete="SET NULL")),
    Column("published_at", Moment),
)
revision = Table(
    "revision", metadata,
    Column("name", String(32), primary_key=True),  # what has changed: "knowledge"
    Column("number", Integer, nullable=False),
)

staff = Table(
    "staff", metadata, number(),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),  # viewer, editor or admin
    Column("created_at", Moment, nullable=False),
    Column("chat_id", Id, ForeignKey("chat.id", ondelete="SET NULL")),
    # How the organisation's own sign-in (OpenID Connect) names them: first by address, from the first time on by its number.
    Column("email", String(254), unique=True, index=True),
    Column("identity", String(400), unique=True, index=True),
)
staff_link = Table(
    "staff_link", metadata, number(),
    Column("staff_id", Id, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)
staff_session = Table(
    "staff_session", metadata, number(),
    Column("staff_id", Id, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)

replica = Table(
    "replica", metadata,
    Column("id", String(32), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
# Work for later: done once by one replica, in the transaction that deletes the row.
job = Table(
    "job", metadata, number(),
    Column("kind", String(32), nullable=False),
    Column("subject", Id, nullable=False),  # the number of the row that it is about; in which table, the kind tells
    Column("key", String(100), nullable=False, unique=True),
    Column("run_at", Moment, nullable=False, index=True),
    Column("owner", String(32)),  # the replica that is at it
    Column("attempts", Integer, nullable=False),
)
