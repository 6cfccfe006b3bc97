"""What /checklist and /case do: `/case NUMBER VERB ...`, given by buttons, each of which can be typed as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows import play
from flows.codes import LENGTH, cleaned, key_of
from flows.replies import Paragraph, say
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.checklist import Item, Side, Status
from locales import _, shipped

from . import filing, overview, papers, sharing, summing
from . import item as items
from .effects import AskTeamIn, Pause
from .needs import needs
from .view import Case, Paper

Step = Callable[[State, Case, list[str], World], Turn]


def case(state: State, argument: str, world: World) -> Turn:
    """/case: the cases; `start`, `join CODE`; a number for one of them, and what to do in it."""
    match argument.split():
        case []:
            return overview.choose(state, world)
        case ["start"]:
            return play.begin(state, "case_start", world)
        case ["file"]:
            return filing.place(state, world)
        case ["join", *code]:
            return join(state, "".join(code), world)
        case [number, *rest]:
            return _in_case(state, number, rest, world)
    raise AssertionError("unreachable: every list of words is one of these")


def join(state: State, code: str, world: World) -> Turn:
    """Takes an invitation up, with the code if it is known already."""
    known = {"code": key_of(code)} if len(cleaned(code)) == LENGTH else {}
    return play.begin(state, "case_join", world, known)


def _in_case(state: State, number: str, rest: list[str], world: World) -> Turn:
    found = next((one for one in world.cases if str(one.id) == number), None)
    if found is None:
        return Turn(state, (say(_("You do not work on that checklist."), choices=overview.BEGIN),))
    verb, *words = rest or ["show"]
    step = STEPS.get(verb)
    return step(state, found, words, world) if step else overview.overview(state, found, world)


def _about_item(action: Callable[[State, Case, Item, list[str], World], Turn]) -> Step:
    """A step whose first word is an item; one that is no longer on the list leads to the overview."""

    def step(state: State, one: Case, words: list[str], world: World) -> Turn:
        found = one.checklist.item(words[0]) if words else None
        if found is None:
            gone = Paragraph(_("That point is no longer on the checklist."))
            return overview.overview(state, one, world, gone)
        return action(state, one, found, words[1:], world)

    return step


def _onward(state: State, one: Case, words: list[str], world: World) -> Turn:
    following = overview.following(state, one, world)
    if following is None:
        return overview.ready(state, one, world)
    return items.show(state, one, following, world)


def _set(state: State, one: Case, item: Item, words: list[str], world: World) -> Turn:
    wanted = next((status for status in Status if words and status.value == words[0]), None)
    if wanted is None:
        return items.show(state, one, item, world)
    seen = int(words[1]) if len(words) > 1 and words[1].isdecimal() else one.part(item.id, one.mine).revision
    return items.set_status(state, one, item, wanted, seen, world)


def _who(state: State, one: Case, item: Item, words: list[str], world: World) -> Turn:
    if one.mine not in item.owner.sides:
        return items.set_status(state, one, item, Status.OPEN, 0, world)
    if words and words[0].isdecimal():
        return items.set_who(state, one, item, int(words[0]), world)
    return items.ask_who(state, one, item)


def _about_paper(action: Callable[[State, Case, Paper, list[str], World], Turn]) -> Step:
    """A step whose first word is a document's number."""

    def step(state: State, one: Case, words: list[str], world: World) -> Turn:
        found = one.paper(words[0]) if words else None
        if found is None:
            gone = Paragraph(_("That document is no longer there."))
            return overview.overview(state, one, world, gone)
        return action(state, one, found, words[1:], world)

    return step


def _dialogue(flow: str, own_part: bool) -> Step:
    """A step that opens a dialogue about an item; where it is about a part, one has to have one."""

    def begin(state: State, one: Case, item: Item, words: list[str], world: World) -> Turn:
        if own_part and one.mine not in item.owner.sides:
            return items.set_status(state, one, item, Status.OPEN, 0, world)
        return play.begin(state, flow, world, {"case": str(one.id), "item": item.id})

    return _about_item(begin)


def _leave(state: State, one: Case, words: list[str], world: World) -> Turn:
    return play.begin(state, "case_leave", world, {"case": str(one.id)})


def _invite(state: State, one: Case, words: list[str], world: World) -> Turn:
    side = next((side for side in Side if words and side.value == words[0]), one.mine.other)
    return sharing.invite(state, one, side, world)


def _summary(state: State, one: Case, words: list[str], world: World) -> Turn:
    return summing.summary(state, one, shipped(words[0]) if words else None, world)


def _pause(state: State, one: Case, words: list[str], world: World) -> Turn:
    paused = not one.me.paused
    text = (_("You receive no reminders of this checklist until you want them again.") if paused
            else _("You receive reminders of this checklist again, at most one a day."))
    return Turn(state, (say(text, choices=(overview.back_to(one),)),), (Pause(one.id, paused),))


def _team(state: State, one: Case, words: list[str], world: World) -> Turn:
    text = _("The team may now read this checklist with its notes, and write to you in it.")
    return Turn(state, (say(text, choices=(overview.back_to(one),)),), (AskTeamIn(one.id),))


STEPS: Mapping[str, Step] = {
    "show": lambda state, one, words, world: overview.overview(state, one, world),
    "item": _about_item(lambda state, one, item, words, world: items.show(state, one, item, world)),
    "next": _onward,
    "set": _about_item(_set),
    "who": _about_item(_who),
    "note": _dialogue("case_note", own_part=False),
    "due": _dialogue("case_due", own_part=True),
    "help": _dialogue("case_help", own_part=True),
    "attach": _about_item(filing.attach),
    "doc": _about_paper(lambda state, one, paper, words, world: papers.show(state, one, paper, world)),
    "drop": _about_paper(lambda state, one, paper, words, world: papers.remove(state, one, paper, sure=words == ["sure"])),
    "ready": lambda state, one, words, world: overview.ready(state, one, world),
    "history": lambda state, one, words, world: overview.history(state, one, world),
    "summary": _summary,
    "people": lambda state, one, words, world: overview.people(state, one, world),
    "invite": _invite,
    "revoke": lambda state, one, words, world: sharing.revoke(state, one, world),
    "pause": _pause,
    "team": _team,
    "leave": _leave,
}


def checklist(state: State, argument: str, world: World) -> Turn:
    """/checklist: one's own if there is one, a choice of several, else what a proposal needs and how to begin."""
    if len(world.cases) == 1:
        return overview.overview(state, world.cases[0], world)
    if world.cases:
        return overview.choose(state, world)
    return needs(state, world)
