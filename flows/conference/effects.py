"""What a turn asks the edge to do about conferences. Places, rights and codes are looked at again there, under a lock."""

from __future__ import annotations

from dataclasses import dataclass

from .view import Attendee


@dataclass(frozen=True)
class Register:
    """Register for a conference, or change one's own registration `own`.

    `access` and `pair` are the keys of an invitation's and of a partner's code; `partner_comes` wants a place kept for a
    partner who registers later with the code `invite`, of which only the key is kept.
    """

    conference: int
    code: str
    side: str
    municipality: str
    country: str
    attendees: tuple[Attendee, ...]
    answers: tuple[tuple[str, str], ...]
    consent: str
    access: str = ""
    pair: str = ""
    partner_comes: bool = False
    invite: str = ""
    own: int = 0


@dataclass(frozen=True)
class Detail:
    """Keep what one more person of one's own registration needs; who registered is person 1."""

    registration: int
    position: int
    attendee: Attendee


@dataclass(frozen=True)
class Accept:
    """Take the place that was offered."""

    registration: int


@dataclass(frozen=True)
class Withdraw:
    """Give up a registration, a place in the waiting line, or an offer."""

    registration: int


@dataclass(frozen=True)
class InvitePartner:
    """Keep a fresh code for the partner, by its key; earlier ones no longer hold."""

    registration: int
    key: str


@dataclass(frozen=True)
class JoinPair:
    """Link one's own registration with a partner's, by the key of the partner's code."""

    registration: int
    key: str


@dataclass(frozen=True)
class Interested:
    """Be told of the next conference of a region; empty where the team decides which one it is."""

    region: str
    country: str = ""
    side: str = ""


@dataclass(frozen=True)
class GiveFeedback:
    """Say how a conference was; kept without the person."""

    registration: int
    rating: int
    helped: str
    text: str


ConferenceEffect = Register | Detail | Accept | Withdraw | InvitePartner | JoinPair | Interested | GiveFeedback
