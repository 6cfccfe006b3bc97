"""The short dialogues about a registration: withdrawing, linking with the partner, what one more person needs, feedback.

Which conference it is about was tapped before, so it is known already; typed, it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.dialogue import Chat
from flows.kinds import Labelled, Line, OneOf, Options, YesNo
from locales import Value, _

from .codes import PartnerCode
from .effects import Detail, GiveFeedback, JoinPair, Withdraw
from .kinds import Number, Skippable
from .people import ask_needs
from .view import Attendee, Conference, Registration, Status


class Helped(Options):
    """Whether a conference helped the partnership."""

    YES = _("Yes")
    PARTLY = _("Partly")
    NO = _("No")


@dataclass(frozen=True)
class NotRegistered:
    """There is no registration that this could be about."""


@dataclass(frozen=True)
class Stays:
    """The person does not withdraw after all."""


async def conf_withdraw(chat: Chat) -> Withdraw | Stays | NotRegistered:
    """Giving up a registration, after one question."""
    about = await _about(chat)
    if about is None:
        return NotRegistered()
    conference, mine = about
    sure = await chat.ask("sure", _("Do you want to withdraw your registration for {title}? The place goes to the next in line.",
                                    title=conference.title), OneOf(YesNo))
    return Withdraw(mine.id) if sure is YesNo.YES else Stays()


async def conf_pair(chat: Chat) -> JoinPair | NotRegistered:
    """Linking two registrations by the partner's code."""
    about = await _about(chat)
    if about is None:
        return NotRegistered()
    conference, mine = about
    key = await chat.ask("pair", _("Please type your partner's code."), PartnerCode(conference.slug))
    return JoinPair(mine.id, key)


async def conf_person(chat: Chat) -> Detail | NotRegistered:
    """What somebody needs who comes along."""
    about = await _about(chat)
    if about is None or len(about[1].attendees) < 2:
        return NotRegistered()
    conference, mine = about
    people: tuple[tuple[str, Value], ...] = tuple(
        (str(number), one.names) for number, one in enumerate(mine.attendees, start=1) if number > 1)
    number = int(await chat.ask("person", _("Who is it about?"), Labelled(people)))
    role = await chat.ask("role", _("What is the person's role in the municipality?"), Line(2, 100))
    who = Attendee(mine.attendees[number - 1].names, role)
    return Detail(mine.id, number, await ask_needs(chat, conference, mine.country, who))


async def conf_feedback(chat: Chat) -> GiveFeedback | NotRegistered:
    """Three short questions afterwards."""
    about = await _about(chat, past=True)
    if about is None:
        return NotRegistered()
    _conference, mine = about
    rating = await chat.ask("rating", _("How did you like the conference, from 1 (not at all) to 5 (very much)?"),
                            Number(1, 5, 5))
    helped = await chat.ask("helped", _("Did it help your partnership?"), OneOf(Helped))
    text = await chat.ask("text", _("What should be different next time? You can skip this."), Skippable(Line(2, 2000), ""))
    return GiveFeedback(mine.id, rating, helped.id, text)


async def _about(chat: Chat, *, past: bool = False) -> tuple[Conference, Registration] | None:
    """The conference of that name that one is registered for, the only one, or the one that is chosen."""
    now = chat.world.now
    mine = {one.slug: (one, one.mine) for one in chat.world.conferences if one.mine and one.is_over(now) == past
            and (one.mine.status is Status.CONFIRMED if past else one.mine.status.counts)}
    if not mine:
        return None
    titles: tuple[tuple[str, Value], ...] = tuple((slug, one.title) for slug, (one, _mine) in mine.items())
    return mine[await chat.ask("conference", _("Which conference is it about?"), Labelled(titles))]
