"""Documents at the points of a checklist, and the links to them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        _number("id", primary_key=True),
        _number("person_id", nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _number("partnership_id"),
        _number("member_id"),
        sa.Column("item", sa.String(length=32)),
        sa.Column("side", sa.String(length=8)),
        _belongs("document", "person_id", "person"),
        _belongs("document", "partnership_id", "partnership"),
        _belongs("document", "member_id", "case_member"),
        sqlite_autoincrement=True,
    )
    for column in ("key", "member_id", "partnership_id", "person_id"):
        op.create_index(f"ix_document_{column}", "document", [column])
    op.create_table(
        "document_grant",
        _number("id", primary_key=True),
        _number("document_id", nullable=False),
        _number("member_id", nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _belongs("document_grant", "document_id", "document"),
        _belongs("document_grant", "member_id", "case_member"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_document_grant_code_hash")),
    )
    for column in ("document_id", "member_id"):
        op.create_index(f"ix_document_grant_{column}", "document_grant", [column])


def downgrade() -> None:
    op.drop_table("document_grant")
    op.drop_table("document")


def _number(name: str, *, nullable: bool = True, primary_key: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=primary_key, nullable=nullable and not primary_key, autoincrement=primary_key)


def _belongs(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
