"""A day as people write it: "15.3.", "15 March 2027", "end of March", "tomorrow", "in two weeks", "next Friday".

Names of months and weekdays come from CLDR, so a new language brings them along; the few other words are in the catalogues.
A day that may be two ("next Friday", said on a Tuesday) is asked about and never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from knowledge.normal import digits, plain
from locales import Text, _, pgettext, words

from .dialogue import Perhaps, Reading, Unclear, Understood
from .world import World

WAYS = "when something is due, as people type it; several ways, separated by commas"
TODAY = pgettext(WAYS, "today")
TOMORROW = pgettext(WAYS, "tomorrow")
AFTER_TOMORROW = pgettext(WAYS, "the day after tomorrow, day after tomorrow")
NEXT_WEEK = pgettext(WAYS, "next week")
NEXT_MONTH = pgettext(WAYS, "next month")
DAY = pgettext(WAYS, "day, days")
WEEK = pgettext(WAYS, "week, weeks")
MONTH = pgettext(WAYS, "month, months")
# Languages that have a form for two of a thing write it here ("two weeks" in one word); others repeat the English.
TWO_WEEKS = pgettext(WAYS, "two weeks, a fortnight")
TWO_MONTHS = pgettext(WAYS, "two months")
NEXT = pgettext(WAYS, "next, coming")
END_OF = pgettext(WAYS, "end of, the end of")
NUMBERS = pgettext("the numbers from one to twelve in their order, as people type them; an article counts as one: a|one",
                   "a|an|one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve")
NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{2,4})?)?(?!\d)")
LONGEST = 366 * 3  # days ahead
MOST_WORDS_OF_A_DAY = 2  # "next Friday"
HINT = _("I do not understand that date. You can write “15 March”, “15.3.”, “next Friday” or “in two weeks”.")


@dataclass(frozen=True)
class Day:
    """A day from today on; kept as an ISO date."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> date | None:
        try:
            return date.fromisoformat(canonical)
        except ValueError:
            return None

    def label(self, canonical: str) -> date | str:
        return self.load(canonical) or canonical

    def read(self, text: str, world: World) -> Reading:
        exact = _days(_exact, text, world)
        found = exact or _days(_told, text, world)
        if not found:
            return Unclear(HINT)
        if found[0] < world.today:
            return Unclear(_("That day is past: {date}. Please write one that is still to come.", date=found[0]))
        if found[-1] > world.today + timedelta(days=LONGEST):
            return Unclear(_("{date} is very far away. Please write a day within the next three years.", date=found[-1]))
        if len(found) > 1 or (not exact and len(plain(text).split()) > MOST_WORDS_OF_A_DAY):
            return Perhaps(tuple(map(date.isoformat, found)))
        return Understood(found[0].isoformat())


def _days(ways: Callable[[str, str, date], tuple[date, ...]], text: str, world: World) -> list[date]:
    """What a text may mean, read as the person's language and as English."""
    return sorted({day for language in (world.language, "en") for day in ways(text, language, world.today)})


def _exact(text: str, language: str, today: date) -> tuple[date, ...]:
    """A day in figures, or with a month by its name."""
    return _numeric(digits(text), today) or _named(plain(text), language, today)


def _told(text: str, language: str, today: date) -> tuple[date, ...]:
    """A day told from today, or by the day of the week; told at length it is confirmed, since one word of it may mislead."""
    return tuple(dict.fromkeys((*_relative(plain(text), language, today), *_weekday(plain(text), language, today))))


def _numeric(text: str, today: date) -> tuple[date, ...]:
    found = NUMERIC.search(text)
    if found is None:
        return ()
    first, second, third = int(found[1]), int(found[2]), found[3]
    if len(found[1]) == 4:
        return _made(first, second, int(third or 1))
    month, day = (first, second) if second > 12 >= first else (second, first)
    return _made(int(third) + (2000 if len(third) == 2 else 0), month, day) if third else _coming(month, day, today)


