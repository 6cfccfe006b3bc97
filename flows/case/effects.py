"""What a turn asks the edge to do with a case. Rights are checked again there, where the case stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.files import Examined
from knowledge.checklist import Side, Status

from .view import Municipality


@dataclass(frozen=True)
class OpenCase:
    """Open a case for a pair; the person is its first member."""

    south: Municipality
    german: Municipality
    side: Side
    name: str
    consent: str


@dataclass(frozen=True)
class JoinCase:
    """Use an invitation up; `municipality` is how the side corrects its own entry, None to leave it."""

    key: str
    name: str
    municipality: Municipality | None
    consent: str


@dataclass(frozen=True)
class Invite:
    """Keep an invitation for a side, by the key of its code; earlier ones for that side no longer hold."""

    case: int
    side: Side
    key: str


@dataclass(frozen=True)
class Revoke:
    """Take all open invitations of a case back."""

    case: int


@dataclass(frozen=True)
class SetStatus:
    """Put one's own part of an item to a status; `seen` is the part's revision that the person had before them."""

    case: int
    item: str
    status: Status
    seen: int


@dataclass(frozen=True)
class SetDue:
    """Give one's own part a day, or take it away."""

    case: int
    item: str
    due: date | None


@dataclass(frozen=True)
class SetResponsible:
    """Name who of one's own side sees to a part; None for nobody in particular."""

    case: int
    item: str
    member: int | None


@dataclass(frozen=True)
class AddNote:
    """Write a note on an item."""

    case: int
    item: str
    text: str


@dataclass(frozen=True)
class Leave:
    """Leave a case; one's parts go to `to`, who is of the same side, or to nobody in particular."""

    case: int
    to: int | None


@dataclass(frozen=True)
class Pause:
    """Stop reminders of a case for oneself, or have them again."""

    case: int
    paused: bool


@dataclass(frozen=True)
class Seen:
    """The person has the case before them: no digest is needed of what happened up to that event."""

    case: int
    event: int


@dataclass(frozen=True)
class AskTeamIn:
    """Let the team read a case with all its notes, and write in it."""

    case: int


@dataclass(frozen=True)
class GrantSummary:
    """Let the person fetch the summary in two languages by a link, for a day; `key` is of the link's code."""

    case: int
    languages: tuple[str, str]
    key: str


@dataclass(frozen=True)
class KeepFile:
    """Keep a file for the person until they have said where it belongs."""

    file: Examined
    caption: str


@dataclass(frozen=True)
class DropFiles:
    """Keep none of the person's files that wait for an item."""


@dataclass(frozen=True)
class AttachFiles:
    """Attach the person's waiting files to an item."""

    case: int
    item: str


@dataclass(frozen=True)
class RemovePaper:
    """Take a document of one's own side away, for both."""

    case: int
    paper: int


@dataclass(frozen=True)
class GrantPaper:
    """Let the person fetch a document by a link, for a day; `key` is of the link's code."""

    case: int
    paper: int
    key: str


CaseEffect = (OpenCase | JoinCase | Invite | Revoke | SetStatus | SetDue | SetResponsible | AddNote | Leave | Pause | Seen
              | AskTeamIn | GrantSummary | KeepFile | DropFiles | AttachFiles | RemovePaper | GrantPaper)
