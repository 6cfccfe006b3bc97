"""The inbox: what was written about an enquiry in one table, who has read it, tags, replies kept ready, and talks."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ADDED = ("side", "country", "talk_since", "awaited_since", "last_at", "heard_entry", "version", "searched")


def upgrade() -> None:
    op.create_table(
        "enquiry_entry",
        _number("id", primary_key=True, autoincrement=True),
        _number("enquiry_id", nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        _number("staff_id"),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("at", nullable=False),
        sa.Column("key", sa.String(length=100)),
        sa.Column("searched", sa.Text(), nullable=False),
        _belongs("enquiry_entry", "enquiry_id", "enquiry"),
        _belongs("enquiry_entry", "staff_id", "staff", "SET NULL"),
        sa.UniqueConstraint("key", name=op.f("uq_enquiry_entry_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enquiry_entry_enquiry_id", "enquiry_entry", ["enquiry_id"])
    op.create_table(
        "enquiry_read",
        _number("enquiry_id", primary_key=True),
        _number("staff_id", primary_key=True),
        _number("entry", nullable=False),
        _belongs("enquiry_read", "enquiry_id", "enquiry"),
        _belongs("enquiry_read", "staff_id", "staff"),
    )
    op.create_table(
        "enquiry_assignee",
        _number("enquiry_id", primary_key=True),
        _number("staff_id", nullable=False),
        _belongs("enquiry_assignee", "enquiry_id", "enquiry"),
        _belongs("enquiry_assignee", "staff_id", "staff"),
    )
    op.create_index("ix_enquiry_assignee_staff_id", "enquiry_assignee", ["staff_id"])
    op.create_table(
        "enquiry_tag",
        _number("id", primary_key=True, autoincrement=True),
        _number("enquiry_id", nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        _belongs("enquiry_tag", "enquiry_id", "enquiry"),
        sa.UniqueConstraint("enquiry_id", "tag", name=op.f("uq_enquiry_tag_enquiry_id_tag")),
    )
    op.create_index("ix_enquiry_tag_tag", "enquiry_tag", ["tag"])
    op.create_table(
        "canned_reply",
        _number("id", primary_key=True, autoincrement=True),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _number("staff_id"),
        _moment("at", nullable=False),
        _belongs("canned_reply", "staff_id", "staff", "SET NULL"),
        sa.UniqueConstraint("language", "title", name=op.f("uq_canned_reply_language_title")),
    )
    _widen_enquiries()
    op.execute("INSERT INTO enquiry_entry (enquiry_id, kind, text, at, searched) "
               "SELECT id, 'question', question, opened_at, '' FROM enquiry ORDER BY id")
    op.execute("UPDATE enquiry SET heard_entry = (SELECT max(id) FROM enquiry_entry WHERE enquiry_id = enquiry.id)")
    op.execute("INSERT INTO enquiry_entry (enquiry_id, kind, staff_id, text, at, searched) "
               "SELECT enquiry_id, 'staff', staff_id, text, at, lower(text) FROM enquiry_reply ORDER BY id")
    op.drop_table("enquiry_reply")


def _widen_enquiries() -> None:
    op.add_column("enquiry", sa.Column("side", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("enquiry", sa.Column("country", sa.String(length=2), nullable=False, server_default=""))
    op.add_column("enquiry", _moment("talk_since"))
    op.add_column("enquiry", _moment("awaited_since"))
    op.add_column("enquiry", sa.Column("last_at", sa.DateTime(timezone=True), nullable=False,
                                       server_default="2026-01-01 00:00:00"))
    op.add_column("enquiry", sa.Column("heard_entry", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False,
                                       server_default="0"))
    op.add_column("enquiry", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("enquiry", sa.Column("searched", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE enquiry SET last_at = opened_at, searched = lower(reference || ' ' || question)")
    op.create_index("ix_enquiry_last_at", "enquiry", ["last_at"])
    op.create_index("ix_enquiry_country", "enquiry", ["country"])
    op.create_index("ix_enquiry_status_opened_at_id", "enquiry", ["status", "opened_at", "id"])


def downgrade() -> None:
    op.create_table(
        "enquiry_reply",
        _number("id", primary_key=True, autoincrement=True),
        _number("enquiry_id", nullable=False),
        _number("staff_id"),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("at", nullable=False),
        _belongs("enquiry_reply", "enquiry_id", "enquiry"),
        _belongs("enquiry_reply", "staff_id", "staff", "SET NULL"),
    )
    op.create_index("ix_enquiry_reply_enquiry_id", "enquiry_reply", ["enquiry_id"])
    op.execute("INSERT INTO enquiry_reply (enquiry_id, staff_id, text, at) "
               "SELECT enquiry_id, staff_id, text, at FROM enquiry_entry WHERE kind = 'staff' ORDER BY id")
    for index in ("ix_enquiry_status_opened_at_id", "ix_enquiry_country", "ix_enquiry_last_at"):
        op.drop_index(index, "enquiry")
    for column in ADDED:
        op.drop_column("enquiry", column)
    for table in ("canned_reply", "enquiry_tag", "enquiry_assignee", "enquiry_read", "enquiry_entry"):
        op.drop_table(table)


def _number(name: str, *, nullable: bool = True, primary_key: bool = False, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=primary_key, nullable=nullable and not primary_key, autoincrement=autoincrement)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs(table: str, column: str, owner: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=on_delete)
