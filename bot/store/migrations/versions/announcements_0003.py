"""Announcements: their rows, their files, the shared rate, audiences by name, and what subscribers say of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTERS = ("total", "sent", "failed", "blocked", "left", "doubtful", "clicked", "departed", "registered")


def upgrade() -> None:
    op.create_table(
        "rate",
        sa.Column("name", sa.String(length=16), primary_key=True),
        sa.Column("taken_until", sa.Double(), nullable=False),
        sa.Column("slow_until", sa.Double(), nullable=False),
    )
    op.create_table(
        "segment",
        _number("id", primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        _moment("created_at", nullable=False),
        sa.UniqueConstraint("name", name=op.f("uq_segment_name")),
    )
    op.create_table(
        "listener",
        _number("chat_id", primary_key=True, autoincrement=False),
        sa.Column("side", sa.String(length=16)),
        sa.Column("country", sa.String(length=2)),
        sa.Column("partner", sa.String(length=2)),
        sa.Column("name", sa.String(length=60)),
        _moment("at", nullable=False),
        _belongs("listener", "chat_id", "chat"),
    )
    op.create_table(
        "announcement",
        _number("id", primary_key=True, autoincrement=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        _number("author_id"),
        _number("approver_id"),
        _moment("created_at", nullable=False),
        _moment("start_at"),
        _moment("started_at"),
        _moment("paused_at"),
        _moment("ended_at"),
        sa.Column("filled", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTERS),
        _belongs("announcement", "author_id", "staff", "SET NULL"),
        _belongs("announcement", "approver_id", "staff", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcement_state", "announcement", ["state"])
    op.create_table(
        "announcement_file",
        _number("announcement_id", primary_key=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=200)),
        _belongs("announcement_file", "announcement_id", "announcement"),
        sa.UniqueConstraint("key", name=op.f("uq_announcement_file_key")),
    )
    _deliveries()


def _deliveries() -> None:
    op.create_table(
        "delivery",
        _number("announcement_id", primary_key=True, autoincrement=False),
        _number("chat_id", primary_key=True, autoincrement=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        _moment("not_before", nullable=False),
        sa.Column("owner", sa.String(length=32)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        _moment("at"),
        sa.Column("reason", sa.String(length=120)),
        sa.Column("clicked", sa.String(length=16)),
        _moment("departed_at"),
        _moment("registered_at"),
        _belongs("delivery", "announcement_id", "announcement"),
        _belongs("delivery", "chat_id", "chat"),
    )
    _partial("ix_delivery_claimable", ["announcement_id", "channel", "not_before", "chat_id"],
             "state = 'waiting' AND owner IS NULL")
    _partial("ix_delivery_owner", ["owner"], "owner IS NOT NULL")
    _partial("ix_delivery_failures", ["announcement_id", "reason"], "state = 'failed'")
    op.create_index("ix_delivery_chat_id", "delivery", ["chat_id"])


def downgrade() -> None:
    for table in ("delivery", "announcement_file", "announcement", "listener", "segment", "rate"):
        op.drop_table(table)


def _number(name: str, *, nullable: bool = True, primary_key: bool = False, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=primary_key, nullable=nullable and not primary_key, autoincrement=autoincrement)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs(table: str, column: str, owner: str, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=on_delete)


def _partial(name: str, columns: list[str], condition: str) -> None:
    op.create_index(name, "delivery", columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))
