"""A stored message as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.messages import Body, Button, File, Message
from locales import words

LINK = re.compile(r"https?://[^\s<>\"'«»“”\u2066-\u2069]+[^\s<>\"'«»“”\u2066-\u2069.,;:!?)\]،؛؟]"
                  r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
UNSHOWN = "•"  # what the engine keeps for a press whose label nobody knows
ON_A_CASE = re.compile(r"/case \d")
SAFE = ("http://", "https://", "/")


@dataclass(frozen=True)
class Bubble:
    """One message: `answers` are choices that answer a question, `closed` once it is answered."""

    id: int | None
    author: str
    language: str
    direction: str
    paragraphs: tuple[tuple[str, Markup], ...]
    buttons: tuple[Button, ...] = ()
    files: tuple[File, ...] = ()
    closed: bool = False

    def disables(self, button: Button) -> bool:
        """An answered question takes no second answer; commands can be given at any time."""
        return self.closed and not button.id.startswith("/")


def bubbles(messages: Sequence[Message]) -> list[Bubble]:
    """The messages worth showing; questions before the person's last message are closed."""
    last = max((message.id for message in messages if message.author == "person"), default=0)
    return [bubble(message.body, message.author, message.id, closed=message.id < last) for message in messages if _shown(message)]


def bubble(body: Body, author: str = "assistant", number: int | None = None, *, closed: bool = False) -> Bubble:
    """A message's body as the page shows it."""
    direction = "auto" if author == "person" else words(body.language).direction
    return Bubble(number, author, body.language, direction, tuple((tone, linked(text)) for tone, text in body.paragraphs),
                  body.buttons, tuple(file for file in body.files if file.url.startswith(SAFE)), closed)


def takes_files(shown: Sequence[Bubble]) -> bool:
    """Whether the person works on a checklist, to which documents can be attached: its buttons have been offered."""
    return any(ON_A_CASE.match(button.id) for bubble in shown for button in bubble.buttons)


def spoken_in(messages: Sequence[Message]) -> str | None:
    """The language of a conversation: that of the last reply."""
    return next((message.body.language for message in reversed(messages) if message.author == "assistant"), None)


def linked(text: str) -> Markup:
    """The text escaped, its web and mail addresses as links that leave the chat open."""
    parts: list[Markup] = []
    end = 0
    for found in LINK.finditer(text):
        parts += [escape(text[end:found.start()]), _link(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _link(address: str) -> Markup:
    if "://" not in address:
        return Markup('<a href="mailto:{0}">{0}</a>').format(address)
    return Markup('<a href="{0}" target="_blank" rel="noopener" dir="ltr">{0}</a>').format(address)


def _shown(message: Message) -> bool:
    if message.author != "person":
        return True
    text = message.body.text
    return text != UNSHOWN and not text.startswith("/start")
