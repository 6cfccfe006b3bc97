"""Passing a question on to the team: what is asked, how to reach the person, and consent to keep both."""

from __future__ import annotations

from dataclasses import dataclass

from locales import Text, _

from .dialogue import Chat, Reading, Unclear, Understood
from .kinds import Line, OneOf, Options, YesNo
from .world import World

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


@dataclass(frozen=True)
class Email:
    """An e-mail address, checked for its form only."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if is_email(canonical) else None

    def label(self, canonical: str) -> str:
        return canonical

    def read(self, text: str, world: World) -> Reading:
        found = next((word.strip("<>.,;:()\"'") for word in text.split() if "@" in word), "")
        if not is_email(found):
            return Unclear(_("That is not a complete e-mail address. It looks like this: name@example.org"))
        return Understood(found)


def is_email(text: str) -> bool:
    """Whether a text has the form of an address: one name, one @, a host with a dot."""
    name, at, host = text.rpartition("@")
    return bool(at and name and "@" not in name and "." in host.strip(".") and host == host.strip(".")
                and not any(char.isspace() for char in text) and len(text) <= 254)


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
