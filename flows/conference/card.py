"""One conference in one message, with one's own registration and what can be done with it."""

from __future__ import annotations

from datetime import datetime

from flows.notices import Links
from flows.replies import ASK_TEAM, MENU, Choice, Document, Paragraph, Reply, small, strong
from locales import Country, Text, _

from .view import Conference, Registration, State, Status
from .words import STATES, STATUSES, days, facts, moment, place, standing, step


def card(conference: Conference, now: datetime, links: Links, *before: Paragraph) -> Reply:
    """What it is, where one stands, and what one can do."""
    mine = conference.mine
    own = [strong(line) for line in standing(conference, mine)] if mine else []
    text = [Paragraph(_("{words}", words=conference.text))] if conference.text else []
    contact = [small(_("Questions: {contact}", contact=conference.contact))] if conference.contact else []
    pair = [Paragraph(line) for line in about_partner(conference, mine)] if mine else []
    page = (Document(_("Page of the conference"), f"{links.base}/conferences/{conference.slug}"),) if links.base else ()
    head = strong(_("{title}", title=conference.title))
    body = (*before, head, *map(Paragraph, facts(conference, now)), *text, *own, *pair, *contact)
    return Reply(body, (*possible(conference, now), ASK_TEAM, MENU), (*papers(mine, links), *page))


def possible(conference: Conference, now: datetime) -> tuple[Choice, ...]:
    """The steps that are open to the person now."""
    mine = conference.mine
    open_now = conference.takes_registrations(now)
    programme = (step(conference, "programme", _("Programme")),) if conference.programme else ()
    if mine is None or not mine.status.counts:
        again = (step(conference, "register", _("Register")),) if open_now else ()
        return (*again, *programme)
    offered = (step(conference, "accept", _("Accept the place")),) if mine.status is Status.OFFERED else ()
    own = [step(conference, "withdraw", _("Withdraw"))] if conference.state(now) is not State.PAST else []
    if open_now:
        own = [step(conference, "change", _("Change something")), *_of_the_pair(conference, mine), *_of_others(conference, mine),
               *own]
    return (*offered, *own, *programme)


def papers(mine: Registration | None, links: Links) -> tuple[Document, ...]:
    """The person's own page, and what is there to take along."""
    if mine is None or not mine.status.counts or not links.base:
        return ()
    page = f"{links.base}/r/{mine.code}"
    own = (Document(_("Your registration"), page),)
    if mine.status is not Status.CONFIRMED:
        return own
    return (*own, Document(_("Calendar file"), f"{page}/conference.ics"), Document(_("QR code for the entrance"), f"{page}.svg"),
            Document(_("Confirmation (PDF)"), f"{page}/confirmation.pdf"))


def about_partner(conference: Conference, mine: Registration) -> tuple[Text, ...]:
    """With whom one comes, or that a place is kept."""
    if mine.partner:
        return (_("You come together with {municipality}, {country}: {status}.", municipality=mine.partner.municipality,
                  country=Country(mine.partner.country), status=STATUSES[mine.partner.status]),)
    if mine.paired and mine.held_until:
        return (_("A place is kept for your partner until {until}.", until=moment(conference, mine.held_until)),)
    return ()


def programme(conference: Conference) -> Reply:
    """The programme in the team's words."""
    return Reply((strong(_("{title}", title=conference.title)), Paragraph(_("{words}", words=conference.programme))),
                 (step(conference, "", _("Overview")), MENU))


def line(conference: Conference, now: datetime) -> Text:
    """A conference in one line of a list."""
    mine = conference.mine
    head = _("{title}: {days}, {place} ({state}).", title=conference.title, days=days(conference), place=place(conference),
             state=STATES[conference.state(now)])
    if mine is not None and mine.status.counts:
        return _("{conference} Your registration: {status}.", conference=head, status=STATUSES[mine.status])
    return head



def _of_the_pair(conference: Conference, mine: Registration) -> tuple[Choice, ...]:
    if mine.partner:
        return ()
    return (step(conference, "invite", _("Invite your partner")), step(conference, "pair", _("Enter the partner's code")))


def _of_others(conference: Conference, mine: Registration) -> tuple[Choice, ...]:
    return tuple(step(conference, f"person {number}", _("What {name} needs", name=one.names))
                 for number, one in enumerate(mine.attendees, start=1) if number > 1)
