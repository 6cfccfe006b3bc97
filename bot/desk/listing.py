"""One shape for every list of the desk: filters, sortable columns, pages, and a file of exactly what is filtered.

A page says what can be filtered and which columns there are. What stands in the address counts only where it is one of
those; so nothing else ever reaches the database, and a mistyped address shows the list as it is without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.exports import FORMATS, Cell, Sheet
from locales import Text

from .visit import Visit

ROWS = 25
LONGEST = 100  # characters of a text that is searched for
TYPES = {".csv": "text/csv; charset=utf-8", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Order = ColumnElement[Any] | Callable[[Any], Any]


@dataclass(frozen=True)
class Filter:
    """Something to filter by: one of the options (value to label), or any text where there are none."""

    name: str
    label: Text
    options: Mapping[str, Text | str] | None = None
    default: str = ""
    is_date: bool = False

    def chosen(self, visit: Visit) -> str:
        """What the address asks for, as far as it can be asked for."""
        given = visit.query(self.name)
        if self.options is None:
            return given[:LONGEST]
        return given if given and given in self.options else self.default


@dataclass(frozen=True)
class Column:
    """A column: `value` is what the file holds, `order` what rows are sorted by; without a title it stands in the file alone.

    `order` is an expression for rows from the database, a function of the row for rows at hand.
    """

    name: str
    value: Callable[[Any], Cell]
    title: Text | None = None
    order: Order | None = None
    is_number: bool = False


@dataclass(frozen=True)
class Found:
    """One page of the rows and how many there are on all pages; of a file, all rows."""

    rows: Sequence[Any]
    total: int
    page: int = 1

    @property
    def last(self) -> int:
        return max(1, -(-self.total // ROWS))


@dataclass(frozen=True)
class Listing:
    """A list as one request asks for it.

    `name` is its address under /desk; `usual` the order where none is chosen: a column's name, "-" before it for the other way.
    """

    visit: Visit
    name: str
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    usual: str

    def chosen(self, name: str) -> str:
        """The value of a filter."""
        return next(one for one in self.filters if one.name == name).chosen(self.visit)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set; those of a narrow screen stand open then."""
        return any(one.chosen(self.visit) != one.default for one in self.filters)

    @property
    def order(self) -> str:
        """The order of the rows."""
        given = self.visit.query("order")
        return given if any(one.order is not None and one.name == given.removeprefix("-") for one in self.columns) else self.usual

    @property
    def ending(self) -> str:
        """Of a file that is asked for, "" for a page."""
        found = PurePosixPath(self.visit.request.path).suffix
        return found if found in FORMATS else ""

    async def fetch(self, connection: AsyncConnection, query: Select[Any], key: ColumnElement[Any]) -> Found:
        """The rows of a query, which brings its conditions and no order; `key` decides between equals."""
        backwards = self.order.startswith("-")
        order = self._order
        assert isinstance(order, ColumnElement), "rows of the database are sorted by it"
        query = query.order_by(*(one.desc() if backwards else one.asc() for one in (order, key)))
        if self.ending:
            rows = (await connection.execute(query)).all()
            return Found(rows, len(rows))
        total = await connection.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        page = self._page(total)
        return Found((await connection.execute(query.offset((page - 1) * ROWS).limit(ROWS))).all(), total, page)

    def pick(self, rows: Sequence[Any]) -> Found:
        """This page of rows that are at hand, filtered already."""
        order = self._order
        assert order is not None, "the order is one of a column that has one"
        assert not isinstance(order, ColumnElement), "rows at hand are sorted by a function"
        found = sorted(rows, key=order, reverse=self.order.startswith("-"))
        page = self._page(len(found))
        return Found(found if self.ending else found[(page - 1) * ROWS:page * ROWS], len(found), page)

    def answer(self, template: str, found: Found, problem: Text | None = None, **context: object) -> web.Response:
        """The page, or the file that is asked for."""
        if self.ending:
            return self.file(Sheet(self.name.replace("/", "-"), tuple(one.name for one in self.columns),
                                   [tuple(one.value(row) for one in self.columns) for row in found.rows]))
        return self.visit.page(template, 200 if problem is None else 422, listing=self, found=found, rows=found.rows,
                               problem=problem, **context)

    def file(self, sheet: Sheet) -> web.Response:
        """A table to take away, in the format that the address ends with, under the table's own name."""
        return web.Response(body=FORMATS[self.ending](sheet), headers={
            "Content-Type": TYPES[self.ending], "Content-Disposition": f'attachment; filename="{sheet.name}{self.ending}"'})

    def link(self, ending: str = "", **changed: str | int) -> str:
        """The address of this list with something changed in its query, or of a file of it."""
        kept = {one.name: one.chosen(self.visit) for one in self.filters if one.chosen(self.visit) != one.default}
        if self.order != self.usual:
            kept["order"] = self.order
        query = {name: value for name, value in {**kept, **changed}.items() if value != self.usual or name != "order"}
        return f"/desk/{self.name}{ending}" + (f"?{urlencode(query)}" if query else "")

    def turned(self, column: Column) -> str:
        """The order that pressing a column's title leads to."""
        return f"-{column.name}" if self.order == column.name else column.name

    def direction(self, column: Column) -> str:
        """Which way a column is sorted, as `aria-sort` says it; "" where the rows are not sorted by it."""
        return {column.name: "ascending", f"-{column.name}": "descending"}.get(self.order, "")

    @property
    def _order(self) -> Order | None:
        return next(one.order for one in self.columns if one.name == self.order.removeprefix("-"))

    def _page(self, total: int) -> int:
        return min(max(1, self.visit.number("page")), Found((), total).last)
