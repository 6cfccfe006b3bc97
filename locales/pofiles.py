"""Catalogue files as they are kept: one line per sentence, no dates and no line numbers, so that a diff shows only words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

UNWRAPPED = 100_000  # characters; a sentence that is broken over lines changes them all with its first word
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural}\n"

"""


def template_path(home: Path, domain: str) -> Path:
    """Where the untranslated sentences of a domain are kept."""
    return home / f"{domain}.pot"


def catalogue_path(home: Path, language: str, domain: str) -> Path:
    """Where a language's words of a domain are kept."""
    return home / language / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path, language: str | None = None) -> Catalog:
    """Reads a .po or .pot file; one that does not exist is empty.

    Raises babel's PoFileError where the file is broken.
    """
    locale = language.replace("-", "_") if language else None
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def entries(catalog: Catalog) -> Iterator[Message]:
    """All sentences, without the header."""
    return (message for message in catalog if message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The words of a sentence: one, or one per plural form; empty where there are none."""
    if isinstance(message.string, tuple | list):
        return tuple(message.string)
    return (message.string or "",)


def english(message: Message) -> tuple[str, ...]:
    """The English of a sentence: one, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def written(catalog: Catalog, language: str | None = None) -> str:
    """The catalogue as it stands in its file."""
    body = io.BytesIO()
    write_po(body, catalog, width=UNWRAPPED, include_lineno=False, omit_header=True, ignore_obsolete=True)
    plural = get_plural(language.replace("-", "_")).plural_forms if language else "nplurals=2; plural=(n != 1);"
    return HEADER.format(language=language or "", plural=plural) + body.getvalue().decode("utf-8").rstrip("\n") + "\n"
