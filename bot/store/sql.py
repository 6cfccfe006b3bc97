"""The few expressions that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Double, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class clock(ColumnElement[float]):  # noqa: N801  reads as the SQL function that it is
    """Seconds since 1970 by the database's own clock, which all replicas share."""

    type = Double()
    inherit_cache = True


class channel_of(ColumnElement[str]):  # noqa: N801
    """The channel in a handle: what stands before its first colon."""

    type = String()
    inherit_cache = False

    def __init__(self, handle: ColumnElement[str]) -> None:
        self.handle = handle


@compiles(clock)
def _clock(_element: clock, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS double precision)"


@compiles(clock, "sqlite")
def _clock_sqlite(_element: clock, _compiler: SQLCompiler, **_options: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(channel_of)
def _channel_of(element: channel_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"split_part({compiler.process(element.handle, **options)}, ':', 1)"


@compiles(channel_of, "sqlite")
def _channel_of_sqlite(element: channel_of, compiler: SQLCompiler, **options: Any) -> str:
    handle = compiler.process(element.handle, **options)
    return f"substr({handle}, 1, instr({handle}, ':') - 1)"
