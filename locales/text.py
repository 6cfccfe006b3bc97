"""A sentence before it has a language.

Flows and knowledge speak in `Text`: an English msgid and named values. It becomes words only at the edge, in the
reader's language, so a person can change language in the middle of a dialogue and nothing stored is ever translated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Country:
    """A country or territory, shown by its CLDR name; `code` is ISO 3166-1 alpha-2 (XK for Kosovo)."""

    code: str


@dataclass(frozen=True)
class LanguageName:
    """A language, shown by its own name ("Deutsch")."""

    code: str


@dataclass(frozen=True)
class Listing:
    """Several values in one place, joined as the language joins them ("Kenya, Ghana and Togo")."""

    items: tuple[Value, ...]
    style: Literal["standard", "or"] = "standard"  # "and" or "or"


@dataclass(frozen=True)
class Spoken:
    """Words that staff have given per language; a reader of another language sees the first of them that there is."""

    ways: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ways)

    def spoken_in(self, *languages: str) -> str:
        """The words in the first of these languages that has any, else in the first given."""
        given = dict(self.ways)
        return next((given[language] for language in languages if language in given), self.ways[0][1] if self.ways else "")


@dataclass(frozen=True)
class Text:
    """One translatable sentence with its values; `plural` and `count` choose the form where it has two."""

    msgid: str
    values: tuple[tuple[str, Value], ...] = ()
    context: str | None = None
    plural: str | None = None
    count: int = 0
    domain: str = "messages"


Value = str | int | date | Country | LanguageName | Listing | Spoken | Text


def _(msgid: str, /, **values: Value) -> Text:
    """Marks a whole sentence for translation."""
    return Text(msgid, tuple(values.items()))


def pgettext(context: str, msgid: str, /, **values: Value) -> Text:
    """Marks a short word whose meaning needs a context for the translator."""
    return Text(msgid, tuple(values.items()), context=context)


def ngettext(singular: str, plural: str, count: int, /, **values: Value) -> Text:
    """Marks a sentence with a number; `{count}` is filled in by itself."""
    return Text(singular, (("count", count), *values.items()), plural=plural, count=count)


def listing(items: Sequence[Value], style: Literal["standard", "or"] = "standard") -> Listing:
    """Joins values in the reader's language when the text is rendered."""
    return Listing(tuple(items), style)
