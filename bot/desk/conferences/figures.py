"""A conference in figures: who comes from where, what they need, and how registrations came in; each chart with its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from aiohttp import web
from babel.dates import format_date
from markupsafe import Markup

from bot.conferences.reading import registrations_of
from bot.desk import charts
from bot.desk.visit import Visit
from bot.desk.words import _, language_name
from flows.conference.people import diet_label
from flows.conference.view import Registration, Status
from flows.conference.words import STATUSES
from locales import Text

from .editing import found
from .registrations import SIDES

MOST_BARS = 15
Counted = Sequence[tuple[str, int]]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Figure:
    """One chart and the numbers behind it."""

    title: str
    chart: Markup
    rows: Counted


async def shown(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/figures: people, not registrations, except where it says so."""
    one = await found(visit)
    async with visit.office.store.read() as connection:
        rows = await registrations_of(connection, one.id)
    coming = [row for row in rows if row.status is Status.CONFIRMED]
    guests = [guest for row in coming for guest in row.attendees]
    said = visit.words.value
    counted: list[tuple[Text, Counted]] = [
        (_("People by status"), _people(visit, rows, lambda row: row.status, STATUSES)),
        (_("Coming, by side"), _people(visit, coming, lambda row: row.side, SIDES)),
        (_("Coming, by country"), _sorted(Counter(visit.words.country(row.country) for row in coming
                                                  for _guest in row.attendees))),
        (_("Coming with or without their partner"), _partners(visit, coming)),
        (_("Diets"), _sorted(Counter(said(diet_label(guest.diet)) or "–" for guest in guests))),
        (_("Interpretation needed"), _sorted(Counter(_named(visit, guest.interpretation) for guest in guests
                                                     if guest.interpretation))),
        (_("Languages spoken"), _sorted(Counter(_named(visit, code) for guest in guests for code in guest.languages))),
    ]
    figures = [_figure(visit.say(title), values) for title, values in counted if values]
    weeks = _weeks(visit, rows)
    if weeks:
        title = visit.say(_("People registered, by the week that begins on"))
        figures.append(Figure(title, charts.columns(title, [week for week, _count in weeks], [("", [
            count for _week, count in weeks])]), weeks))
    return visit.page("conference_figures.html", one=one, figures=figures, shown=said)


def _figure(title: str, values: Counted) -> Figure:
    return Figure(title, charts.bars(title, values[:MOST_BARS]), values)


def _people(visit: Visit, rows: Iterable[Registration], key: Callable[[Registration], Key],
            names: Mapping[Key, Text]) -> Counted:
    found: Counter[Key] = Counter()
    for row in rows:
        found[key(row)] += row.people
    return [(visit.say(label), found[value]) for value, label in names.items() if found[value]]


def _partners(visit: Visit, rows: Sequence[Registration]) -> Counted:
    names = {True: _("with a partner who has registered"), False: _("without")}
    return _people(visit, rows, lambda row: row.partner is not None, names)


def _weeks(visit: Visit, rows: Sequence[Registration]) -> Counted:
    """People by week, weeks without any among them too."""
    counted: Counter[date] = Counter()
    for row in rows:
        day = row.created_at.date()
        counted[day - timedelta(days=day.weekday())] += row.people
    if not counted:
        return []
    first, last = min(counted), max(counted)
    weeks = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return [(str(format_date(week, "d. MMM" if visit.words.language == "de" else "d MMM", locale=visit.words.locale)),
             counted[week]) for week in weeks]


def _named(visit: Visit, code: str) -> str:
    return language_name(code, visit.words)


def _sorted(counted: Counter[str]) -> Counted:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
