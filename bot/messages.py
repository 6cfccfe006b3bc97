"""What crosses the border between a channel and the engine: an inbound message, and a rendered one to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, runtime_checkable

from flows.turn import Incoming

PULLED = frozenset({"web", "terminal"})  # channels whose people come and fetch: stored is delivered


@dataclass(frozen=True)
class Inbound:
    """A message as a channel took it in.

    `address` names the chat within its channel; `key` is unique within the channel (an update id, an idempotency key), so
    that the same message delivered twice changes nothing. `hint` is the language tag that the app or browser gave.
    `external` is the channel's own number of the message, by which an edit of it can be recognised; `content` is that of an
    attached file, where the channel has it already.
    """

    channel: str
    address: str
    key: str
    incoming: Incoming
    hint: str | None = None
    external: str | None = None
    content: bytes | None = field(default=None, repr=False)

    @property
    def handle(self) -> str:
        """The chat's unique name over all channels."""
        return f"{self.channel}:{self.address}"

    @property
    def unique_key(self) -> str:
        """The message's unique name over all channels."""
        return f"{self.channel}:{self.key}"


@dataclass(frozen=True)
class Button:
    """A rendered choice; `id` is at most 64 bytes."""

    id: str
    label: str


@dataclass(frozen=True)
class File:
    """A rendered document: its name and where it can be fetched; `is_file` goes as a file over channels that take files."""

    name: str
    url: str
    is_file: bool = False


@dataclass(frozen=True)
class Body:
    """A rendered message: paragraphs with their tone ("plain", "strong", "small"), in one language."""

    paragraphs: tuple[tuple[str, str], ...]
    language: str
    buttons: tuple[Button, ...] = ()
    files: tuple[File, ...] = ()

    @property
    def text(self) -> str:
        """The whole message as plain text, a blank line between paragraphs."""
        return "\n\n".join(text for _tone, text in self.paragraphs)

    def without_files(self) -> Body:
        """The same message where its files go another way."""
        return replace(self, files=())

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, as they are stored."""
        kept: dict[str, Any] = {"paragraphs": [list(part) for part in self.paragraphs], "language": self.language}
        kept |= {"buttons": [[button.id, button.label] for button in self.buttons]} if self.buttons else {}
        kept |= {"files": [[file.name, file.url, *([True] if file.is_file else [])] for file in self.files]} if self.files else {}
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Body:
        """The body that `to_json` packed."""
        return cls(
            tuple((tone, text) for tone, text in kept["paragraphs"]),
            kept["language"],
            tuple(Button(*button) for button in kept.get("buttons", ())),
            tuple(File(*file) for file in kept.get("files", ())),
        )


@dataclass(frozen=True)
class Message:
    """A stored message on its way to a person, or read back for a transcript.

    `author` is "person", "assistant" or "staff". `id` grows with time within a chat.
    """

    id: int
    chat: int
    handle: str
    author: str
    body: Body

    @property
    def channel(self) -> str:
        return self.handle.partition(":")[0]

    @property
    def address(self) -> str:
        return self.handle.partition(":")[2]


class Blocked(Exception):
    """The person can no longer be reached there: do not try again."""


class Refused(Exception):
    """The channel will never take this message; the reason is kept and the next one is tried."""


class Sender(Protocol):
    """A channel's way out.

    `send` returns once the channel has taken the message; it retries by itself what is worth retrying.
    Raises Blocked or Refused for good; any other exception leaves the message to be sent later.
    """

    async def send(self, message: Message) -> None:
        """Sends one message."""


class Unreachable(Exception):
    """A file that was sent cannot be had from the channel, now or any more."""


@runtime_checkable
class Fetcher(Protocol):
    """A channel whose files are fetched once they are wanted."""

    async def fetch(self, reference: str, most: int) -> bytes:
        """The file's content, cut one byte after `most`.

        Raises Unreachable.
        """


@dataclass(frozen=True)
class Attachment:
    """A picture or document that goes with an announcement; once the channel has named it (`file_id`), without its content."""

    kind: str
    name: str
    content: bytes
    file_id: str | None = None


@dataclass(frozen=True)
class Notice:
    """An announcement's message to one person."""

    handle: str
    body: Body
    attachment: Attachment | None = None

    @property
    def address(self) -> str:
        return self.handle.partition(":")[2]


class NotYet(Exception):
    """The chat has to wait, be it for its own pace or because another message is on its way there; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for another {seconds:g} s")
        self.seconds = seconds


class TooFast(Exception):
    """The channel wants silence from everybody for so many seconds; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"silence for {seconds:g} s")
        self.seconds = seconds


@runtime_checkable
class Announcer(Protocol):
    """A channel's way out for announcements, which wait for their slot and are tried again from their rows."""

    async def announce(self, notice: Notice) -> str | None:
        """Tries once, and returns the channel's name of the attached file.

        Raises Blocked or Refused for good, NotYet or TooFast where nothing was sent, anything else where that is not known.
        """
