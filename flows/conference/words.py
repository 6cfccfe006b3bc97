"""The sentences that all messages and pages about conferences share: states, days, places, where a registration stands."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flows.codes import shown_code
from flows.replies import Choice
from knowledge.conferences import PLACES
from locales import Country, Text, Value, _

from .view import Conference, Registration, State, Status

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


def step(conference: Conference, name: str, label: Value) -> Choice:
    """A button that does something with a conference."""
    return Choice(f"/conf {conference.slug} {name}".rstrip(), label)


def days(conference: Conference) -> Text:
    """When it is."""
    if conference.first == conference.last:
        return _("On {date}", date=conference.first)
    return _("From {first} to {last}", first=conference.first, last=conference.last)


def place(conference: Conference) -> Text:
    """Where it is; a city known to the knowledge in the reader's spelling."""
    city: Value = PLACES.get(conference.city, conference.city)
    return _("{city}, {country}", city=city, country=Country(conference.country))


def facts(conference: Conference, now: datetime) -> tuple[Text, ...]:
    """Where, when, until when, and how full it is; of how full it is, who has registered needs to hear nothing."""
    if conference.mine and conference.mine.status.counts and conference.stored is not State.CANCELLED:
        return (_("{days}, {place}.", days=days(conference), place=place(conference)),)
    state = conference.state(now)
    lines = [_("{days}, {place}: {state}.", days=days(conference), place=place(conference), state=STATES[state])]
    if state in (State.OPEN, State.FULL):
        lines.append(_("Registration is possible until {date}.", date=conference.deadline))
    if state is State.OPEN:
        lines.append(_("{free} of {places} places are free.", free=conference.free, places=conference.places))
    if state is State.FULL:
        lines.append(_("No place is free; {count} people wait. Who registers now joins the waiting list.",
                       count=conference.waiting))
    return tuple(lines)


def standing(conference: Conference, mine: Registration) -> tuple[Text, ...]:
    """Where one's own registration stands."""
    match mine.status:
        case Status.CONFIRMED:
            return (_("You are registered. Your confirmation code: {code}", code=shown_code(mine.code)),)
        case Status.OFFERED if mine.offered_until:
            return (_("A place is free for you. Please accept it until {until}.", until=moment(conference, mine.offered_until)),)
        case Status.WAITING:
            return (_("You are on the waiting list, at place {place}. You are told here as soon as a place is free.",
                      place=mine.place),)
        case Status.PENDING:
            return (_("The team looks at your registration and answers here."),)
        case status:
            return (_("Your registration: {status}.", status=STATUSES[status]),)


def moment(conference: Conference, at: datetime) -> Text:
    """A day and a time by the host's clock."""
    local = at.astimezone(ZoneInfo(conference.zone))
    return _("{date}, {time} (local time in {city})", date=local.date(), time=f"{local:%H:%M}", city=conference.city)
