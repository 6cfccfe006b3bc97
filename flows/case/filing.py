"""A file arrives: it is kept for somebody who works on a checklist, who then says where it belongs if they have not before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeGuard

from flows import play
from flows.dialogue import Waiting
from flows.files import MOST_BYTES, Examined, Flaw, Unfit
from flows.replies import Choice, say
from flows.state import Session, State
from flows.turn import Attached, Turn
from flows.world import World
from knowledge.checklist import Item
from locales import Text, Value, _

from .dialogues import MEGABYTES, NOWHERE, SENT, FileKind
from .effects import AttachFiles, KeepFile
from .view import Case

FLOW = "case_document"
MOST_WAITING = 20
PLACE = Choice("/case file", _("Say where it belongs"))
FLAWS: Mapping[Flaw, Text] = {
    "empty": _("“{name}” is empty. Please look at it and send it again."),
    "too_big": _("“{name}” is larger than {most} MB. Please make it smaller, or send it in parts."),
    "unknown": _("“{name}” is not of a kind that can be attached: PDF, Word, Excel, PowerPoint, OpenDocument, or a picture "
                 "(JPEG, PNG, WebP, HEIC). Please save it as PDF and send that."),
    "mismatch": _("“{name}” is in truth a file of the kind {kind}. Please give it the right ending, or save it again, and then "
                  "send it."),
    "locked": _("“{name}” is protected by a password, so your partner could not open it. Please send it without a password."),
    "macros": _("“{name}” contains macros, which can do harm. Please save it without macros, or as PDF, and send that."),
    "old": _("“{name}” has an old Office format. Please save it as DOCX, XLSX, PPTX or PDF and send that."),
    "broken": _("“{name}” is damaged and cannot be opened. Please look at it and send it again."),
    "unreachable": _("“{name}” did not arrive. Please send it again."),
}


def received(state: State, sent: Attached, world: World, *, again: bool) -> Turn:
    """A file from somebody who works on a checklist: kept, and then they say where it belongs, if they have not before.

    `again`: it is one more of several that were sent at once, and belongs where the first one does.
    """
    found = _examined(sent, world)
    if isinstance(found, Unfit):
        return Turn(state, (say(_refused(found)),))
    if len(world.cases[0].waiting) >= MOST_WAITING:
        full = _("{count} documents of yours wait for a point already. Please say first where they belong.", count=MOST_WAITING)
        return Turn(state, (say(full, choices=(PLACE,)),))
    turn = _placed(state, found.name, _with_waiting(world, found.name), again)
    return replace(turn, effects=(KeepFile(found, sent.caption), *turn.effects))


def place(state: State, world: World) -> Turn:
    """/case file: where the waiting documents belong."""
    if not world.cases or not world.cases[0].waiting:
        return Turn(state, (say(_("No document of yours waits for a point.")),))
    return _ask_where(state, world)


def attach(state: State, case: Case, item: Item, words: list[str], world: World) -> Turn:
    """What waits belongs to this item; where nothing waits, a file is asked for."""
    known = {"case": str(case.id), "item": item.id} | ({"file": SENT} if case.waiting else {})
    return play.begin(state, FLOW, world, known)


def _examined(sent: Attached, world: World) -> Examined | Unfit:
    return Unfit("too_big", sent.name) if sent.size > MOST_BYTES else world.file(sent.reference, sent.name)


def _refused(found: Unfit) -> Text:
    values: dict[str, Value] = {"name": found.name, "kind": found.kind.upper(), "most": MEGABYTES}
    return replace(FLAWS[found.flaw], values=tuple(values.items()))


def _with_waiting(world: World, name: str) -> World:
    cases = tuple(replace(case, waiting=(*case.waiting, name)) for case in world.cases)
    return replace(world, known=replace(world.known, cases=cases))


def _placed(state: State, name: str, world: World, again: bool) -> Turn:
    waiting = play.current(state, world)
    if state.session is None or not isinstance(waiting, Waiting):
        return _likewise(state, state.done, name) if again and _was_filed(state.done) else _ask_where(state, world)
    if isinstance(waiting.question.kind, FileKind):
        given = state.session.with_answer(waiting.question.key, SENT)
        return play.proceed(replace(state, session=given), world)
    if state.session.flow == FLOW:
        return Turn(state, () if again else (say(_("“{name}” is here as well. Where do they belong?", name=name)),))
    kept = _("“{name}” is kept; nothing of it is lost. You can say at any time to which point it belongs.", name=name)
    return Turn(state, (say(kept, choices=(PLACE,)),))


def _was_filed(done: Session | None) -> TypeGuard[Session]:
    return done is not None and done.flow == FLOW and done.answers.get("item", NOWHERE) != NOWHERE


def _likewise(state: State, done: Session, name: str) -> Turn:
    effect = AttachFiles(int(done.answers["case"]), done.answers["item"])
    return Turn(state, (say(_("Attached as well: {name}.", name=name)),), (effect,))


def _ask_where(state: State, world: World) -> Turn:
    known = {"file": SENT} | ({"case": str(world.cases[0].id)} if len(world.cases) == 1 else {})
    return play.begin(state, FLOW, world, known)
