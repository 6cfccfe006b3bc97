"""The sentences that pages, papers and calendars share."""

from __future__ import annotations

from flows.conference.view import Conference, State, Status
from knowledge.conferences import PLACES
from locales import Country, Text, Value, _

STATES = {
    State.DRAFT: _("not announced"),
    State.OPEN: _("open for registration"),
    State.FULL: _("full, with a waiting list"),
    State.CLOSED: _("registration has closed"),
    State.PAST: _("past"),
    State.CANCELLED: _("cancelled"),
}
STATUSES = {
    Status.PENDING: _("waits for the team's approval"),
    Status.WAITING: _("on the waiting list"),
    Status.OFFERED: _("a place is offered"),
    Status.CONFIRMED: _("confirmed"),
    Status.DECLINED: _("declined"),
    Status.WITHDRAWN: _("withdrawn"),
    Status.LAPSED: _("lapsed: the offered place was not accepted in time"),
}
COMPANION = {"en": "de"}  # what stands beside a language; beside all others stands English


def languages_of(language: str, beside: str = "") -> tuple[str, str]:
    """The two languages of a paper: the reader's, and English or German."""
    fitting = beside if beside in ("en", "de") and beside != language else ""
    return language, fitting or COMPANION.get(language, "en")


def days(conference: Conference) -> Text:
    """When it is."""
    if conference.first == conference.last:
        return _("On {date}", date=conference.first)
    return _("From {first} to {last}", first=conference.first, last=conference.last)


def place(conference: Conference) -> Text:
    """Where it is; a city known to the knowledge in the reader's spelling."""
    city: Value = PLACES.get(conference.city, conference.city)
    return _("{city}, {country}", city=city, country=Country(conference.country))
