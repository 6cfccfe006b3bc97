"""A day as people write it: "15.3.", "15 March 2027", "end of March", "tomorrow", "in two weeks", "next Friday".

Names of months and weekdays come from CLDR, so a new language brings them along; the few other words are in the catalogues.
A day that may be two ("next Friday", said on a Tuesday) is asked about and never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from babel import Locale

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
ENDING = 2  # letters that a month's word may have more than it is listed with
ALSO = {"ar": ("ar_SY", "ar_DZ", "ar_MA"), "de": ("de_AT",)}  # whose names of months are in use beside those of the language
HINT = _("I do not understand that date. You can write “15 March”, “15.3.”, “next Friday” or “in two weeks”.")


@dataclass(frozen=True)
class Day:
    """A day from today on, or `ever` also one before; kept as an ISO date."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()
    ever: bool = False

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
        if found[0] < world.today and not self.ever:
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
    if _says_next_month(text, language):
        return () if _names_a_month(text, language) else _in_next_month(text, _says_end(text, language), today)
    if (months := 2 if says(TWO_MONTHS) else _counted(text, language, MONTH)) is not None:
        return (_months_on(today, months),)
    if (weeks := 2 if says(TWO_WEEKS) else _counted(text, language, WEEK)) is not None:
        return (today + timedelta(weeks=weeks),)
    days = _counted(text, language, DAY)
    return () if days is None else (today + timedelta(days=days),)


def _says_next_month(text: str, language: str) -> bool:
    """Also where the month's word has another ending than it is listed with ("nächsten Monats")."""
    if any(_has(text, way) for way in _ways(NEXT_MONTH, language)):
        return True
    nexts, months = _ways(NEXT, language), [way for way in _ways(MONTH, language) if len(way) > ENDING and way.isalpha()]
    tokens = text.split()
    return any(token in nexts and any(after.startswith(way) and len(after) - len(way) <= ENDING for way in months)
               for token, after in pairwise(tokens))


def _says_end(text: str, language: str) -> bool:
    """By its first word, since what follows is joined to it ("fin del próximo mes")."""
    return any(_has(text, way.split()[0]) for way in _ways(END_OF, language) if len(way.split()) <= MOST_WORDS_OF_A_DAY)


def _names_a_month(text: str, language: str) -> bool:
    return any(_has(text, name) for name, _number in _months(language))


def _in_next_month(text: str, is_end: bool, today: date) -> tuple[date, ...]:
    """The day of next month that is named, its last one, or today's; nothing where that month has no such day."""
    year, month = divmod(today.month, 12)
    year, month = today.year + year, month + 1
    if is_end:
        return _made(year, month, monthrange(year, month)[1])
    figures = re.findall(r"\d+", text)
    if figures:
        return _made(year, month, int(figures[0])) if len(figures) == 1 and len(figures[0]) <= 2 else ()
    return (_months_on(today, 1),)


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


def _counted(text: str, language: str, unit: Text) -> int | None:
    """How many of a unit are told; the number stands right beside the unit, or else it counts something else."""
    said = [(min(int(figure), LONGEST), figure) for figure in re.findall(r"(?<!\S)\d{1,6}(?!\S)", text)]
    said += [(number, way) for number, ways in enumerate(_ways(NUMBERS, language), start=1) for way in ways.split("|") if way]
    for number, token in said:
        for way in _ways(unit, language):
            together = (f"{token} {way}", f"{way} {token}", *([token] if _has(token, way) else []),
                        *([way] if way.startswith(f"{token} ") else []))
            if any(_has(text, phrase) for phrase in together):
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
    """The names of the months, also those of other countries with the language (نيسان and أفريل are April as well)."""
    others = {name: number for tag in ALSO.get(language, ()) for name, number in _names(Locale.parse(tag), "months").items()}
    return _longest_first(others | _names(words(language).locale, "months"))


@lru_cache(maxsize=64)
def _weekdays(language: str) -> tuple[tuple[str, int], ...]:
    """The names of the days; one of two words is also called by its first, as in Portuguese ("sexta")."""
    names = _names(words(language).locale, "days")
    firsts = [(name.split()[0], number) for name, number in names.items() if " " in name]
    alone = {first: number for first, number in firsts if len({one for other, one in firsts if other == first}) == 1}
    return _longest_first(alone | names)


def _names(locale: Locale, what: str) -> dict[str, int]:
    """CLDR's names, whole and short."""
    return {plain(name): int(number) for use in ("format", "stand-alone") for width in ("wide", "abbreviated")
            for number, name in getattr(locale, what)[use][width].items() if len(plain(name)) > 1}


def _longest_first(names: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """So that no short name hides in a long one."""
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))
