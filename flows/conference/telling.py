"""What somebody reads after a step of their own, and without having asked: a place has come free, the partner has withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.codes import shown_code
from flows.notices import Links
from flows.replies import MENU, Choice, Paragraph, Reply, say, strong
from locales import Country, Text, _, ngettext

from .card import card
from .view import Conference, Registration, Status
from .words import STATUSES, moment, place, standing, step


def registered(conference: Conference, mine: Registration, now: datetime, links: Links, *notes: Text) -> Reply:
    """The confirmation, or where one waits; what happened besides comes first."""
    return card(replace(conference, mine=mine), now, links, *map(Paragraph, (*HEARD[mine.status], *notes)))


HEARD: dict[Status, tuple[Text, ...]] = {
    Status.CONFIRMED: (_("Thank you, this is your confirmation."),),
    Status.WAITING: (_("Thank you. All places are taken for now."),),
    Status.PENDING: (_("Thank you, your registration has come in."),),
    Status.OFFERED: (),
    Status.DECLINED: (),
    Status.WITHDRAWN: (),
    Status.LAPSED: (),
}


def partner_code(code: str, links: Links) -> tuple[Text, ...]:
    """The code for the partner, and the links that carry it."""
    found = [_("Your partner registers with this code: {code}", code=shown_code(code))]
    if links.bot:
        found.append(_("{address}", address=f"https://t.me/{links.bot}?start=pair-{code}"))
    if links.base:
        found.append(_("{address}", address=f"{links.base}/?start=pair-{code}"))
    return tuple(found)


def too_few_places(asked: int, kept: int) -> Text:
    """That more people were to come than there is room for."""
    return _("There is no room for {asked} people now, so the registration stays at {kept}. Everything else is changed.",
             asked=asked, kept=kept)


def only_kept_for_fewer(kept: int) -> Text:
    """That a partner brings more people than places were kept."""
    return ngettext("For your side {count} place was kept, and there is no room for more now. You are next in line.",
                    "For your side {count} places were kept, and there is no room for more now. You are next in line.", kept)


PAIR_CODE_GONE = _("Your partner's code no longer holds, so you are registered without it. Ask for a new one and enter it below.")
ACCESS_GONE = _("The code from your invitation does not hold for this registration, or is used up. Nothing was sent; please ask "
                "the team.")
NOT_YOURS = _("That registration no longer stands.")
TOO_LATE = _("This conference takes no registrations now, and none can be changed. Please ask the team.")
OVERVIEW = _("Overview")
ASK = _("Ask the team")
TWICE = _("You are registered for this conference already.")


def offered(conference: Conference, mine: Registration, now: datetime) -> Reply:
    """A place has come free for somebody who waits."""
    until = mine.offered_until
    when = _("It is kept for you until {until}. After that, the next in line has it.", until=moment(conference, until or now))
    return Reply((strong(_("A place has come free: {title}, {place}.", title=conference.title, place=place(conference))),
                  Paragraph(when)),
                 (step(conference, "accept", _("Accept the place")), step(conference, "withdraw", _("Withdraw")),
                  step(conference, "", OVERVIEW)))


def lapsed(conference: Conference) -> Reply:
    """The offer was not accepted in time."""
    text = _("The place at {title} was not accepted in time and has gone to the next in line. You can register again.",
             title=conference.title)
    return say(text, choices=(step(conference, "register", _("Register")), MENU))


def decided(conference: Conference, mine: Registration, now: datetime, links: Links) -> Reply:
    """What the team has decided on a registration."""
    if mine.status is Status.DECLINED:
        return say(_("The team could not confirm your registration for {title}.", title=conference.title),
                   choices=(Choice("/contact", ASK), MENU))
    word = _("The team has approved your registration.")
    return card(replace(conference, mine=mine), now, links, Paragraph(word))


def withdrawn(conference: Conference) -> Reply:
    """After one's own withdrawal."""
    text = _("Your registration for {title} is withdrawn. What you had entered about your needs is deleted.",
             title=conference.title)
    return say(text, choices=(step(conference, "", OVERVIEW), MENU))


def partner_withdrew(conference: Conference, municipality: str) -> Reply:
    """The other side does not come any more."""
    text = _("{municipality} has withdrawn its registration for {title}. Yours stands as it is.", municipality=municipality,
             title=conference.title)
    return say(text, choices=(step(conference, "", OVERVIEW), MENU))


def partner_joined(conference: Conference, partner: Registration) -> Reply:
    """The other side has registered."""
    text = _("{municipality}, {country}, comes with you to {title}: {status}.", municipality=partner.municipality,
             country=Country(partner.country), title=conference.title, status=STATUSES[partner.status])
    return say(text, choices=(step(conference, "", OVERVIEW), MENU))


def no_longer_kept(conference: Conference) -> Reply:
    """The place for the partner has gone back."""
    text = _("Your partner has not registered for {title} yet, so its place is no longer kept. It can still register with your "
             "code, if there is room.", title=conference.title)
    return say(text, choices=(step(conference, "", OVERVIEW), MENU))


def reminder(conference: Conference, mine: Registration, now: datetime, links: Links) -> Reply:
    """Some days before."""
    return card(replace(conference, mine=mine), now, links, Paragraph(_("It begins soon.")))


def thanks(conference: Conference) -> Reply:
    """The day after, with a short form."""
    text = _("Thank you for coming to {title}. How was it? Three short questions, kept without your name:",
             title=conference.title)
    return say(text, choices=(step(conference, "feedback", _("Give feedback")), MENU))


def changed(conference: Conference, mine: Registration, now: datetime, links: Links, *notes: Text) -> Reply:
    """After a change of one's own."""
    return card(replace(conference, mine=mine), now, links, *map(Paragraph, (_("Your change is kept."), *notes)))


NO_PAIR = _("That code no longer holds, or is for your own side. Please ask your partner for a new one.")


def invited(conference: Conference, mine: Registration) -> Reply:
    """Whether a place could be kept for the partner."""
    if mine.held_until:
        text = _("A place is kept for your partner until {until}.", until=moment(conference, mine.held_until))
    elif mine.status.takes_places:
        text = _("No place could be kept for your partner now; with the code it joins the waiting list in your place.")
    else:
        text = _("As soon as a place is free for you, one is kept for your partner too.")
    return say(text, choices=(step(conference, "", OVERVIEW), MENU))


def paired(conference: Conference, mine: Registration) -> Reply:
    """After linking two registrations."""
    partner = mine.partner
    assert partner is not None, "the pair was joined a moment ago"
    linked = _("You come together with {municipality}, {country}: {status}.", municipality=partner.municipality,
               country=Country(partner.country), status=STATUSES[partner.status])
    return say(linked, *standing(conference, mine), choices=(step(conference, "", OVERVIEW), MENU))


FEEDBACK_TAKEN = _("Thank you. It is kept without your name.")
FEEDBACK_THERE = _("You have given feedback on this conference already. Thank you!")
