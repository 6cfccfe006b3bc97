"""What stands on paper, before it has a language: the confirmation, and the invitation letter for a visa.

Neither says who pays for what, nor anything else that staff have not entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.summary.content import Line
from bot.summary.pdf import page
from flows.codes import shown_code
from flows.conference.view import Attendee, Conference, Registration, Visa
from flows.conference.words import days, place
from locales import Country, Text, _


def confirmation(conference: Conference, registration: Registration, address: str, today: date,
                 languages: tuple[str, str]) -> bytes:
    """The confirmation as PDF, with the QR code that is read at the entrance."""
    return page(tuple(_confirmation(conference, registration, today)), languages, address)


def letter(conference: Conference, registration: Registration, guest: Attendee, today: date,
           languages: tuple[str, str]) -> bytes:
    """One person's invitation letter as PDF, to be signed by the team; for those who asked for one."""
    if guest.visa is None:
        raise ValueError("no letter was asked for")
    return page(tuple(_letter(conference, registration, guest, guest.visa, today)), languages)


def _confirmation(conference: Conference, registration: Registration, today: date) -> Iterator[Line]:
    yield Line("title", _("Confirmation of registration"))
    yield Line("heading", _("{title}", title=conference.title))
    yield Line("plain", days(conference))
    yield Line("plain", place(conference))
    yield Line("heading", _("Who takes part"))
    yield Line("plain", _("{municipality}, {country}", municipality=registration.municipality,
                          country=Country(registration.country)))
    yield from (Line("plain", _("• {point}", point=_who(guest))) for guest in registration.attendees)
    if registration.partner:
        yield Line("plain", _("Together with the partner municipality {municipality}, {country}.",
                              municipality=registration.partner.municipality, country=Country(registration.partner.country)))
    yield Line("heading", _("Confirmation code: {code}", code=shown_code(registration.code)))
    yield Line("plain", _("Please show the code below, on paper or on a phone, when you arrive."))
    yield from _contact(conference)
    yield Line("small", _("Made by a program on {date}. The registration counts as it stands on that day.", date=today))


def _letter(conference: Conference, registration: Registration, guest: Attendee, visa: Visa, today: date) -> Iterator[Line]:
    yield Line("title", _("Invitation to a partnership conference"))
    yield Line("plain", _("Engagement Global, Service Agency Communities in One World"))
    yield Line("plain", _("{date}", date=today))
    yield Line("heading", _("To whom it may concern"))
    yield Line("plain", _("We invite {name} to this conference:", name=visa.name))
    yield Line("heading", _("{title}", title=conference.title))
    yield Line("plain", days(conference))
    yield Line("plain", place(conference))
    yield Line("heading", _("The person invited"))
    yield Line("plain", _("Name as in the passport: {name}", name=visa.name))
    if guest.role:
        yield Line("plain", _("Function: {role}", role=guest.role))
    yield Line("plain", _("Municipality: {municipality}, {country}", municipality=registration.municipality,
                          country=Country(registration.country)))
    if visa.arrives and visa.leaves:
        yield Line("plain", _("Planned stay: from {first} to {last}", first=visa.arrives, last=visa.leaves))
    yield Line("plain", _("The registration is confirmed under the code {code}.", code=shown_code(registration.code)))
    if registration.partner:
        yield Line("plain", _("The person takes part together with the partner municipality {municipality}, {country}.",
                              municipality=registration.partner.municipality, country=Country(registration.partner.country)))
    yield from _contact(conference)
    yield Line("plain", _("We ask you to support the application for a visa."))
    for _blank in range(3):
        yield Line("plain", _("{blank}", blank=" "))
    yield Line("plain", _("{blank}", blank="_" * 34))
    yield Line("small", _("Place, date, name, signature and stamp"))
    yield Line("small", _("Made by a program. Valid only with a signature of the Service Agency's team."))


def _who(guest: Attendee) -> Text:
    return _("{name}, {role}", name=guest.names, role=guest.role) if guest.role else _("{name}", name=guest.names)


def _contact(conference: Conference) -> Iterator[Line]:
    if conference.contact:
        yield Line("plain", _("Questions: {contact}", contact=conference.contact))
