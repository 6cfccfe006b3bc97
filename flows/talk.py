"""Talking with the team: meanwhile the assistant keeps silent, and afterwards it takes up the open dialogue where it stood."""

from __future__ import annotations

from knowledge.normal import plain
from locales import Text, _, words

from .commands import Command, slash_command, spoken_command
from .replies import Choice, Reply, say
from .state import State
from .turn import Attached, Corrected, Incoming, Pressed, Said, ToTeam, Turn, Unreadable
from .world import World

END = Choice("/assistant", _("Back to the assistant"))
# What the person can always do, also while the assistant keeps silent.
STILL_HEARD = frozenset({"assistant", "stop", "forget", "privacy", "mydata", "language", "unsubscribe"})
MOST_CHARACTERS = 4000


def listen(state: State, incoming: Incoming, world: World) -> Turn | Incoming:
    """The turn while the person talks with the team, or what the assistant hears even then."""
    if state.session is not None:  # opened during the talk, such as /forget: its question is the assistant's
        return incoming
    match incoming:
        case Unreadable() | Attached():
            return Turn(state, (say(_("Only text reaches the team here. Please type it."), choices=(END,)),))
        case Pressed(choice):
            return incoming if _is_heard(slash_command(choice)) else Turn(state, (_reminder(),))
        case Corrected(text):
            return _passed_on(state, f"✎ {text.strip()}", world)
        case Said(text) if _is_end(text, world):
            return Pressed(END.id)
        case Said(text) if _is_heard(slash_command(text.strip()) or spoken_command(text, world.language)):
            return incoming
        case Said(text):
            return _passed_on(state, text.strip(), world)


def asked_for(reference: str, *when: Text) -> Reply:
    """What the person reads who has asked for a person; `when` is how and when the team is reached, as far as it says so."""
    return say(
        _("Thank you. The team has been asked to talk with you here, under the number {reference}.", reference=reference), *when,
        _("From now on what you write here goes to the team, and the assistant keeps silent."), choices=(END,))


def resumed(reference: str) -> Reply:
    """What the person reads who writes back to the team."""
    return say(_("You can write to the team now, about {reference}. The assistant keeps silent meanwhile.", reference=reference),
               choices=(END,))


def joined(name: str) -> Reply:
    """What the person reads when somebody of the team begins to talk with them."""
    return say(_("You are now talking with {name} of the team.", name=name),
               _("What you write here goes to the team and is kept with your enquiry. The assistant keeps silent meanwhile."),
               choices=(END,))


def overdue(*when: Text) -> Reply:
    """What the person reads whom nobody has answered in time; `when` as with `asked_for`."""
    return say(_("Nobody of the team has been able to answer yet. What you wrote is kept, and the answer will arrive here."),
               *when, _("You can wait, or go on with the assistant meanwhile."), choices=(END,))


def gone() -> Text:
    """What the person reads whose enquiry is no longer kept."""
    return _("That enquiry is no longer kept. You can ask the team anew.")


def _passed_on(state: State, text: str, world: World) -> Turn:
    if not text or text.startswith("/"):
        return Turn(state, (_reminder(),))
    return Turn(state, (), (ToTeam(state.talk, text[:MOST_CHARACTERS], world.patience),))


def _reminder() -> Reply:
    whom = _("You are talking with the team, and the assistant keeps silent. To go on with the assistant, end the talk first.")
    return say(whom, choices=(END,))


def _is_heard(command: Command | None) -> bool:
    if command is None:
        return False
    leaves = command.name == "heard" and "leave" in command.argument.split()  # the button that ends announcements
    return leaves or command.name in STILL_HEARD


def _is_end(text: str, world: World) -> bool:
    label = END.label
    assert isinstance(label, Text), "the label is a sentence"
    return plain(text) in {plain(words(language).render(label)) for language in (world.language, "en")}
