"""The summary before a registration is sent, from which each answer can be changed; and the answers again from what is kept."""

from __future__ import annotations

from flows.dialogue import Chat
from flows.kinds import OneOf, Options
from locales import Country, LanguageName, Text, _, listing

from .effects import Register
from .own import PREFIX
from .people import diet_label, person_answers
from .view import Conference, Registration

PERSON = ("names", "role", "email", "phone", "languages", "interpretation", "diet", "accessibility", "travel", "visa",
          "visa_name", "visa_from", "visa_until")


class Send(Options):
    """Whether the summary is right."""

    YES = _("Yes, send it")


async def sum_up(chat: Chat, conference: Conference, wanted: Register) -> None:
    """Shows what is about to be sent; side and country of what is kept already stay, since quotas hang on them."""
    for line in summary(conference, wanted):
        await chat.say(line)
    own = tuple(PREFIX + question.key for question in conference.questions)
    others = tuple(f"names.{number}" for number in range(2, len(wanted.attendees) + 1))
    where = ("municipality",) if wanted.own else ("side", "country", "municipality")
    await chat.ask("sure", _("Is everything right? You can change each answer below."), OneOf(Send),
                   changes=(*where, "people", *PERSON, *others, *own))


def summary(conference: Conference, wanted: Register) -> tuple[Text, ...]:
    """What is about to be sent, in a few lines."""
    first = wanted.attendees[0]
    into = LanguageName(first.interpretation) if first.interpretation else "–"
    lines = [
        _("{title}, {city}, {first} – {last}", title=conference.title, city=conference.city, first=conference.first,
          last=conference.last),
        _("For {municipality}, {country}: {names}", municipality=wanted.municipality, country=Country(wanted.country),
          names=listing([one.names for one in wanted.attendees])),
        _("You can be reached at {contact}.", contact=listing([way for way in (first.email, first.phone) if way])),
        _("Languages: {languages}. Interpretation: {interpretation}. Meals: {diet}.",
          languages=listing([LanguageName(code) for code in first.languages]), interpretation=into, diet=diet_label(first.diet)),
    ]
    if first.visa:
        lines.append(_("A letter of invitation for {name} is wanted.", name=first.visa.name))
    return tuple(lines)


def kept_answers(conference: Conference, mine: Registration) -> dict[str, str]:
    """The answers that lead to a kept registration again."""
    answers = {"conference": conference.slug, "side": mine.side, "country": mine.country, "municipality": mine.municipality,
               "people": str(mine.people)}
    answers |= person_answers(mine.attendees[0]) if mine.attendees else {}
    answers |= {f"names.{number}": one.names for number, one in enumerate(mine.attendees, start=1) if number > 1}
    return answers | {PREFIX + key: value for key, value in mine.answers.items()}
