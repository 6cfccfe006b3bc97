"""A conference's form: what was filled in, as a conference, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import available_timezones

from bot.desk.visit import number_in
from bot.desk.words import _
from flows.conference.view import Conference, Quotas
from knowledge.conferences import REGIONS
from locales import Spoken, Text, is_country, languages

LONGEST, LONGEST_LINE, LONGEST_SLUG = 4000, 100, 40  # characters
MOST_PLACES, MOST_HOURS, USUAL_HOURS = 100_000, 24 * 60, 48
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ADMISSIONS = {"first_come": _("First come, first served"), "approval": _("The team approves each registration")}
DAYS = {"first": _("the first day"), "last": _("the last day"), "deadline": _("the last day to register")}
NUMBERS = {
    "places": (_("places"), MOST_PLACES), "hold_hours": (_("hours to accept an offered place"), MOST_HOURS),
    "german": (_("places for the German side"), MOST_PLACES), "south": (_("places for the South"), MOST_PLACES),
}


class Wrong(Exception):
    """What is filled in cannot be taken as it is; `text` says why, and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text


def entered(form: Mapping[str, str], known: Conference | None = None) -> Conference:
    """The conference that a form describes; of a `known` one, what the form does not ask stays.

    Raises Wrong.
    """
    if any(len(text) > LONGEST for text in form.values()):
        raise Wrong(_("A text is too long: at most {most} characters, please.", most=LONGEST))
    title = spoken(form, "title")
    if not title:
        raise Wrong(_("Please give the conference a title in at least one language."))
    first, last, deadline = (_day(form, name) for name in DAYS)
    if last < first or deadline > last:
        raise Wrong(_("The last day must not be before the first, and the last day to register not after the conference."))
    places = _number(form, "places")
    if not places:
        raise Wrong(_("Please say how many places there are."))
    made = Conference(
        _slug(form), _chosen(form, "region", REGIONS, _("Please choose a region.")), _line(form, "city", _("the host city")),
        first, last, _zone(form), title, places, deadline, _country(form.get("country", "")), spoken(form, "text"),
        spoken(form, "programme"), _countries(form.get("invited", "")),
        _chosen(form, "admission", ADMISSIONS, _("Please choose how people are admitted.")), "invitation_only" in form,
        Quotas(_number(form, "german"), _number(form, "south"), _quotas(form.get("quotas", ""))),
        _number(form, "hold_hours") or USUAL_HOURS, _line(form, "contact", _("the contact")))
    return made if known is None else replace(
        made, id=known.id, stored=known.stored, questions=known.questions, taken=known.taken, waiting=known.waiting)


def filled_in(known: Conference) -> dict[str, str]:
    """The form's fields for a conference."""
    texts = {"title": known.title, "text": known.text, "programme": known.programme}
    form = {f"{name}-{code}": text for name, words in texts.items() for code, text in words.ways}
    limits = ", ".join(f"{country}: {most}" for country, most in known.quotas.countries.items())
    form |= {"slug": known.slug, "region": known.region, "city": known.city, "country": known.country, "zone": known.zone,
             "first": known.first.isoformat(), "last": known.last.isoformat(), "deadline": known.deadline.isoformat(),
             "places": str(known.places), "invited": ", ".join(known.invited), "admission": known.admission,
             "german": _written(known.quotas.german), "south": _written(known.quotas.south), "quotas": limits,
             "hold_hours": str(known.hold_hours), "contact": known.contact}
    return form | ({"invitation_only": "yes"} if known.invitation_only else {})


def spoken(form: Mapping[str, str], field: str) -> Spoken:
    """Words by language, of those fields that are filled in."""
    return Spoken(tuple((code, form[f"{field}-{code}"]) for code in languages() if form.get(f"{field}-{code}")))


def _day(form: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(form.get(name, ""))
    except ValueError:
        raise Wrong(_("Please give {what}; days are written as 2027-03-15.", what=DAYS[name])) from None


def _number(form: Mapping[str, str], name: str) -> int | None:
    label, most = NUMBERS[name]
    given = form.get(name, "")
    number = number_in(given)
    if given and (number is None or number > most):
        raise Wrong(_("Please write a whole number from 0 to {most} for {what}.", what=label, most=most))
    return number


def _line(form: Mapping[str, str], name: str, label: Text) -> str:
    given = form.get(name, "")
    if not given or "\n" in given or len(given) > LONGEST_LINE:
        raise Wrong(_("Please give {what} in one line of at most {most} characters.", what=label, most=LONGEST_LINE))
    return given


def _chosen(form: Mapping[str, str], name: str, options: Mapping[str, Text], otherwise: Text) -> str:
    if form.get(name, "") not in options:
        raise Wrong(otherwise)
    return form[name]


def _slug(form: Mapping[str, str]) -> str:
    given = form.get("slug", "").lower()
    if not SLUG.fullmatch(given) or len(given) > LONGEST_SLUG:
        raise Wrong(_("The name in links may hold letters from a to z, digits and hyphens between them, such as africa-2028."))
    return given


def _zone(form: Mapping[str, str]) -> str:
    given = form.get("zone", "")
    if given not in available_timezones():
        raise Wrong(_("Please give a time zone by its name, such as Europe/Berlin."))
    return given


def _country(code: str) -> str:
    if not is_country(code.upper()):
        raise Wrong(_("“{code}” is no code of a country. Please give two letters, such as KE.", code=code))
    return code.upper()


def _countries(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_country(code) for code in re.split(r"[\s,;]+", given) if code))


def _quotas(given: str) -> dict[str, int]:
    """"KE: 5, GH: 3"."""
    found = {}
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", given))):
        code, _colon, most = (piece.strip() for piece in part.partition(":"))
        if not (most.isascii() and most.isdigit()):
            raise Wrong(_("Please write limits of countries as KE: 5, GH: 3."))
        found[_country(code)] = int(most[:6])
    return found


def _written(number: int | None) -> str:
    return "" if number is None else str(number)
