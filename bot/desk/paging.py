"""Long lists in pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from .visit import Visit

ROWS = 25


@dataclass(frozen=True)
class Paging:
    """Where in a list a page stands; `number` counts from 1 and never leaves the list."""

    number: int
    total: int
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, visit: Visit, total: int, *filters: str) -> Paging:
        """The page that the address asks for; `filters` are the parts of its query that links keep."""
        last = max(1, -(-total // ROWS))
        kept = tuple((name, visit.query(name)) for name in filters if visit.query(name))
        return cls(min(max(1, visit.number("page")), last), total, kept)

    @property
    def last(self) -> int:
        return max(1, -(-self.total // ROWS))

    @property
    def start(self) -> int:
        """How many rows stand before this page."""
        return (self.number - 1) * ROWS

    @property
    def rows(self) -> slice:
        """This page's part of the whole list."""
        return slice(self.start, self.start + ROWS)

    def link(self, number: int) -> str:
        """The query of another page."""
        return "?" + urlencode((*self.query, ("page", number)))
