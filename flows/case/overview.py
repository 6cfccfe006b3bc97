"""The checklist as a whole: how far it is, what is whose, what is missing, what has happened."""

from __future__ import annotations

from datetime import date

from flows.replies import ASK_TEAM, MENU, Choice, Paragraph, Reply, say, small, strong
from flows.sources import source_lines
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.articles import Article, Kind
from knowledge.checklist import Item, Owner, Readiness, Side, Status
from knowledge.checklist.items import SUBMISSION
from knowledge.checklist.progress import is_done
from locales import Text, _, listing, ngettext

from .effects import Seen
from .view import Case
from .words import MARKS, STATUSES, event_sentence, side_name, whereabouts

MOST_EVENTS = 15


def choose(state: State, world: World) -> Turn:
    """Which of several cases."""
    choices = tuple(Choice(f"/case {case.id}", case.title) for case in world.cases)
    question = _("Which partnership's checklist?") if choices else _("You have no checklist yet.")
    return Turn(state, (say(question, choices=(*choices, *BEGIN, MENU)),))


BEGIN = (Choice("/case start", _("Start a checklist")), Choice("/case join", _("I have an invitation code")))


def overview(state: State, case: Case, world: World, *before: Paragraph) -> Turn:
    """Every item with its standing, and what can be done; a number typed opens that item."""
    lines = [Paragraph(_line(number, item, case, world)) for number, item in enumerate(case.checklist.items, start=1)]
    body = (*before, strong(_("{name}", name=case.title)), Paragraph(_bar(case, world)), *lines, *_next_word(case, world))
    items = tuple(Choice(f"/case {case.id} item {item.id}", item.title) for item in case.checklist.items)
    return Turn(state, (Reply(body, (*items, *_doings(case))),), _seen(case))


def _seen(case: Case) -> tuple[Seen, ...]:
    return (Seen(case.id, case.events[-1].id),) if case.events else ()


def following(state: State, case: Case, world: World) -> Item | None:
    """The next item in which one's own side has something to do."""
    open_ones = (item for item in case.checklist.items if case.mine in item.owner.sides)
    wanted = (Status.OPEN, Status.IN_PROGRESS, Status.NEEDS_HELP)
    ready = case.readiness(world.knowledge.dac, world.today).ready
    return next((item for item in open_ones if case.part(item.id, case.mine).status in wanted
                 and (item.id != SUBMISSION or ready)), None)


def ready(state: State, case: Case, world: World) -> Turn:
    """Whether the proposal can be submitted, by whom, and how it gets there."""
    found = case.readiness(world.knowledge.dac, world.today)
    body = (*_standing(found, case), Paragraph(_actor(case)), *_way(case), *_afterwards())
    article = Article("readiness", Kind.ANSWER, _("Submission"), (), facts=("german-side-submits", "mps-objective"))
    sources = tuple(map(small, source_lines(article, world)))
    return Turn(state, (Reply((*body, *sources), (back_to(case), ASK_TEAM)),))


def history(state: State, case: Case, world: World) -> Turn:
    """What has happened, newest first."""
    told = [(event, event_sentence(case, event)) for event in reversed(case.events)]
    lines = [Paragraph(_("{date}: {what}", date=event.at.date(), what=what)) for event, what in told if what][:MOST_EVENTS]
    body = (strong(_("What has happened")), *(lines or [Paragraph(_("Nothing yet."))]))
    return Turn(state, (Reply(body, (back_to(case),)),))


def people(state: State, case: Case, world: World) -> Turn:
    """Who works on it, and how others come to it or one leaves."""
    lines: list[Paragraph] = []
    for side in Side:
        lines.append(strong(whereabouts(case.municipalities[side])))
        names = [member.name for member in case.on_side(side)]
        lines.append(Paragraph(_("{names}", names=listing(names)) if names else _("Nobody has joined yet.")))
    invite = tuple(_invite(case, side) for side in (case.mine.other, case.mine))
    revoke = (Choice(f"/case {case.id} revoke", _("Take invitations back")),) if case.invited else ()
    team = () if case.team_asked else (Choice(f"/case {case.id} team", _("Let the team read along")),)
    pause = _("Have reminders again") if case.me.paused else _("Pause reminders")
    own = (Choice(f"/case {case.id} pause", pause), Choice(f"/case {case.id} leave", _("Leave")))
    choices = (*invite, *revoke, *team, *own, back_to(case))
    return Turn(state, (Reply(tuple(lines), choices),))


def back_to(case: Case) -> Choice:
    """The button to the overview."""
    return to_overview(case.id)


def to_overview(case: int) -> Choice:
    """The button to the overview of a case by its number."""
    return Choice(f"/case {case}", _("Overview"))


def standing(item: Item, side: Side, case: Case) -> Text:
    """A side's status in an item."""
    return STATUSES[case.part(item.id, side).status]


