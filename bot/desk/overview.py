"""The first page: what waits, what is asked and where from, what is not understood, where dialogues are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

from aiohttp import web
from babel.dates import format_date
from babel.numbers import format_percent
from markupsafe import Markup

from locales import Text, languages

from . import charts, figures
from .figures import Share, Week
from .visit import Visit
from .words import _, language_name, percent

PERIODS = {7: _("7 days"), 28: _("4 weeks"), 84: _("12 weeks")}
USUAL = 28
TOP = 10
AGES = (_("less than a day"), _("1 to 3 days"), _("3 to 7 days"), _("more than 7 days"))
OUTCOMES = {"answered": _("answered"), "unsure": _("offered a choice"), "unknown": _("not understood")}
REGISTRATIONS = {"confirmed": _("confirmed"), "pending": _("waiting for approval"), "offered": _("offered a place"),
                 "waiting": _("on the waiting list")}
FLOWS: Mapping[str, Text] = {
    "eligibility": _("Eligibility check"), "enquiry": _("Enquiry to the team"), "forget": _("Deleting one's data"),
    "interests": _("Interests for announcements"), "announce": _("Announcement by staff"),
    "case_start": _("Beginning a checklist"), "case_join": _("Joining a checklist"), "case_leave": _("Leaving a checklist"),
    "conf_register": _("Registering for a conference"), "conf_find": _("Finding a conference"),
    "conf_person": _("Adding somebody to a registration"), "conf_pair": _("Coming as a pair"),
    "conf_withdraw": _("Withdrawing from a conference"), "conf_feedback": _("Feedback on a conference"),
    "case_note": _("Note on a checklist"), "case_due": _("Due date on a checklist"), "case_help": _("Help with a checklist"),
}


async def overview(visit: Visit) -> web.Response:
    """/desk."""
    days, language, today = _days(visit), _language(visit), visit.now.date()
    async with visit.office.store.read() as connection:
        waiting = await figures.waiting(connection, visit.now)
        unsettled = await figures.unsettled(connection)
        reviews = await figures.in_review(connection)
        cases = await figures.open_cases(connection)
        registered = await figures.registrations(connection, today)
        weeks = await figures.weeks(connection, today, language)
        topics = await figures.ranking(connection, "topic", "key", today, days, language)
        countries = await figures.ranking(connection, "country", "country", today, days, language)
        spoken = await figures.ranking(connection, "message", "language", today, days, "")
        outcomes = await figures.outcomes(connection, today, days)
        dialogues = await figures.dialogues(connection, today, days, language)
    return visit.page(
        "overview.html", waiting=waiting, ages=AGES, unsettled=unsettled, reviews=reviews, cases=cases,
        weeks=weeks, registered=registered,
        registration_states=REGISTRATIONS, outcome_names=OUTCOMES,
        topics=topics, countries=countries, spoken=spoken, outcomes=outcomes, dialogues=dialogues, flow_names=FLOWS, top=TOP,
        days=days, periods=PERIODS, chosen=language, languages=languages(), step_words=step_words,
        weeks_chart=_weeks_chart(visit, weeks), topics_chart=_bars(visit, _("Topics of questions"), [
            (visit.title(share.key), share.number) for share in topics[:TOP]]),
        languages_chart=_bars(visit, _("Messages by language"), [
            (language_name(share.key, visit.words), share.number) for share in spoken]),
        map=charts.world(visit.say(_("Countries that were asked about, on a map of the world")), _by_country(countries)),
        shades=charts.shades(), too_small=[share for share in countries if share.key not in charts.shapes()],
        country=visit.words.country, week=lambda start: _week(visit, start), change=lambda share: _change(visit, share),
        percent=lambda value: percent(value, visit.words))


def step_words(words: str) -> Text:
    """A dialogue's question, with dots for what differs from person to person."""
    names = dict.fromkeys(name for _text, name, _form, _conversion in Formatter().parse(words) if name)
    return Text(words, tuple((name, "…") for name in names))


def _days(visit: Visit) -> int:
    return visit.number("days") if visit.number("days") in PERIODS else USUAL


def _language(visit: Visit) -> str:
    return visit.query("language") if visit.query("language") in languages() else ""


def _weeks_chart(visit: Visit, weeks: Sequence[Week]) -> Markup:
    series = [(visit.say(name), [getattr(week, outcome) for week in weeks]) for outcome, name in OUTCOMES.items()]
    drawn = charts.columns(visit.say(_("Questions by week")), [_week(visit, week) for week in weeks], series)
    return drawn + charts.legend([name for name, _numbers in series])


def _bars(visit: Visit, title: Text, values: Sequence[tuple[str, int]]) -> Markup:
    return charts.bars(visit.say(title), values) if values else Markup()


def _by_country(shares: Sequence[Share]) -> dict[str, int]:
    return {share.key: share.number for share in shares}


def _week(visit: Visit, week: Week) -> str:
    return str(format_date(week.start, "d.M." if visit.words.language == "de" else "d MMM", locale=visit.words.locale))


def _change(visit: Visit, share: Share) -> str:
    """Against as many days before, as a signed share; empty where there was nothing to compare with."""
    if not share.before:
        return ""
    change = share.number / share.before - 1
    return ("+" if change > 0 else "") + str(format_percent(change, locale=visit.words.locale))
