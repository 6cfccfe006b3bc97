"""What a finished dialogue about a case comes to: its words and effects."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flows.enquiry import CONSENT as ENQUIRY_CONSENT
from flows.enquiry import Enquiry, passed_on
from flows.replies import ASK_TEAM, MENU, Choice, Paragraph, Reply, say
from flows.state import State
from flows.turn import Effect, OpenEnquiry
from flows.verdict import country_sentences
from flows.world import World
from knowledge.checklist import Status
from locales import Text, _, listing

from . import item as items
from .dialogues import DaySet, Filed, Gone, HelpWanted, Leaving, NoteTaken
from .effects import AddNote, AttachFiles, DropFiles, JoinCase, Leave, OpenCase, SetDue, SetStatus
from .overview import BEGIN, back_to
from .starting import CONSENT, Joining, NoInvitation, NotAgreed, NotListed, Opening
from .view import Case, Note

Ending = tuple[tuple[Reply, ...], tuple[Effect, ...]]
OUTCOMES = (Opening, NotListed, Joining, NoInvitation, NotAgreed, NoteTaken, DaySet, HelpWanted, Filed, Leaving, Gone)


def conclude_case(outcome: Any, world: World) -> Ending:
    """The words and effects of an outcome; opening and joining get their words from the edge, which knows how it went."""
    match outcome:
        case Opening(south, german, side, name):
            return (), (OpenCase(south, german, side, name, CONSENT),)
        case Joining(key, name, municipality):
            return (), (JoinCase(key, name, municipality, CONSENT),)
        case NotListed(country):
            standing = country_sentences(world.knowledge.dac.status(country, world.today))
            text = _("The municipality from the Global South must be in a country on the DAC List, so no checklist is started.")
            return (say(*standing, text, choices=(ASK_TEAM, MENU)),), ()
        case NoInvitation():
            return (no_invitation(),), ()
        case NotAgreed():
            return (say(_("Nothing was kept."), choices=(MENU,)),), ()
        case Gone():
            return (say(_("You do not work on that checklist."), choices=BEGIN),), ()
        case _:
            return _in_case(outcome, next(one for one in world.cases if one.id == outcome.case), world)


def no_invitation() -> Reply:
    """What a stranger with an old, used or invented code reads: always the same."""
    return say(_("This code does not hold, or no longer. Please ask for a new invitation."), choices=(*BEGIN, MENU))


def _in_case(outcome: Any, case: Case, world: World) -> Ending:
    match outcome:
        case NoteTaken(_case, item, text):
            note = Note(item, case.me.name, case.mine, text, world.today)
            noted = replace(case, notes=(*case.notes, note))
            return _shown(noted, item, world, _("Your note is kept.")), (AddNote(case.id, item, text),)
        case DaySet(_case, item, due):
            part = case.part(item, case.mine)
            changed = case.with_part(replace(part, due=due, revision=part.revision + 1))
            said = _("Noted: due on {date}.", date=due) if due else _("Noted: no due date.")
            return _shown(changed, item, world, said), (SetDue(case.id, item, due),)
        case HelpWanted(_case, item, question):
            return _help(case, item, question, world)
        case Filed(_case, item, names):
            return _filed(case, item, names)
        case Leaving(_case, sure, to):
            return _left(case, sure, to)
    raise TypeError(f"no words for {type(outcome).__name__}")


def _help(case: Case, item: str, question: str, world: World) -> Ending:
    part = case.part(item, case.mine)
    changed = case.with_part(replace(part, status=Status.NEEDS_HELP, revision=part.revision + 1))
    mark = SetStatus(case.id, item, Status.NEEDS_HELP, part.revision)
    if not question:
        return _shown(changed, item, world, _("The point is marked as needing help. Nothing was passed on to the team.")), (mark,)
    enquiry = OpenEnquiry(world.reference, question, "", ENQUIRY_CONSENT, case.id, item)
    said = passed_on(Enquiry(question, "", agreed=True), world.reference)
    return _shown(changed, item, world, *said), (mark, enquiry)


def _filed(case: Case, item: str, names: tuple[str, ...]) -> Ending:
    """Whether it all fits in is known at the edge, which then says so instead."""
    found = case.checklist.item(item)
    if found is None:
        return (say(_("Not kept: {names}.", names=listing(names)), choices=(back_to(case),)),), (DropFiles(),)
    said = _("Attached to “{point}”: {names}. Both sides can fetch it.", point=found.title, names=listing(names))
    choices = (Choice(f"/case {case.id} item {item}", _("Back to the point")),
               Choice(f"/case {case.id} attach {item}", _("Attach another document")), back_to(case))
    return (say(said, choices=choices),), (AttachFiles(case.id, item),)


def _left(case: Case, sure: bool, to: int | None) -> Ending:
    if not sure:
        return (say(_("You stay."), choices=(back_to(case),)),), ()
    return (say(_("You no longer work on the checklist of {title}.", title=case.title), choices=(MENU,)),), (Leave(case.id, to),)


def _shown(case: Case, item: str, world: World, *said: Text) -> tuple[Reply, ...]:
    found = case.checklist.item(item)
    if found is None:
        return (say(*said, choices=(back_to(case),)),)
    return items.show(State(world.language), case, found, world, *map(Paragraph, said)).replies


def opened(case: int, side: str) -> Reply:
    """What the first of a pair reads."""
    choices = (Choice(f"/case {case} invite {side}", _("Invite your partner")), Choice(f"/case {case}", _("Overview")))
    return say(_("The checklist is open. Invite your partner municipality next: both sides work on it."), choices=choices)


def joined(case: int, title: str) -> Reply:
    """What somebody who has joined reads."""
    return say(_("You now work on the checklist of {title}.", title=title), choices=(Choice(f"/case {case}", _("Overview")),))


def already(case: int) -> Reply:
    """What somebody reads who takes up an invitation to where they are already."""
    return say(_("You work on this checklist already. The invitation still holds for somebody else."),
               choices=(Choice(f"/case {case}", _("Overview")),))


def quicker(who: Text | str, status: Text) -> Paragraph:
    """What somebody reads whose change met another one."""
    return Paragraph(_("Meanwhile {who} had set this to: {status}. Your change came after it; both are in the history.",
                       who=who, status=status))
