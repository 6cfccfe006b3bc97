"""What is kept of a conversation between two messages: which flow is open, and its answers by question.

Answers are canonical values (option ids, ISO codes, cleaned text). Under `key?` stands what a text for `key` may have
meant, until the person has said which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.finding import Topic

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Session:
    """A flow and the answers given in it."""

    flow: str
    answers: Answers = field(default_factory=dict)

    def with_answer(self, key: str, canonical: str) -> Session:
        """The answer under its key, any doubt about it settled."""
        return replace(self, answers={**self.without(key).answers, key: canonical})

    def without(self, key: str) -> Session:
        """The same session as if `key` had never been answered."""
        kept = {name: value for name, value in self.answers.items() if name not in (key, f"{key}?")}
        return replace(self, answers=kept)


@dataclass(frozen=True)
class State:
    """One conversation.

    `done` is the last finished session, kept so that an answer can still be changed; `chosen` says that the language was
    given by the person, the app or the browser and not merely assumed. `asked` is the last question that was answered,
    `missed` the last that was not understood, ready to be passed on. `stopped`: the last message was /stop. `offered`
    are the buttons of the last replies, id and label, so that they can be typed as well. `album` is the last of several
    files sent at once, which are answered once. `talk` is the number of the enquiry about which the person talks with the
    team, empty while the assistant answers; `parked` is the dialogue that is taken up again afterwards.
    """

    language: str
    chosen: bool = False
    session: Session | None = None
    done: Session | None = None
    topic: Topic | None = None
    missed: str = ""
    asked: str = ""
    stopped: bool = False
    offered: tuple[tuple[str, str], ...] = ()
    album: str = ""
    parked: Session | None = None
    talk: str = ""

    def with_team(self, reference: str) -> State:
        """The same conversation in the team's hands, its open dialogue put aside."""
        return replace(self, talk=reference, parked=self.session or self.parked, session=None, missed="", stopped=False)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; whatever is empty is left out."""
        kept: dict[str, Any] = {"language": self.language}
        kept |= {"chosen": True} if self.chosen else {}
        kept |= {"session": _packed(self.session)} if self.session else {}
        kept |= {"done": _packed(self.done)} if self.done else {}
        kept |= {"topic": [self.topic.article, self.topic.country, self.topic.region]} if self.topic else {}
        kept |= {"missed": self.missed} if self.missed else {}
        kept |= {"asked": self.asked} if self.asked else {}
        kept |= {"stopped": True} if self.stopped else {}
        kept |= {"offered": [list(button) for button in self.offered]} if self.offered else {}
        kept |= {"album": self.album} if self.album else {}
        kept |= {"parked": _packed(self.parked)} if self.parked else {}
        kept |= {"talk": self.talk} if self.talk else {}
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> State:
        """The state that `to_json` packed; unknown entries of other versions are ignored."""
        topic = kept.get("topic")
        return cls(
            language=kept["language"],
            chosen=bool(kept.get("chosen")),
            session=_unpacked(kept.get("session")),
            done=_unpacked(kept.get("done")),
            topic=Topic(*topic) if topic else None,
            missed=kept.get("missed", ""),
            asked=kept.get("asked", ""),
            stopped=bool(kept.get("stopped")),
            offered=tuple((id, label) for id, label in kept.get("offered", ())),
            album=kept.get("album", ""),
            parked=_unpacked(kept.get("parked")),
            talk=kept.get("talk", ""),
        )


def _packed(session: Session) -> list[Any]:
    return [session.flow, dict(session.answers)]


def _unpacked(packed: list[Any] | None) -> Session | None:
    return Session(packed[0], dict(packed[1])) if packed else None
