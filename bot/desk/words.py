"""The desk's own words: sentences of the `desk` catalogue, and in which language a browser reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_percent

from locales import SOURCE_LANGUAGE, Text, Value, Words, shipped, words

DOMAIN = "desk"
LANGUAGES = ("en", "de")  # what the team speaks; the people it answers speak all shipped languages
JUST_NOW = timedelta(minutes=1)


def _(msgid: str, /, **values: Value) -> Text:
    """Marks a whole sentence of the desk for translation."""
    return Text(msgid, tuple(values.items()), domain=DOMAIN)


def ngettext(singular: str, plural: str, count: int, /, **values: Value) -> Text:
    """Marks a sentence of the desk with a number; `{count}` is filled in by itself."""
    return Text(singular, (("count", count), *values.items()), plural=plural, count=count, domain=DOMAIN)


def spoken(accepted: str) -> Words:
    """The words for an Accept-Language header; English where it names no language of the desk."""
    for tag in _by_preference(accepted):
        language = shipped(tag)
        if language in LANGUAGES:
            return words(language)
    return words(SOURCE_LANGUAGE)


def age(then: datetime, now: datetime, language: Words) -> str:
    """How long ago something was ("3 days ago")."""
    if now - then < JUST_NOW:
        return language.render(_("just now"))
    return str(format_timedelta(then - now, granularity="minute", add_direction=True, locale=language.locale))


def day(when: date, language: Words) -> str:
    """A date short enough for a table."""
    return str(format_date(when, "medium", locale=language.locale))


def minute(when: datetime, language: Words) -> str:
    """A moment to the minute, in UTC."""
    return str(format_datetime(when, "short", locale=language.locale))


def percent(share: float, language: Words) -> str:
    """A share of 0 to 1 in whole per cent."""
    return str(format_percent(share, locale=language.locale))


def language_name(code: str, language: Words) -> str:
    """A language's name in the reader's language; the code where CLDR has none."""
    return str(language.locale.languages.get(code.replace("-", "_"), code))


def _by_preference(accepted: str) -> list[str]:
    parts = [part.strip().partition(";") for part in accepted.split(",") if part.strip()]
    weighed = [(_weight(rest), tag.strip()) for tag, _semicolon, rest in parts]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _weight(parameter: str) -> float:
    _name, _equals, value = parameter.partition("=")
    try:
        return float(value) if value else 1.0
    except ValueError:
        return 0.0
