"""Daily counts; articles by draft, review and publication; checks of sources; versions of the DAC List."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "daily_count",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=96), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "key", "language", "channel", "country", name=op.f("pk_daily_count")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_check",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_source_check_staff_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_check")),
    )
    op.create_index("ix_source_check_source", "source_check", ["source"])
    op.create_table(
        "dac_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("list_date", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("publisher_id", ID, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_dac_version_staff_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["publisher_id"], ["staff.id"], name=op.f("fk_dac_version_publisher_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dac_version")),
    )
    _articles()


def _articles() -> None:
    with op.batch_alter_table("added_article", schema=None) as articles:
        articles.add_column(sa.Column("state", sa.String(length=16), nullable=False, server_default="published"))
        articles.add_column(sa.Column("english", sa.String(length=64), nullable=False, server_default=""))
        articles.add_column(sa.Column("phrases", sa.JSON(), nullable=False, server_default="[]"))
        articles.add_column(sa.Column("misses", sa.JSON(), nullable=False, server_default="[]"))
        articles.add_column(sa.Column("publisher_id", ID, nullable=True))
        articles.add_column(sa.Column("published_at", MOMENT, nullable=True))
        articles.create_foreign_key(op.f("fk_added_article_publisher_id"), "staff", ["publisher_id"], ["id"], ondelete="SET NULL")
