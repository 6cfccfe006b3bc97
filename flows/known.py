"""What the edge has fetched for a turn, and how a turn says that it needs more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from locales import Text

from .case.view import Case, Invitation
from .conference.view import Access, Conference, PairOffer
from .files import Examined, Unfit

Vector = Sequence[float]


class Wanted(Exception):
    """The turn needs something the edge has to fetch first; nothing has happened yet, run it again with that."""


class VectorWanted(Wanted):
    """The sentence vector of `text` is needed to tell what is asked."""

    def __init__(self, text: str) -> None:
        super().__init__("sentence vector")
        self.text = text


class ProfileWanted(Wanted):
    """What is held on the person is needed."""


class OfficeWanted(Wanted):
    """What a member of staff may know of the audience is needed."""


class CasesWanted(Wanted):
    """The cases that the person works on are needed."""


class InvitationWanted(Wanted):
    """What the code of this key leads to is needed."""

    def __init__(self, key: str) -> None:
        super().__init__("invitation")
        self.key = key


class ConferencesWanted(Wanted):
    """The announced conferences are needed, with what the person has to do with them."""


class PairWanted(Wanted):
    """What a partner's code of this key leads to is needed."""

    def __init__(self, key: str) -> None:
        super().__init__("partner's code")
        self.key = key


class AccessWanted(Wanted):
    """What an invited guest's code of this key opens is needed."""

    def __init__(self, key: str) -> None:
        super().__init__("access code")
        self.key = key


class FileWanted(Wanted):
    """The file under this reference is needed, looked into and put by."""

    def __init__(self, reference: str, name: str) -> None:
        super().__init__("a file")
        self.reference, self.name = reference, name


@dataclass(frozen=True)
class Holding:
    """One kind of data held on a person: what it is, why, until when, and the values themselves."""

    what: Text
    why: Text
    kept: Text
    values: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """What is held on the person, and the topics of the announcements that go to them."""

    holdings: tuple[Holding, ...] = ()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Office:
    """A member of staff's role, empty for everybody else; how many read each topic, by language; and above how many people an
    announcement needs a second person.
    """

    role: str = ""
    readers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    second_above: int = 0


@dataclass(frozen=True)
class Known:
    """What has been fetched so far; None, or no entry, is what has not been.

    `vectors` maps texts to their sentence vectors; a text mapped to None is to be judged by its words alone.
    """

    vectors: Mapping[str, Vector | None] = field(default_factory=dict)
    profile: Profile | None = None
    office: Office | None = None
    cases: tuple[Case, ...] | None = None
    invitations: Mapping[str, Invitation | None] = field(default_factory=dict)
    conferences: tuple[Conference, ...] | None = None
    pairs: Mapping[str, PairOffer | None] = field(default_factory=dict)
    access: Mapping[str, Access | None] = field(default_factory=dict)
    files: Mapping[str, Examined | Unfit] = field(default_factory=dict)
