"""Passing a question on to the team: what is asked, how to reach the person, and consent to keep both."""

from __future__ import annotations

from dataclasses import dataclass

from locales import Text, _

from .contacts import Email
from .dialogue import Chat
from .kinds import Line, OneOf, Options, YesNo

CONSENT = "enquiry-2026-11-b"  # name the words of `AGREEMENT` anew whenever they change
AGREEMENT = _(
    "To answer you, the team keeps your question, your contact, this chat's address, the side and country that you have named "
    "here, and what you and the team write to each other. It deletes them 180 days after the enquiry is closed. You can delete "
    "them yourself at any time with /forget. Do you agree?"
)


class Reach(Options):
    """Where the answer should go."""

    CHAT = _("Here in this chat")
    EMAIL = _("By e-mail")
    TALK = _("I want to talk with a person here")


@dataclass(frozen=True)
class Enquiry:
    """What is passed on; `contact` is an e-mail address, or empty for this chat; `talk`: a person is to take over here."""

    question: str
    contact: str
    agreed: bool
    talk: bool = False


async def enquiry(chat: Chat) -> Enquiry:
    """Asks for consent first, then what to pass on and where to answer."""
    agreed = await chat.ask("consent", AGREEMENT, OneOf(YesNo))
    if agreed is YesNo.NO:
        return Enquiry("", "", agreed=False)
    question = await chat.ask("question", _("What would you like to ask the team? Please write it in one message."), Line(5))
    reach = await chat.ask("reach", _("Where should the answer go?"), OneOf(Reach))
    if reach is not Reach.EMAIL:
        return Enquiry(question, "", agreed=True, talk=reach is Reach.TALK)
    email = await chat.ask("email", _("What is your e-mail address?"), Email())
    return Enquiry(question, email, agreed=True)


def passed_on(found: Enquiry, reference: str) -> tuple[Text, ...]:
    """What the person reads when the question is on its way."""
    where = (_("The answer will go to {email}.", email=found.contact) if found.contact
             else _("The answer will arrive here in this chat."))
    return (_("Thank you. Your question has gone to the team under the number {reference}.", reference=reference), where)
