"""What is asked of each person who comes, each question with its reason; and the answers again from what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.contacts import Email, Phone
from flows.dates import Day
from flows.dialogue import Chat, Reading, Unclear, Understood
from flows.kinds import Line, OneOf, Options, YesNo, chosen_label
from flows.world import World
from locales import Text, Value, _, pgettext

from .kinds import NOTHING, Languages, OneLanguage, Skippable, language_choices
from .view import Attendee, Conference, Visa

NAMES, ROLE = Line(2, 100), Line(2, 100)
NEEDS, TRAVEL = Skippable(Line(2, 500), "", _("Accessibility")), Skippable(Line(2, 500), "", _("Travel"))


class Diet(Options):
    """What people eat, as kitchens ask for it; whatever else is typed."""

    ANYTHING = _("Everything")
    VEGETARIAN = _("Vegetarian")
    VEGAN = _("Vegan")
    HALAL = _("Halal")


@dataclass(frozen=True)
class Meals:
    """A usual diet by its button, or another in the person's own words."""

    takes_anything: bool = True

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(option.id for option in Diet)

    def load(self, canonical: str) -> str | None:
        return canonical if 0 < len(canonical) <= 200 else None

    def label(self, canonical: str) -> Value:
        return diet_label(canonical)

    def read(self, text: str, world: World) -> Reading:
        known = OneOf(Diet).read(text, world)
        labels = {option.id: option.label for option in Diet}
        return known if chosen_label(text, labels, world) else Line(2, 200).read(text, world)


@dataclass(frozen=True)
class Leaving(Day):
    """A day that is not before one's arrival."""

    least: date = date.min

    def load(self, canonical: str) -> date | None:
        found = super().load(canonical)
        return found if found is not None and found >= self.least else None

    def read(self, text: str, world: World) -> Reading:
        reading = super().read(text, world)
        if isinstance(reading, Understood) and self.load(reading.canonical) is None:
            return Unclear(_("That is before you enter the country, on {date}.", date=self.least))
        return reading


def diet_label(kept: str) -> Value:
    """How a kept diet reads."""
    found = next((option.label for option in Diet if option.id == kept), None)
    return kept if found is None else found


async def ask_contact(chat: Chat, country: str) -> Attendee:
    """Who registers, and how to reach them."""
    names = await chat.ask("names", _("What is your name? It stands on your badge and in the confirmation."), NAMES)
    role = await chat.ask("role", _("What is your role in the municipality? So that the others know whom they meet."), ROLE)
    email = await chat.ask("email", _("What is your e-mail address? The team writes there if this chat does not reach you."),
                           Email())
    phone = await chat.ask("phone", _("What is your telephone number? It is used only for what is urgent, such as a missed "
                                      "train."), Skippable(Phone(country), "", _("Telephone")))
    return Attendee(names, role, email, phone)


async def ask_needs(chat: Chat, conference: Conference, country: str, who: Attendee) -> Attendee:
    """What a person needs at the conference."""
    spoken = await chat.ask("languages", _("Which languages do you speak? So that groups can be put together. Several are typed "
                                           "with commas between them."), Languages())
    into = await chat.ask("interpretation", _("Do you need interpretation, and into which language? So that interpreters can be "
                                              "booked."), OneLanguage(interpretation_choices()))
    diet = await chat.ask("diet", _("What do you eat? So that the kitchen can plan. You can also type something else."), Meals())
    needs = await chat.ask("accessibility", _("What do you need to take part, such as rooms without steps? So that it is "
                                              "arranged; only the team sees it."), NEEDS)
    travel = await chat.ask("travel", _("When and how will you arrive, as far as you know? So that somebody can meet you."),
                            TRAVEL)
    visa = await ask_visa(chat) if country != conference.country else None
    return Attendee(who.names, who.role, who.email, who.phone, spoken, "" if into == NOTHING else into, diet, needs, travel, visa)


async def ask_visa(chat: Chat) -> Visa | None:
    """What the letter of invitation needs, only from who wants one."""
    wanted = await chat.ask("visa", _("Do you need a letter of invitation to apply for a visa?"), OneOf(YesNo))
    if wanted is YesNo.NO:
        return None
    name = await chat.ask("visa_name", _("What is your full name as in your passport? Only the letter uses it; it is deleted "
                                         "soon after the conference."), NAMES)
    arrives = await chat.ask("visa_from", _("On which day do you want to enter the country? The letter names it."), Day())
    leaves = await chat.ask("visa_until", _("On which day do you leave again? The letter names it."), Leaving(least=arrives))
    return Visa(name, arrives, leaves)


def interpretation_choices() -> tuple[tuple[str, Value], ...]:
    """None, or one of the assistant's languages."""
    return ((NOTHING, NO_INTERPRETATION), *language_choices())


NO_INTERPRETATION: Text = pgettext("interpretation at a conference", "None")


def person_answers(one: Attendee) -> dict[str, str]:
    """The answers that lead to a person again, so that one of them can be changed."""
    visa = one.visa
    found = {
        "names": one.names, "role": one.role, "email": one.email, "phone": one.phone or NOTHING,
        "languages": " ".join(one.languages), "interpretation": one.interpretation or NOTHING, "diet": one.diet,
        "accessibility": one.accessibility or NOTHING, "travel": one.travel or NOTHING, "visa": "yes" if visa else "no",
    }
    if visa:
        found |= {"visa_name": visa.name, "visa_from": visa.arrives.isoformat() if visa.arrives else "",
                  "visa_until": visa.leaves.isoformat() if visa.leaves else ""}
    return {key: value for key, value in found.items() if value}
