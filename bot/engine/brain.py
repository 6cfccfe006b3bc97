"""Runs one turn: takes the snapshot of the world, and turns a broken flow into an apology that loses nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.messages import Inbound
from bot.store.chats import ChatRow
from flows import codes
from flows.conversation import respond
from flows.known import Known, Wanted
from flows.notices import Links, Notices
from flows.replies import BACK, Choice, Reply, say
from flows.state import State
from flows.turn import Corrected, Turn
from flows.world import World
from knowledge import Knowledge
from locales import _, shipped

log = structlog.get_logger()
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letters or digits that look alike on paper or on the phone


@dataclass
class Fetched:
    """What earlier tries of the same turn asked for, and what the message itself leads to."""

    known: Known = field(default_factory=Known)
    answered: str | None = None
    label: str | None = None


@dataclass
class Brain:
    """What every turn of this process shares."""

    knowledge: Knowledge
    default_language: str
    links: Links
    semantic: bool = False
    notices: Notices = field(default_factory=Notices)
    second_above: int = 500  # people; announcements to more need a second member of staff
    patience: timedelta = timedelta(hours=4)  # how long people wait for the team before they are told that it takes longer

    def know_bot(self, name: str | None) -> None:
        """Takes in the Telegram bot's name, so that invitations can link to it."""
        self.links = replace(self.links, bot=name or "")

    def state(self, row: ChatRow | None, hint: str | None) -> State:
        """The conversation's state, or that of a new one in the language the app or browser gave."""
        if row is not None and row.state:
            return State.from_json(row.state)
        given = shipped(row.language if row else hint)
        return State(given or self.default_language, chosen=given is not None)

    def world(self, channel: str, state: State, known: Known, now: datetime) -> World:
        """What a turn in this conversation may know."""
        return World(
            now, state.language, self.knowledge, reference(), self.notices.over(self.links), channel, self.semantic,
            secret_code(), secret_code(), known, self.notices, self.patience)

    def turn(self, inbound: Inbound, state: State, fetched: Fetched, now: datetime) -> Turn:
        """The turn that a message leads to.

        Raises Wanted where something has to be fetched first.
        """
        world = self.world(inbound.channel, state, fetched.known, now)
        incoming = inbound.incoming
        if isinstance(incoming, Corrected) and incoming.key is None:
            incoming = replace(incoming, key=fetched.answered)
        try:
            return respond(state, incoming, world)
        except Wanted:
            raise
        except Exception:
            flow = state.session.flow if state.session else None
            keys = sorted(state.session.answers) if state.session else []
            log.exception("turn failed", flow=flow, keys=keys)
            return Turn(state, (_apology(),))


def reference() -> str:
    """A fresh enquiry number, easy to say on the phone."""
    return f"E-{_letters(6)}"


def secret_code() -> str:
    """A fresh code that nobody guesses."""
    return _letters(codes.LENGTH)


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(count))


def _apology() -> Reply:
    return say(_("Sorry, something went wrong here. Your answers are kept. Please go one step back or start over."),
               choices=(BACK, Choice("/restart", _("Start over"))))
