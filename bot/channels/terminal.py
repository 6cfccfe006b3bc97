"""A conversation in the terminal: how a message is shown, what a typed line means, and the talk as a test.

Buttons are numbered over all messages of a turn, and a number stands for the button.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.messages import Body, Button, Message
from flows.turn import Incoming, Pressed, Said
from knowledge.normal import digits

CHANNEL = "terminal"
MOST_EXPECTED = 90  # characters of a reply that a recorded test asks for
REFERENCE = re.compile(r"\bE-[2-9A-Z]{6}\b")
Style = Callable[[str, str], str]
"""Gives a text the look of its tone ("plain", "strong", "small")."""


def unstyled(text: str, tone: str) -> str:
    """Every tone alike, for pipes and files."""
    return text


@dataclass
class Screen:
    """What stands on the screen: the buttons that can be typed by their number."""

    style: Style = unstyled
    buttons: list[Button] = field(default_factory=list)

    def show(self, messages: Sequence[Message]) -> str:
        """A turn's messages, their buttons numbered; earlier ones lose their numbers where there are new ones."""
        if any(message.body.buttons for message in messages):
            self.buttons = []
        return "\n\n".join(self._shown(message.body) for message in messages)

    def meaning(self, line: str) -> Incoming:
        """What a typed line stands for: a numbered button, else a text."""
        number = digits(line.strip())
        if number.isdecimal() and 1 <= int(number) <= len(self.buttons):
            return Pressed(self.buttons[int(number) - 1].id)
        return Said(line)

    def _shown(self, body: Body) -> str:
        parts = [self.style(text, tone) for tone, text in body.paragraphs]
        parts += [f"{file.name}: {file.url}" for file in body.files]
        return "\n\n".join([*parts, *([self._numbered(body.buttons)] if body.buttons else [])])

    def _numbered(self, buttons: Sequence[Button]) -> str:
        first = len(self.buttons) + 1
        self.buttons.extend(buttons)
        return "\n".join(f"{number:>3}  {button.label}" for number, button in enumerate(buttons, first))


@dataclass
class Recording:
    """A conversation as it went, to be printed as a test in the style of tests/conversations."""

    language: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    def add(self, said: Incoming, buttons: Sequence[Button], replies: Sequence[Message]) -> None:
        """One line of the person's and what came back."""
        if isinstance(said, Pressed):
            line = f"[{next(button.label for button in buttons if button.id == said.choice)}]"
        else:
            line = said.text if isinstance(said, Said) else ""
        self.lines.append((line, expected(replies)))

    def as_test(self) -> str:
        """The test, ready to be saved, named and told apart."""
        pairs = "".join(f"        ({_quoted(said)}, {_quoted(heard)}),\n" for said, heard in self.lines)
        return (
            "from tests.support.talk import conversation\n\n\n"
            "def test_recorded_conversation() -> None:\n"
            f"    conversation([\n{pairs}    ], language={_quoted(self.language)})\n"
        )


def expected(replies: Sequence[Message]) -> str:
    """What a test asks of a turn: the open question where one was put, else how the reply begins."""
    parts = [part for reply in replies for part in reply.body.paragraphs]
    strong = [text for tone, text in parts if tone == "strong"]
    telling = strong[-1] if strong else parts[0][1] if parts else ""
    line = REFERENCE.sub("E-TEST22", telling.splitlines()[0] if telling else "")
    return line if len(line) <= MOST_EXPECTED else line[:MOST_EXPECTED].rpartition(" ")[0]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
