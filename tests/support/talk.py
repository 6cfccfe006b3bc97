"""A person talking with the assistant in a test: no channel, no store, the state through JSON between any two messages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from flows.conference.view import Conference
from flows.conversation import respond
from flows.known import Known, Profile, Vector, VectorWanted
from flows.replies import Reply
from flows.state import State
from flows.turn import Corrected, Effect, Incoming, Pressed, Said, Turn, Unreadable
from flows.world import World
from knowledge import Knowledge
from locales import Value, words

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
REFERENCE = "E-TEST22"


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The shipped knowledge, read once for all tests."""
    return Knowledge()


@dataclass
class Talk:
    """One conversation: `say`, `press`, `correct`; what came back stands in `replies` and `effects`."""

    language: str = "en"
    now: datetime = NOW
    profile: Profile | None = field(default_factory=Profile)
    state: State | None = None
    replies: tuple[Reply, ...] = ()
    effects: list[Effect] = field(default_factory=list)
    vectors: Mapping[str, Vector | None] = field(default_factory=dict)
    last: Turn | None = None
    conferences: tuple[Conference, ...] = ()

    def say(self, text: str) -> str:
        """Types a text; returns all that comes back."""
        return self._hear(Said(text))

    def press(self, label: str) -> str:
        """Taps the button with this label in the last replies."""
        ids = {self._label(reply, choice.label): choice.id for reply in self.replies for choice in reply.choices}
        return self._hear(Pressed(ids[label]))

    def tap(self, choice: str) -> str:
        """Taps a button by its id, also one of long ago."""
        return self._hear(Pressed(choice))

    def correct(self, text: str, key: str | None) -> str:
        """Edits the message that had answered `key`."""
        return self._hear(Corrected(text, key))

    def send(self, incoming: Unreadable) -> str:
        """Sends something that is not text."""
        return self._hear(incoming)

    @property
    def text(self) -> str:
        """All words of the last replies, a blank line between paragraphs."""
        return "\n\n".join(words(reply.language or self._state.language).render(part.text)
                           for reply in self.replies for part in reply.paragraphs)

    @property
    def buttons(self) -> list[str]:
        """The labels under the last replies."""
        return [self._label(reply, choice.label) for reply in self.replies for choice in reply.choices]

    @property
    def _state(self) -> State:
        return self.state or State(self.language, chosen=True)

    def _label(self, reply: Reply, label: Value) -> str:
        return words(reply.language or self._state.language).value(label)

    def _hear(self, incoming: Incoming) -> str:
        state = State.from_json(json.loads(json.dumps(self._state.to_json())))
        turn = self._turn(state, incoming)
        self.last, self.state, self.replies = turn, turn.state, turn.replies
        self.effects.extend(turn.effects)
        return self.text

    def _turn(self, state: State, incoming: Incoming) -> Turn:
        world = World(self.now, state.language, knowledge(), REFERENCE,
                      known=Known(self.vectors, self.profile, conferences=self.conferences))
        try:
            return respond(state, incoming, world)
        except VectorWanted as wanted:
            return respond(state, incoming, replace(world, known=replace(world.known, vectors={wanted.text: None})))


def conversation(lines: Sequence[tuple[str, str]], language: str = "en") -> Talk:
    """Plays (person's line, what the assistant must say in return) pairs; a line in [brackets] is a button."""
    talk = Talk(language)
    for said, expected in lines:
        heard = talk.press(said[1:-1]) if said.startswith("[") else talk.say(said)
        assert expected in heard, f"after {said!r}:\n{heard}\n--- expected: {expected}"
    return talk
