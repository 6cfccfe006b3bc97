"""The office: who did what, what staff have set, faults, copies made, and the team's names in OpenID Connect."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        _number("id", primary_key=True, autoincrement=True),
        _number("staff_id"),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        _moment("at"),
        _by_staff("audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_kind_subject", "audit", ["kind", "subject"])
    op.create_table(
        "setting",
        _number("id", primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _number("staff_id"),
        _moment("at"),
        _by_staff("setting"),
    )
    op.create_index("ix_setting_name_language", "setting", ["name", "language"])
    op.create_table(
        "fault",
        _number("id", primary_key=True, autoincrement=True),
        sa.Column("event", sa.String(length=120), nullable=False),
        sa.Column("error", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("replica", sa.String(length=32), nullable=False),
        _moment("at"),
    )
    op.create_table(
        "backup",
        _number("id", primary_key=True, autoincrement=True),
        _moment("at"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
    )
    op.add_column("staff", sa.Column("email", sa.String(length=254)))
    op.add_column("staff", sa.Column("identity", sa.String(length=400)))
    op.create_index("ix_staff_email", "staff", ["email"], unique=True)
    op.create_index("ix_staff_identity", "staff", ["identity"], unique=True)


def downgrade() -> None:
    for column in ("identity", "email"):
        op.drop_index(f"ix_staff_{column}", "staff")
        op.drop_column("staff", column)
    for table in ("backup", "fault", "setting", "audit"):
        op.drop_table(table)


def _number(name: str, *, primary_key: bool = False, autoincrement: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=primary_key, nullable=not primary_key, autoincrement=autoincrement)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _by_staff(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f(f"fk_{table}_staff_id"), ondelete="SET NULL")
