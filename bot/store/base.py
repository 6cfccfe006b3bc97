"""What all tables share: one catalogue with fixed names of constraints, a number of one's own, whose row it is."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData

from .types import Id

metadata = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
})


def number() -> Column[int]:
    """The row's own number."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def of(table: str, name: str = "", *, ondelete: str = "CASCADE", nullable: bool | None = None, index: bool = True) -> Column[int]:
    """A row of another table, with which this one goes ("CASCADE") or without which it stays ("SET NULL")."""
    optional = ondelete == "SET NULL" if nullable is None else nullable
    return Column(name or f"{table}_id", Id, ForeignKey(f"{table}.id", ondelete=ondelete), nullable=optional, index=index)
