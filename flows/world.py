"""What a turn may know: an immutable snapshot that the edge takes before it and that stays fixed throughout.

What is dear to fetch (a sentence vector, everything held on a person) is not in it from the start: the turn says
`Wanted`, the edge fetches and runs the turn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from knowledge import Knowledge
from locales import Text, Words, words

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
class Links:
    """Addresses that staff have set; empty where they have not."""

    privacy: str = ""
    imprint: str = ""


@dataclass(frozen=True)
class World:
    """Today, the language, the knowledge and the person, as they stand when the message arrives.

    `reference` is a fresh enquiry number, used if this turn opens an enquiry. `vectors` maps texts to their sentence
    vectors; a text mapped to None is to be judged by its words alone.
    """

    now: datetime
    language: str
    knowledge: Knowledge
    reference: str = ""
    links: Links = Links()
    channel: str = "web"
    semantic: bool = False
    vectors: Mapping[str, Vector | None] = field(default_factory=dict)
    known_profile: Profile | None = None

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
