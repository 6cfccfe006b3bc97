"""Conferences: what staff announce, who registers, pairs, waiting, codes, interest, and how it was liked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTS = "status IN ('pending', 'waiting', 'offered', 'confirmed')"


def upgrade() -> None:
    _conferences()
    _pairs_and_codes()
    _registrations()
    _attendees()
    _opinions()


def _conferences() -> None:
    op.create_table(
        "conference", _number(),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("host_city", sa.String(length=100), nullable=False),
        sa.Column("host_country", sa.String(length=2), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("title", "text", "programme", "invited")),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("admission", sa.String(length=16), nullable=False),
        sa.Column("invitation_only", sa.Boolean(), nullable=False),
        sa.Column("quotas", sa.JSON(), nullable=False),
        sa.Column("hold_hours", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        *_owner("conference", "staff_id", "staff", "SET NULL"),
        _moment("created_at", nullable=False),
        _moment("changed_at", nullable=False),
        sa.UniqueConstraint("slug", name=op.f("uq_conference_slug")),
    )
    op.create_index("ix_conference_state", "conference", ["state"])
    op.create_table(
        "conference_question", _number(), *_owner("conference_question", "conference_id", "conference"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("words", "why", "options")),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("depends_on", sa.JSON(), nullable=False),
        sa.UniqueConstraint("conference_id", "key", name=op.f("uq_conference_question_conference_id_key")),
    )


def _pairs_and_codes() -> None:
    op.create_table(
        "conference_pair", _number(), *_owner("conference_pair", "conference_id", "conference"),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        _moment("held_until"),
        _moment("created_at", nullable=False),
        sa.UniqueConstraint("code_hash", name=op.f("uq_conference_pair_code_hash")),
    )
    op.create_index("ix_conference_pair_conference_id", "conference_pair", ["conference_id"])
    op.create_table(
        "access_code", _number(), *_owner("access_code", "conference_id", "conference"),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        _moment("created_at", nullable=False),
        sa.UniqueConstraint("code_hash", name=op.f("uq_access_code_code_hash")),
    )
    op.create_index("ix_access_code_conference_id", "access_code", ["conference_id"])


def _registrations() -> None:
    op.create_table(
        "registration", _number(),
        *_owner("registration", "conference_id", "conference"),
        *_owner("registration", "person_id", "person"),
        *_owner("registration", "chat_id", "chat"),
        *_owner("registration", "pair_id", "conference_pair", "SET NULL"),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("municipality", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        _moment("offered_until"), _moment("reminded_at"), _moment("feedback_at"),
        _moment("created_at", nullable=False),
        _moment("changed_at", nullable=False),
        sa.UniqueConstraint("code", name=op.f("uq_registration_code")),
    )
    for column in ("person_id", "chat_id", "pair_id"):
        op.create_index(f"ix_registration_{column}", "registration", [column])
    op.create_index("ix_registration_conference_id_status", "registration", ["conference_id", "status", "queue"])
    op.create_index("uq_registration_conference_id_person_id", "registration", ["conference_id", "person_id"], unique=True,
                    sqlite_where=sa.text(COUNTS), postgresql_where=sa.text(COUNTS))


def _attendees() -> None:
    lengths = {"names": 100, "role": 100, "email": 254, "phone": 32, "languages": 100, "interpretation": 8, "diet": 200,
               "accessibility": 500, "travel": 500, "visa_name": 100}
    op.create_table(
        "attendee", _number(), *_owner("attendee", "registration_id", "registration"),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()),
        sa.Column("visa_from", sa.Date()),
        sa.Column("visa_until", sa.Date()),
        _moment("checked_in_at"),
        *_owner("attendee", "checked_in_by", "staff", "SET NULL"),
        sa.UniqueConstraint("registration_id", "position", name=op.f("uq_attendee_registration_id_position")),
    )
    op.create_table(
        "conference_file", _number(), *_owner("conference_file", "registration_id", "registration"),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("at", nullable=False),
        sa.UniqueConstraint("registration_id", "question", name=op.f("uq_conference_file_registration_id_question")),
    )


def _opinions() -> None:
    op.create_table(
        "conference_interest", _number(),
        *_owner("conference_interest", "person_id", "person"),
        *_owner("conference_interest", "chat_id", "chat"),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        _moment("since", nullable=False),
        sa.UniqueConstraint("chat_id", "region", "country", name=op.f("uq_conference_interest_chat_id_region_country")),
    )
    op.create_index("ix_conference_interest_person_id", "conference_interest", ["person_id"])
    op.create_table(
        "conference_feedback", _number(), *_owner("conference_feedback", "conference_id", "conference"),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("helped", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        _moment("at", nullable=False),
    )
    op.create_index("ix_conference_feedback_conference_id", "conference_feedback", ["conference_id"])


def downgrade() -> None:
    for table in ("conference_feedback", "conference_interest", "conference_file", "attendee", "registration", "access_code",
                  "conference_pair", "conference_question", "conference"):
        op.drop_table(table)


def _number() -> sa.Column[int]:
    return sa.Column("id", _id(), primary_key=True, nullable=False, autoincrement=True)


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _owner(table: str, column: str, owner: str, on_delete: str = "CASCADE") -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=on_delete)
    return sa.Column(column, _id(), nullable=on_delete == "SET NULL"), key
