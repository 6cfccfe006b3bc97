"""Where a conversation takes place: a private chat, or one person in a group, so that two do not answer for each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A chat; in a group also the person, and the topic where it has topics. Written "7", "-100/7" or "-100/7/3"."""

    chat: int
    person: int | None = None
    topic: int | None = None

    def __str__(self) -> str:
        return "/".join(str(part) for part in (self.chat, self.person, self.topic) if part is not None)

    @classmethod
    def parse(cls, address: str) -> Place:
        """The place that an address names.

        Raises ValueError for an address that is none.
        """
        return cls(*map(int, address.split("/", 2)))
