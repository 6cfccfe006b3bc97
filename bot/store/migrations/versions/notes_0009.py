"""The team's notes on registrations for conferences."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration_note",
        sa.Column("id", _id(), primary_key=True, nullable=False, autoincrement=True),
        sa.Column("registration_id", _id(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"],
                                name=op.f("fk_registration_note_registration_id"), ondelete="CASCADE"),
    )
    op.create_index("ix_registration_note_registration_id", "registration_note", ["registration_id"])


def downgrade() -> None:
    op.drop_table("registration_note")


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
