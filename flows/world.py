"""What a turn may know: an immutable snapshot that the edge takes before it and that stays fixed throughout.

What is dear to fetch (a sentence vector, everything held on a person) is not in it from the start: the turn says
`Wanted`, the edge fetches and runs the turn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from knowledge import Knowledge
from locales import Text, Words, words

from .case.view import Case, Invitation
from .conference.view import Access, Conference, PairOffer
from .files import Examined, Unfit
from .notices import Links, Notices

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
class World:
    """Today, the language, the knowledge and the person, as they stand when the message arrives.

    `reference` is a fresh enquiry number, used if this turn opens an enquiry; `code` and `second_code` are fresh secret codes.
    `patience` is how long a person waits for the team before they are told that it takes longer.
    `vectors` maps texts to their sentence vectors; a text mapped to None is to be judged by its words alone.
    """

    now: datetime
    language: str
    knowledge: Knowledge
    reference: str = ""
    links: Links = field(default_factory=Links)
    channel: str = "web"
    semantic: bool = False
    vectors: Mapping[str, Vector | None] = field(default_factory=dict)
    known_profile: Profile | None = None
    code: str = ""
    known_cases: tuple[Case, ...] | None = None
    known_invitations: Mapping[str, Invitation | None] = field(default_factory=dict)
    known_office: Office | None = None
    second_code: str = ""
    known_conferences: tuple[Conference, ...] | None = None
    known_pairs: Mapping[str, PairOffer | None] = field(default_factory=dict)
    known_access: Mapping[str, Access | None] = field(default_factory=dict)
    known_files: Mapping[str, Examined | Unfit] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)
    patience: timedelta = timedelta(hours=4)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def profile(self) -> Profile:
        """What is held on the person.

        Raises ProfileWanted where the edge has yet to fetch it.
        """
        if self.known_profile is None:
            raise ProfileWanted("what is held on the person")
        return self.known_profile

    @property
    def office(self) -> Office:
        """What the person may know as a member of staff.

        Raises OfficeWanted where the edge has yet to fetch it.
        """
        if self.known_office is None:
            raise OfficeWanted("the team's view")
        return self.known_office

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases that the person works on, the oldest first.

        Raises CasesWanted where the edge has yet to fetch them.
        """
        if self.known_cases is None:
            raise CasesWanted("the person's cases")
        return self.known_cases

    def invitation(self, key: str) -> Invitation | None:
        """What a code leads to by its key, None where it holds no longer or never did.

        Raises InvitationWanted where the edge has yet to look.
        """
        if key not in self.known_invitations:
            raise InvitationWanted(key)
        return self.known_invitations[key]

    @property
    def conferences(self) -> tuple[Conference, ...]:
        """The conferences that are announced, the earliest first, with the person's own registrations.

        Raises ConferencesWanted where the edge has yet to fetch them.
        """
        if self.known_conferences is None:
            raise ConferencesWanted("the announced conferences")
        return self.known_conferences

    def pair(self, key: str) -> PairOffer | None:
        """With whom one would come by a partner's code, None where it holds no longer or never did.

        Raises PairWanted where the edge has yet to look.
        """
        if key not in self.known_pairs:
            raise PairWanted(key)
        return self.known_pairs[key]

    def access(self, key: str) -> Access | None:
        """What an invited guest's code opens, None where it is used up or never held.

        Raises AccessWanted where the edge has yet to look.
        """
        if key not in self.known_access:
            raise AccessWanted(key)
        return self.known_access[key]

    def file(self, reference: str, name: str) -> Examined | Unfit:
        """What a file that was sent is.

        Raises FileWanted where the edge has yet to look into it.
        """
        if reference not in self.known_files:
            raise FileWanted(reference, name)
        return self.known_files[reference]

    def vector(self, text: str) -> Vector | None:
        """The sentence vector of a text, or None where there is no encoder.

        Raises VectorWanted where the edge has yet to compute it.
        """
        if text not in self.vectors and self.semantic:
            raise VectorWanted(text)
        return self.vectors.get(text)

    @property
    def words(self) -> Words:
        return words(self.language)
