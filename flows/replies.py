"""What goes back to a person, before it has a language: paragraphs with a tone, and choices to tap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from locales import Text, Value, _

Tone = Literal["plain", "strong", "small"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `small` is for sources and notes."""

    text: Text | str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Choice:
    """A button. `id` is `key:option` for an answer, a command such as "/check" for everything else; at most 64 bytes."""

    id: str
    label: Value


@dataclass(frozen=True)
class Document:
    """A file or page offered with a reply; `is_file` goes as a file over channels that take files."""

    name: Text | str
    url: str
    is_file: bool = False


@dataclass(frozen=True)
class Reply:
    """One message to the person; `language` is set where it is not the conversation's own."""

    paragraphs: tuple[Paragraph, ...]
    choices: tuple[Choice, ...] = ()
    documents: tuple[Document, ...] = ()
    language: str | None = None


def say(*texts: Text | str, choices: Iterable[Choice] = ()) -> Reply:
    """A reply of plain paragraphs."""
    return Reply(tuple(Paragraph(text) for text in texts), tuple(choices))


def strong(text: Text) -> Paragraph:
    """A paragraph that stands out."""
    return Paragraph(text, "strong")


def small(text: Text) -> Paragraph:
    """A paragraph in small print."""
    return Paragraph(text, "small")


ASK_TEAM = Choice("/contact", _("Ask the team"))
HEAR_LATER = Choice("/later", _("Tell me when you know"))
MENU = Choice("/menu", _("Menu"))
CHECK = Choice("/check", _("Check eligibility"))
BACK = Choice("/back", _("Back"))
STOP = Choice("/stop", _("Stop"))


def stale() -> Reply:
    """What an old button says that leads nowhere any more."""
    return say(_("That button belongs to an earlier dialogue."), choices=(CHECK, MENU))