def _bar(case: Case, world: World) -> Text:
    progress = case.progress(world.knowledge.dac, world.today)
    return ngettext("{bar} {done} of {count} point done", "{bar} {done} of {count} points done", progress.total,
                    bar=progress.bar(), done=progress.done)


def _line(number: int, item: Item, case: Case, world: World) -> Text:
    done = is_done(item, case.parts, case.checks(world.knowledge.dac, world.today))
    if item.owner is Owner.ASSISTANT:
        status = STATUSES[Status.DONE] if done else _("not fulfilled yet")
        return _("{mark} {number}. {point}: {status}", mark=MARKS[Status.DONE if done else Status.OPEN], number=number,
                 point=item.title, status=status)
    if item.owner is Owner.BOTH:
        both = _("you: {own}, your partner: {other}", own=standing(item, case.mine, case),
                 other=standing(item, case.mine.other, case))
        return _("{mark} {number}. {point}: {status}", mark=_mark(item, case, done), number=number, point=item.title, status=both)
    [side] = item.owner.sides
    return _("{mark} {number}. {point}: {status}", mark=_mark(item, case, done), number=number, point=item.title,
             status=_("{municipality}: {status}", municipality=side_name(case, side), status=standing(item, side, case)))


def _mark(item: Item, case: Case, done: bool) -> str:
    statuses = {case.part(item.id, side).status for side in item.owner.sides}
    if done:
        return MARKS[Status.DONE]
    if Status.NEEDS_HELP in statuses:
        return MARKS[Status.NEEDS_HELP]
    return MARKS[Status.OPEN if statuses == {Status.OPEN} else Status.IN_PROGRESS]


def _next_word(case: Case, world: World) -> tuple[Paragraph, ...]:
    found = case.readiness(world.knowledge.dac, world.today)
    deadline = (Paragraph(deadline_sentence(case.call.deadline, world.today)),) if case.call and case.call.deadline else ()
    if found.submitted:
        return (strong(_("The proposal is marked as submitted.")),)
    if found.ready:
        return (strong(_("Everything is done: ready to submit.")), Paragraph(_actor(case)), *deadline)
    return deadline


def deadline_sentence(deadline: date, today: date) -> Text:
    """The call's deadline."""
    if deadline < today:
        return _("The call's deadline was {date}.", date=deadline)
    return _("The call's deadline is {date}.", date=deadline)


def _doings(case: Case) -> tuple[Choice, ...]:
    first = (_invite(case, case.mine.other),) if not case.on_side(case.mine.other) else ()
    number = case.id
    waiting = (Choice("/case file", _("Say where your documents belong")),) if case.waiting else ()
    return (
        *first, *waiting,
        Choice(f"/case {number} next", _("Next open point")),
        Choice(f"/case {number} ready", _("Can we submit?")),
        Choice(f"/case {number} summary", _("Summary for mayor and council")),
        Choice(f"/case {number} history", _("What has happened")),
        Choice(f"/case {number} people", _("People and reminders")), MENU,
    )


def _invite(case: Case, side: Side) -> Choice:
    text = _("Invite your partner") if side is not case.mine else _("Invite a colleague")
    return Choice(f"/case {case.id} invite {side.value}", text)


def _standing(found: Readiness, case: Case) -> tuple[Paragraph, ...]:
    if found.submitted:
        return (strong(_("The proposal is marked as submitted.")),)
    if found.ready:
        return (strong(_("Yes: everything before the submission is done.")),)
    late = (Paragraph(_("The call's deadline has passed.")),) if found.late else ()
    return (strong(_("Not yet.")), *late, *(Paragraph(_missing(item, sides, case)) for item, sides in found.missing))


def _missing(item: Item, sides: tuple[Side, ...], case: Case) -> Text:
    if not sides:
        return _("Missing: {point}", point=item.title)
    return _("Missing: {point} ({municipalities})", point=item.title,
             municipalities=listing([side_name(case, side) for side in sides]))


def _actor(case: Case) -> Text:
    german = side_name(case, Side.GERMAN)
    if case.mine is Side.GERMAN:
        return _("Who acts: your municipality. Only the German side, {municipality}, can submit the proposal.",
                 municipality=german)
    return _("Who acts: {municipality}. Only the German side can submit the proposal.", municipality=german)


def _way(case: Case) -> tuple[Paragraph, ...]:
    """How a proposal reaches the Service Agency: in staff's words, or honestly unknown."""
    never = Paragraph(_("The assistant submits nothing by itself."))
    if case.call is not None and case.call.submission:
        said = _("How the proposal reaches the Service Agency, as the team has entered it: {way}", way=case.call.submission)
        return (Paragraph(said), never)
    return (Paragraph(_("How a proposal is handed in is not published, and the team has entered nothing about it. Please ask the "
                        "team before you send anything.")), never)


def _afterwards() -> tuple[Paragraph, ...]:
    return (Paragraph(_("A complete checklist is not yet a selection: each project phase supports about ten partnerships.")),)
