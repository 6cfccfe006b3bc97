"""From a language code to words: catalogues are read from their .po files on first use and never stored compiled."""

from __future__ import annotations

import io
from datetime import date
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from .text import Country, LanguageName, Listing, Spoken, Text, Value

SOURCE_LANGUAGE = "en"
LOCALES = {"en": "en_GB"}  # where a language's first choice of CLDR would write dates as few of its readers do
NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")  # codes that CLDR names beside countries
DOMAINS = ("messages", "knowledge", "desk")
ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def home() -> Path:
    """The folder that holds one folder per language."""
    return Path(str(files("locales")))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the shipped languages: English, and each folder with a catalogue of dialogues."""
    found = (path.parent.parent.name for path in home().glob("*/LC_MESSAGES/messages.po"))
    return tuple(sorted({SOURCE_LANGUAGE, *found}))


def shipped(code: str | None) -> str | None:
    """The shipped language that serves a tag such as "es-PE" or "pt_BR", or None."""
    tag = (code or "").replace("_", "-").lower()
    candidates = (tag, tag.split("-")[0])
    return next((language for wanted in candidates for language in languages() if language.lower() == wanted), None)


def is_country(code: str) -> bool:
    """Whether it is the code of a country or territory that has a name."""
    return len(code) == 2 and code not in NO_COUNTRIES and code in words(SOURCE_LANGUAGE).locale.territories


class Words:
    """The words of one language: renders `Text` and the values in it."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(LOCALES.get(self.language, self.language.replace("-", "_")))

    @property
    def direction(self) -> str:
        """"rtl" or "ltr", as HTML names it."""
        return str(self.locale.text_direction)

    @property
    def own_name(self) -> str:
        """The language's name in itself, with a capital as in a menu."""
        name = self.locale.get_language_name() or self.language
        return name[:1].upper() + name[1:]

    def render(self, text: Text | str) -> str:
        """The sentence in this language; English where the translation is missing."""
        if isinstance(text, str):
            return text
        sentence = self._translated(text)
        if not text.values:
            return sentence
        return sentence.format(**{name: self._isolated(value) for name, value in text.values})

    def has(self, text: Text) -> bool:
        """Whether this language has its own words for the sentence."""
        return self.language == SOURCE_LANGUAGE or (text.context, text.msgid) in _own_sentences(self.language, text.domain)

    def country(self, code: str) -> str:
        """The country's name as CLDR gives it in this language."""
        return str(self.locale.territories.get(code, code))

    def value(self, value: Value) -> str:
        """One value as this language writes it."""
        match value:
            case Text():
                return self.render(value)
            case Country(code):
                return self.country(code)
            case LanguageName(code):
                return words(code).own_name
            case Listing(items, style):
                return format_list([self.value(item) for item in items], style=style, locale=self.locale)
            case Spoken():
                return value.spoken_in(self.language, SOURCE_LANGUAGE)
            case date():
                return format_date(value, "long", locale=self.locale)
            case int():
                return format_decimal(value, locale=self.locale, group_separator=value >= 10_000)
            case _:
                return value

    def _translated(self, text: Text) -> str:
        catalogue = _catalogue(self.language, text.domain)
        if text.plural is not None and text.context is None:
            return catalogue.ngettext(text.msgid, text.plural, text.count)
        if text.context is not None:
            return catalogue.pgettext(text.context, text.msgid)
        return catalogue.gettext(text.msgid)

    def _isolated(self, value: Value) -> str:
        """Right-to-left sentences keep Latin names and numbers from reordering what stands around them."""
        rendered = self.value(value)
        if self.direction != "rtl" or rendered.startswith("/"):  # a command after an invisible sign cannot be tapped
            return rendered
        return f"{ISOLATE}{rendered}{POP_ISOLATE}"


@lru_cache(maxsize=128)
def words(language: str) -> Words:
    """The words of a shipped language; shared, since it never changes."""
    return Words(language)


@lru_cache(maxsize=256)
def _catalogue(language: str, domain: str) -> NullTranslations:
    catalogue = _read(language, domain)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=256)
def _own_sentences(language: str, domain: str) -> frozenset[tuple[str | None, str]]:
    """Context and msgid of each sentence that has words of its own."""
    found = (entry for entry in _read(language, domain) if entry.id and entry.string and not entry.fuzzy)
    return frozenset((entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]) for entry in found)


def _read(language: str, domain: str) -> Catalog:
    path = home() / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return Catalog(locale=language.replace("-", "_"))
    with path.open("rb") as source:
        return read_po(source, locale=language.replace("-", "_"))
