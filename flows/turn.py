"""One message in, one turn out: what a person may send, and what the turn asks the edge to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from .case.effects import CaseEffect
from .conference.effects import ConferenceEffect
from .counting import Count
from .replies import Reply
from .state import State


@dataclass(frozen=True)
class Said:
    """A typed text."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """A tapped choice, by its id."""

    choice: str


@dataclass(frozen=True)
class Corrected:
    """An earlier text of the person's, edited; `key` is the question that it had answered, if any."""

    text: str
    key: str | None


@dataclass(frozen=True)
class Unreadable:
    """Something that is not text: a voice message, a photo, a sticker, a location."""

    what: Literal["voice", "picture", "sticker", "location", "file", "other"]


@dataclass(frozen=True)
class Attached:
    """A file, still with the channel: `reference` is the channel's name of it, `size` what the channel says of it in bytes.

    `caption` is what was written along with it, `album` what files that were sent at once have in common.
    """

    what: Literal["picture", "file"]
    reference: str
    name: str
    size: int = 0
    caption: str = ""
    album: str = ""


Incoming = Said | Pressed | Corrected | Unreadable | Attached


@dataclass(frozen=True)
class OpenEnquiry:
    """Pass a question on to the team; `consent` names the version of the words that were agreed to.

    `case` and `item` are what of a checklist it is about, if it is. `side` and `country` are what the person has said here of
    where they are. `talk` opens a talk with the team, who should have answered after so long.
    """

    reference: str
    question: str
    contact: str
    consent: str
    case: int | None = None
    item: str = ""
    side: str = ""
    country: str = ""
    talk: timedelta | None = None


@dataclass(frozen=True)
class ToTeam:
    """Pass on what the person says in a talk with the team; who should have answered after `patience`."""

    reference: str
    text: str
    patience: timedelta


@dataclass(frozen=True)
class LeaveTalk:
    """The person ends the talk with the team."""

    reference: str


@dataclass(frozen=True)
class JoinTalk:
    """The person writes back to the team about an enquiry of theirs."""

    reference: str


@dataclass(frozen=True)
class KeepMiss:
    """Keep a question that was not understood, or whose answer did not help, without saying who asked."""

    text: str
    articles: tuple[str, ...] = ()
    reason: Literal["unknown", "unsure", "unhelpful"] = "unknown"


@dataclass(frozen=True)
class HearLater:
    """Tell the person here once a question that was not understood has an answer."""

    text: str
    consent: str


@dataclass(frozen=True)
class Rate:
    """Count whether an answer helped."""

    article: str
    helped: bool


@dataclass(frozen=True)
class Subscribe:
    """Write to the person about these topics from now on; `consent` names the words agreed to."""

    topics: tuple[str, ...]
    consent: str


@dataclass(frozen=True)
class Unsubscribe:
    """Write no more about these topics."""

    topics: tuple[str, ...]


@dataclass(frozen=True)
class Described:
    """What a person has said of themselves; kept only while announcements go to them. Empty is unknown."""

    side: str
    country: str = ""
    partner: str = ""  # the partner municipality's country
    name: str = ""  # how they wish to be addressed


@dataclass(frozen=True)
class Heard:
    """A button under an announcement was pressed: "register", "more", "not_interested" or "leave"."""

    announcement: int
    button: str


@dataclass(frozen=True)
class Announce:
    """A member of staff sends an announcement: texts by language; above `second_above` people a second one has to approve it."""

    topic: str
    texts: tuple[tuple[str, str], ...]
    fallback: str | None
    second_above: int


@dataclass(frozen=True)
class SteerAnnouncement:
    """A member of staff looks at an announcement or steers it: "status", "pause", "resume", "stop" or "approve"."""

    step: str
    number: int


@dataclass(frozen=True)
class Forget:
    """Erase all that is held on the person."""


@dataclass(frozen=True)
class SignInStaff:
    """Link this chat to a member of staff by a one-time code; without one, a link to the desk for the chat's member of staff."""

    code: str
    base: str = ""  # where the desk is


@dataclass(frozen=True)
class Concluded:
    """A flow has returned; counted without names."""

    flow: str
    result: str


Effect = (OpenEnquiry | KeepMiss | HearLater | Rate | Subscribe | Unsubscribe | Described | Heard | Announce | SteerAnnouncement
          | Forget | SignInStaff | Concluded | ToTeam | LeaveTalk | JoinTalk | CaseEffect | ConferenceEffect)


@dataclass(frozen=True)
class Turn:
    """The state to keep, the replies to send once it is kept, and what to do in the same transaction.

    `answered` is the key of the question that the message answered, so that an edit of it can find it again. `counts` is what
    statistics may know of it.
    """

    state: State
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = field(default=())
    answered: str | None = None
    counts: tuple[Count, ...] = ()
