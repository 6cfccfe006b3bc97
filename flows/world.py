"""What a turn may know: an immutable snapshot that the edge takes before it and that stays fixed throughout.

What is dear to fetch (a sentence vector, everything held on a person) is not in it from the start: the turn says
`Wanted`, the edge fetches and runs the turn again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from knowledge import Knowledge
from locales import Words, words

from .case.view import Case, Invitation
from .conference.view import Access, Conference, PairOffer
from .files import Examined, Unfit
from .known import (
    AccessWanted,
    CasesWanted,
    ConferencesWanted,
    FileWanted,
    InvitationWanted,
    Known,
    Office,
    OfficeWanted,
    PairWanted,
    Profile,
    ProfileWanted,
    Vector,
    VectorWanted,
)
from .notices import Links, Notices


@dataclass(frozen=True)
class World:
    """Today, the language, the knowledge and the person, as they stand when the message arrives.

    `reference` is a fresh enquiry number, used if this turn opens an enquiry; `code` and `second_code` are fresh secret codes.
    `patience` is how long a person waits for the team before they are told that it takes longer.
    """

    now: datetime
    language: str
    knowledge: Knowledge
    reference: str = ""
    links: Links = field(default_factory=Links)
    channel: str = "web"
    semantic: bool = False
    code: str = ""
    second_code: str = ""
    known: Known = field(default_factory=Known)
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
        if self.known.profile is None:
            raise ProfileWanted("what is held on the person")
        return self.known.profile

    @property
    def office(self) -> Office:
        """What the person may know as a member of staff.

        Raises OfficeWanted where the edge has yet to fetch it.
        """
        if self.known.office is None:
            raise OfficeWanted("the team's view")
        return self.known.office

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases that the person works on, the oldest first.

        Raises CasesWanted where the edge has yet to fetch them.
        """
        if self.known.cases is None:
            raise CasesWanted("the person's cases")
        return self.known.cases

    def invitation(self, key: str) -> Invitation | None:
        """What a code leads to by its key, None where it holds no longer or never did.

        Raises InvitationWanted where the edge has yet to look.
        """
        if key not in self.known.invitations:
            raise InvitationWanted(key)
        return self.known.invitations[key]

    @property
    def conferences(self) -> tuple[Conference, ...]:
        """The conferences that are announced, the earliest first, with the person's own registrations.

        Raises ConferencesWanted where the edge has yet to fetch them.
        """
        if self.known.conferences is None:
            raise ConferencesWanted("the announced conferences")
        return self.known.conferences

    def pair(self, key: str) -> PairOffer | None:
        """With whom one would come by a partner's code, None where it holds no longer or never did.

        Raises PairWanted where the edge has yet to look.
        """
        if key not in self.known.pairs:
            raise PairWanted(key)
        return self.known.pairs[key]

    def access(self, key: str) -> Access | None:
        """What an invited guest's code opens, None where it is used up or never held.

        Raises AccessWanted where the edge has yet to look.
        """
        if key not in self.known.access:
            raise AccessWanted(key)
        return self.known.access[key]

    def file(self, reference: str, name: str) -> Examined | Unfit:
        """What a file that was sent is.

        Raises FileWanted where the edge has yet to look into it.
        """
        if reference not in self.known.files:
            raise FileWanted(reference, name)
        return self.known.files[reference]

    def vector(self, text: str) -> Vector | None:
        """The sentence vector of a text, or None where there is no encoder.

        Raises VectorWanted where the edge has yet to compute it.
        """
        if text not in self.known.vectors and self.semantic:
            raise VectorWanted(text)
        return self.known.vectors.get(text)

    @property
    def words(self) -> Words:
        return words(self.language)
