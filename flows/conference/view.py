"""A conference and its registrations as a turn or a page sees them: an immutable picture of what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from knowledge.dac import DacList
from knowledge.regions import programme_region
from locales import Spoken

GERMAN, SOUTH, BOTH = "german", "south", "both"
SIDES = (SOUTH, GERMAN)


class State(Enum):
    """Where a conference stands; staff set the first two and the last, the others follow from places and dates."""

    DRAFT = "draft"
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    PAST = "past"
    CANCELLED = "cancelled"


class Status(Enum):
    """Where a registration stands."""

    PENDING = "pending"  # the team has to approve it
    WAITING = "waiting"
    OFFERED = "offered"  # a place has come free and is kept until it is accepted
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    @property
    def counts(self) -> bool:
        """Whether the registration still stands."""
        return self in COUNTING

    @property
    def takes_places(self) -> bool:
        """Whether places are taken by it."""
        return self in TAKING


TAKING = frozenset({Status.CONFIRMED, Status.OFFERED})
COUNTING = TAKING | {Status.PENDING, Status.WAITING}


@dataclass(frozen=True)
class Question:
    """A question of a conference's own.

    `kind` is text, choice, several, number, date, country or file; `side` south, german or both; one that is `shared` is
    asked once of a pair. `depends_on` is the key of an earlier question and the option that has to be chosen there.
    """

    key: str
    kind: str
    words: Spoken
    why: Spoken = field(default_factory=Spoken)
    options: tuple[tuple[str, Spoken], ...] = ()
    required: bool = True
    side: str = BOTH
    shared: bool = False
    depends_on: tuple[str, str] | None = None


@dataclass(frozen=True)
class Quotas:
    """How many places at most are for a side or a country; None is no limit of its own."""

    german: int | None = None
    south: int | None = None
    countries: Mapping[str, int] = field(default_factory=dict)

    def side(self, side: str) -> int | None:
        """The limit of a side."""
        return self.german if side == GERMAN else self.south


@dataclass(frozen=True)
class Visa:
    """What an invitation letter names; kept only for it."""

    name: str
    arrives: date | None = None
    leaves: date | None = None


@dataclass(frozen=True)
class Attendee:
    """One person who comes; `interpretation` is the language that they need to hear, empty for none."""

    names: str
    role: str = ""
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    diet: str = ""
    accessibility: str = ""
    travel: str = ""
    visa: Visa | None = None
    id: int = 0
    checked_in_at: datetime | None = None


@dataclass(frozen=True)
class Partner:
    """The other side of a pair, as much of it as its partner may see."""

    id: int
    municipality: str
    country: str
    status: Status
    answers: Mapping[str, str] = field(default_factory=dict)  # to shared questions only


@dataclass(frozen=True)
class PairOffer:
    """What a partner's code leads to: whom one would come with, and for which side the code is."""

    key: str
    conference: str
    side: str
    municipality: str
    country: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Access:
    """What an invitation's code opens; empty `side` or `country` is any."""

    key: str
    conference: str
    side: str = ""
    country: str = ""


@dataclass(frozen=True)
class Registration:
    """One municipality's registration with everybody it brings; `place` is its place in the waiting line, 0 if in none."""

    id: int
    conference: int
    code: str
    side: str
    municipality: str
    country: str
    status: Status
    people: int
    language: str
    answers: Mapping[str, str]
    attendees: tuple[Attendee, ...]
    chat: int
    created_at: datetime
    place: int = 0
    offered_until: datetime | None = None
    paired: bool = False
    held_until: datetime | None = None  # until when a place is kept for the partner who has not registered yet
    partner: Partner | None = None
    feedback_given: bool = False

    @property
    def names(self) -> str:
        """Who registered."""
        return self.attendees[0].names if self.attendees else ""


@dataclass(frozen=True)
class Conference:
    """A conference as staff entered it, and how full it is.

    `invited` are countries, none standing for the region's; `admission` is first_come or approval; `stored` is the state that
    staff set. `taken` counts people with a place, kept places included; `waiting` those in line.
    """

    slug: str
    region: str
    city: str
    first: date
    last: date
    zone: str
    title: Spoken
    places: int
    deadline: date
    country: str = "DE"
    text: Spoken = field(default_factory=Spoken)
    programme: Spoken = field(default_factory=Spoken)
    invited: tuple[str, ...] = ()
    admission: str = "first_come"
    invitation_only: bool = False
    quotas: Quotas = field(default_factory=Quotas)
    hold_hours: int = 48
    contact: str = ""
    stored: State = State.DRAFT
    questions: tuple[Question, ...] = ()
    id: int = 0
    taken: int = 0
    waiting: int = 0
    mine: Registration | None = None  # of who looks at it

    @property
    def free(self) -> int:
        return max(0, self.places - self.taken)

    def today(self, now: datetime) -> date:
        """Which day it is where the conference is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def is_over(self, now: datetime) -> bool:
        """Whether its last day is past."""
        return self.today(now) > self.last

    def takes_registrations(self, now: datetime) -> bool:
        """Whether one can still register, withdraw and change: to the end of the deadline's day."""
        return self.stored is State.OPEN and self.today(now) <= self.deadline

    def state(self, now: datetime) -> State:
        """Where it stands now."""
        if self.stored in (State.DRAFT, State.CANCELLED):
            return self.stored
        if self.is_over(now):
            return State.PAST
        if not self.takes_registrations(now):
            return State.CLOSED
        return State.FULL if self.free == 0 or self.waiting else State.OPEN

    def invites(self, country: str, dac: DacList) -> bool | None:
        """Whether municipalities of a country (not Germany) are invited; None where the team decides."""
        if self.invited:
            return country in self.invited
        found = programme_region(country, dac)
        if found.region == self.region:
            return True if found.certain else None
        return None if not found.certain else False
