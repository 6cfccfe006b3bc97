"""What long lists of checklists are found by: municipalities' names in small letters, parts by their status."""

import sqlalchemy as sa
from alembic import op

from bot.store.inbox_tables import folded

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("municipality", sa.Column("searched", sa.Text(), nullable=False, server_default=""))
    rows = sa.table("municipality", sa.column("id"), sa.column("name"), sa.column("searched"))
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(rows.c.id, rows.c.name)).all():
        connection.execute(sa.update(rows).where(rows.c.id == number).values(searched=folded(name)))
    op.create_index("ix_case_part_status", "case_part", ["status", "partnership_id", "item", "side"])


def downgrade() -> None:
    op.drop_index("ix_case_part_status", "case_part")
    op.drop_column("municipality", "searched")
