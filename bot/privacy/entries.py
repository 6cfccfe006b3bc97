"""How the register speaks of a table and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .retention import PEOPLE

WITH_PERSON = f"{PEOPLE.days} days after the person's last message, or until they erase it"
WITH_STAFF = "as long as the member of staff"
ALWAYS = "as long as the assistant runs"
NUMBER = "the row's number"


@dataclass(frozen=True)
class Entry:
    """One column: what it holds, whether that tells of a person, and its term where it is not the table's."""

    what: str
    personal: bool = False
    until: str = ""


@dataclass(frozen=True)
class Record:
    """One table: why it is kept, until when, and its columns."""

    why: str
    until: str
    columns: Mapping[str, Entry]


def own(what: str, until: str = "") -> Entry:
    """A column that tells of a person."""
    return Entry(what, personal=True, until=until)
