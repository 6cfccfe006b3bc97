"""The short dialogues about one item, and about leaving: which case and item it is was tapped before, so it is known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.dates import Day
from flows.dialogue import Chat, Reading, Unclear
from flows.enquiry import AGREEMENT
from flows.files import MOST_BYTES
from flows.kinds import Labelled, Line, OneOf, Options, YesNo
from flows.world import World
from locales import Text, Value, _, listing, pgettext

from .view import Case

SENT, NOWHERE = "sent", "nowhere"
MEGABYTES = MOST_BYTES // 1024 // 1024
SEND = _("Please send the document now: a PDF, a Word, Excel, PowerPoint or OpenDocument file, or a picture, of at most {most} "
         "MB.", most=MEGABYTES)


@dataclass(frozen=True)
class Gone:
    """The person works on no case any more."""


@dataclass(frozen=True)
class NoteTaken:
    """A note on an item."""

    case: int
    item: str
    text: str


@dataclass(frozen=True)
class DaySet:
    """When one's own part of an item is due; None takes the day away."""

    case: int
    item: str
    due: date | None


@dataclass(frozen=True)
class HelpWanted:
    """An item needs help; an empty question is for nobody."""

    case: int
    item: str
    question: str


@dataclass(frozen=True)
class Leaving:
    """Somebody leaves, and hands over to `to`; `sure` is whether they really do."""

    case: int
    sure: bool
    to: int | None


@dataclass(frozen=True)
class Filed:
    """The documents that wait belong to an item; without an item they are not to be kept. `names` are theirs."""

    case: int
    item: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class FileKind:
    """A file that is sent; no text can be one."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if canonical == SENT else None

    def label(self, canonical: str) -> Text:
        return _("sent")

    def read(self, text: str, world: World) -> Reading:
        return Unclear(_("Please send the file itself, or stop here."))


class DueWay(Options):
    """What to do about a part's day."""

    GIVE = _("Name a day")
    NONE = _("No due date")


async def case_note(chat: Chat) -> NoteTaken | Gone:
    """A note on an item."""
    about = await _about(chat)
    if about is None:
        return Gone()
    case, item = about
    text = await chat.ask("note", _("What would you like to note? Both sides will see it."), Line(2, 1000))
    return NoteTaken(case.id, item, text)


async def case_due(chat: Chat) -> DaySet | Gone:
    """The day by which one's own side wants to be done."""
    about = await _about(chat)
    if about is None:
        return Gone()
    case, item = about
    if case.part(item, case.mine).due is not None:
        way = await chat.ask("way", _("Would you like to name another day, or to have none?"), OneOf(DueWay))
        if way is DueWay.NONE:
            return DaySet(case.id, item, None)
    due = await chat.ask("due", _("By when should it be done? For example “15 March” or “next Friday”."), Day())
    return DaySet(case.id, item, due)


async def case_help(chat: Chat) -> HelpWanted | Gone:
    """What the team should help with; without consent the item is only marked."""
    about = await _about(chat)
    if about is None:
        return Gone()
    case, item = about
    if await chat.ask("consent", AGREEMENT, OneOf(YesNo)) is YesNo.NO:
        return HelpWanted(case.id, item, "")
    question = await chat.ask("question", _("What do you need help with? The team sees your checklist along with it."), Line(5))
    return HelpWanted(case.id, item, question)


async def case_document(chat: Chat) -> Filed | Gone:
    """Where documents belong; a file that has not come yet is asked for."""
    case = await _case(chat)
    if case is None:
        return Gone()
    places: tuple[tuple[str, Value], ...] = (*((item.id, item.title) for item in case.checklist.items),
                                             (NOWHERE, _("Do not keep it")))
    prompt = (_("Which point does it belong to? {names}", names=listing(case.waiting)) if case.waiting
              else _("Which point does the document belong to?"))
    item = await chat.ask("item", prompt, Labelled(places))
    if item == NOWHERE:
        return Filed(case.id, "", case.waiting)
    await chat.ask("file", SEND, FileKind())
    return Filed(case.id, item, case.waiting)


async def case_leave(chat: Chat) -> Leaving | Gone:
    """Leaving, and who goes on with one's points."""
    case = await _case(chat)
    if case is None:
        return Gone()
    sure = await chat.ask("sure", _("Do you want to leave the checklist of {title}? What you have done there stays, with your "
                                    "name.", title=case.title), OneOf(YesNo))
    others = [member for member in case.on_side(case.mine) if member.id != case.me.id]
    if sure is YesNo.NO or not others:
        return Leaving(case.id, sure is YesNo.YES, None)
    labels: tuple[tuple[str, Value], ...] = (*((str(member.id), member.name) for member in others),
              ("0", pgettext("who takes over a colleague's points", "Nobody in particular")))
    to = await chat.ask("to", _("Who takes over your points?"), Labelled(labels))
    return Leaving(case.id, True, int(to) or None)


async def _case(chat: Chat) -> Case | None:
    cases = {str(case.id): case for case in chat.world.cases}
    if not cases:
        return None
    titles = Labelled(tuple((id, case.title) for id, case in cases.items()))
    chosen = await chat.ask("case", _("Which partnership is it about?"), titles)
    return cases[chosen]


async def _about(chat: Chat) -> tuple[Case, str] | None:
    case = await _case(chat)
    if case is None:
        return None
    own = tuple((item.id, item.title) for item in case.checklist.items)
    return case, await chat.ask("item", _("Which point is it about?"), Labelled(own))