def _named(text: str, language: str, today: date) -> tuple[date, ...]:
    """A month by its name: with a day before or after it, or its end."""
    month = next((number for name, number in _months(language) if _has(text, name)), None)
    if month is None:
        return ()
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    year = next((number for number in numbers if number > 31), None)
    day = next((number for number in numbers if 1 <= number <= 31), None)
    if day is None and any(_has(text, way) for way in _ways(END_OF, language)):
        last = monthrange(year or today.year + (month < today.month), month)[1]
        return _made(year, month, last) if year else _coming(month, last, today)
    if day is None:
        return ()
    return _made(year, month, day) if year else _coming(month, day, today)


def _relative(text: str, language: str, today: date) -> tuple[date, ...]:
    def says(ways: Text) -> bool:
        return any(_has(text, way) for way in _ways(ways, language))

    if says(AFTER_TOMORROW):
        return (today + timedelta(days=2),)
    if says(TOMORROW):
        return (today + timedelta(days=1),)
    if says(TODAY):
        return (today,)
    number = 2 if says(TWO_WEEKS) or says(TWO_MONTHS) else _number(text, language)
    if number is not None:
        if says(MONTH) or says(TWO_MONTHS):
            return (_months_on(today, number),)
        if says(WEEK) or says(TWO_WEEKS):
            return (today + timedelta(weeks=number),)
        if says(DAY):
            return (today + timedelta(days=number),)
    if says(NEXT_MONTH):
        return (_months_on(today, 1),)
    return ()


def _weekday(text: str, language: str, today: date) -> tuple[date, ...]:
    """The coming one; "next" may be that or the one after it while both lie in different weeks."""
    number = next((number for name, number in _weekdays(language) if _has(text, name)), None)
    if number is None:
        next_week = any(_has(text, way) for way in _ways(NEXT_WEEK, language))
        return (today + timedelta(days=7 - today.weekday()),) if next_week else ()
    coming = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    if any(_has(text, way) for way in _ways(NEXT_WEEK, language)):
        return (today + timedelta(days=7 - today.weekday() + number),)
    says_next = any(_has(text, way) for way in _ways(NEXT, language))
    this_week = number > today.weekday()
    return (coming, coming + timedelta(weeks=1)) if says_next and this_week else (coming,)


def _number(text: str, language: str) -> int | None:
    figure = re.search(r"\d+", text)
    if figure:
        return min(int(figure[0]), LONGEST)
    for number, ways in enumerate(_ways(NUMBERS, language), start=1):
        if any(_has(text, way) for way in ways.split("|") if way):
            return number
    return None


def _has(text: str, way: str) -> bool:
    return f" {way} " in f" {text} "


def _made(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _coming(month: int, day: int, today: date) -> tuple[date, ...]:
    this_year = _made(today.year, month, day)
    return this_year if this_year and this_year[0] >= today else _made(today.year + 1, month, day)


def _months_on(today: date, number: int) -> date:
    year, month = divmod(today.month - 1 + number, 12)
    return date(today.year + year, month + 1, min(today.day, monthrange(today.year + year, month + 1)[1]))


@lru_cache(maxsize=256)
def _ways(text: Text, language: str) -> tuple[str, ...]:
    listed = words(language).render(text).replace("،", ",").replace("、", ",").split(",")
    return tuple("|".join(plain(part) for part in way.split("|")) for way in listed if plain(way))


@lru_cache(maxsize=64)
def _months(language: str) -> tuple[tuple[str, int], ...]:
    return tuple(_names(language, "months"))


@lru_cache(maxsize=64)
def _weekdays(language: str) -> tuple[tuple[str, int], ...]:
    return tuple(_names(language, "days"))


def _names(language: str, what: str) -> Iterator[tuple[str, int]]:
    """CLDR's names, whole and short, longest first so that no short one hides in a long one."""
    locale = words(language).locale
    found: dict[str, int] = {}
    for use in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in getattr(locale, what)[use][width].items():
                if len(plain(name)) > 1:
                    found[plain(name)] = int(number)
    yield from sorted(found.items(), key=lambda pair: -len(pair[0]))
