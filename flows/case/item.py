"""One item of the checklist: what it means, where each side stands, and what the person can do about it."""

from __future__ import annotations

from dataclasses import replace

from flows.replies import Choice, Paragraph, Reply, small, strong
from flows.sources import source_lines
from flows.state import State
from flows.turn import Turn
from flows.verdict import country_sentences
from flows.world import World
from knowledge.articles import Article, Kind
from knowledge.checklist import Item, Owner, Part, Side, Status
from knowledge.checklist.items import SUBMISSION
from locales import Text, Value, _

from . import papers
from .effects import SetResponsible, SetStatus
from .overview import back_to
from .view import Case, Note
from .words import STATUSES, side_name

MOST_NOTES = 3
MARK_AS = {
    Status.DONE: _("Done"),
    Status.IN_PROGRESS: _("In progress"),
    Status.NEEDS_HELP: _("Needs help"),
    Status.OPEN: _("Open again"),
}


def show(state: State, case: Case, item: Item, world: World, *before: Paragraph) -> Turn:
    """The whole item."""
    body = [
        *before, strong(_text(item.title)), Paragraph(_text(item.explanation)),
        *_labelled(_("Why it matters: {why}", why=item.why), item.why),
        *_labelled(_("What helps as evidence: {evidence}", evidence=item.evidence), item.evidence),
        *(Paragraph(line) for line in _found_out(item, case, world)),
        *(Paragraph(_part(item, side, case)) for side in item.owner.sides),
        *(Paragraph(_note(note)) for note in _notes(item, case)),
        *(Paragraph(papers.about(paper, case)) for paper in case.papers if paper.item == item.id),
        *map(small, _sources(item, world)),
    ]
    return Turn(state, (Reply(tuple(body), (*_doings(item, case, world), back_to(case))),))


def set_status(state: State, case: Case, item: Item, status: Status, seen: int, world: World) -> Turn:
    """A tapped status; the edge tells if somebody was quicker."""
    refusal = _refusal(item, status, case, world)
    if refusal is not None:
        return show(state, case, item, world, Paragraph(refusal))
    part = case.part(item.id, case.mine)
    changed = case.with_part(replace(part, status=status, revision=part.revision + 1))
    noted = Paragraph(_("Noted: “{point}” is now: {status}.", point=item.title, status=STATUSES[status]))
    turn = show(state, changed, item, world, noted)
    return replace(turn, effects=(SetStatus(case.id, item.id, status, seen),))


def ask_who(state: State, case: Case, item: Item) -> Turn:
    """Who of one's own side sees to it."""
    names = tuple(Choice(f"/case {case.id} who {item.id} {member.id}", member.name) for member in case.on_side(case.mine))
    nobody = Choice(f"/case {case.id} who {item.id} 0", _("Nobody in particular"))
    return Turn(state, (Reply((strong(_("Who sees to “{point}”?", point=item.title)),), (*names, nobody, back_to(case))),))


def set_who(state: State, case: Case, item: Item, number: int, world: World) -> Turn:
    """One of one's own side, or nobody in particular."""
    chosen = next((member for member in case.on_side(case.mine) if member.id == number), None)
    if number and chosen is None:
        return ask_who(state, case, item)
    part = case.part(item.id, case.mine)
    changed = case.with_part(replace(part, responsible=number or None, revision=part.revision + 1))
    name: Value = chosen.name if chosen else _("nobody in particular")
    turn = show(state, changed, item, world, Paragraph(_("Noted: {who} sees to “{point}”.", who=name, point=item.title)))
    return replace(turn, effects=(SetResponsible(case.id, item.id, number or None),))


def _refusal(item: Item, status: Status, case: Case, world: World) -> Text | None:
    if case.mine not in item.owner.sides:
        return _not_yours(item, case)
    readiness = case.readiness(world.knowledge.dac, world.today)
    if item.id == SUBMISSION and status is Status.DONE and readiness.missing:
        return _("The submission can be marked as done once everything before it is done.")
    return None


def _not_yours(item: Item, case: Case) -> Text:
    if item.owner is Owner.ASSISTANT:
        return _("The assistant finds this out by itself; nobody has to mark it.")
    [side] = item.owner.sides
    return _("Only {municipality} can do this.", municipality=side_name(case, side))


def _doings(item: Item, case: Case, world: World) -> tuple[Choice, ...]:
    prefix = f"/case {case.id}"
    note = Choice(f"{prefix} note {item.id}", _("Write a note"))
    files = (papers.attach_choice(case, item.id), *(papers.fetch_choice(case, one) for one in case.papers if one.item == item.id))
    onward = Choice(f"{prefix} next", _("Next open point"))
    if case.mine not in item.owner.sides:
        return (note, *files, onward)
    part = case.part(item.id, case.mine)
    offered = (status for status in MARK_AS if status is not part.status and _refusal(item, status, case, world) is None)
    marks = tuple(Choice(f"{prefix} {_marking(part, status)}", MARK_AS[status]) for status in offered)
    planning = (Choice(f"{prefix} due {item.id}", _("Due date")), Choice(f"{prefix} who {item.id}", _("Who sees to it")))
    return (*marks, note, *files, *planning, onward)


def _marking(part: Part, status: Status) -> str:
    """The button's words: help is asked for in a dialogue, everything else is set at once, over the revision seen."""
    return f"help {part.item}" if status is Status.NEEDS_HELP else f"set {part.item} {status.value} {part.revision}"


def _found_out(item: Item, case: Case, world: World) -> tuple[Text, ...]:
    dac = world.knowledge.dac
    match item.check:
        case "dac":
            return country_sentences(dac.status(case.country, world.today))
        case "both-sides":
            return tuple(_("{municipality}: nobody has joined yet.", municipality=side_name(case, side))
                         for side in Side if not case.on_side(side))
        case "call-region" if case.checks(dac, world.today)["call-region"]:
            return (_("By what is known, this country fits the call."),)
        case "call-region":
            return (_("The call names other regions."),)
        case _:
            return ()


def _part(item: Item, side: Side, case: Case) -> Text:
    part = case.part(item.id, side)
    status = STATUSES[part.status]
    person = case.member(part.responsible)
    name = side_name(case, side)
    if part.due and person:
        return _("{municipality}: {status}, due on {date}, {person} sees to it.", municipality=name, status=status, date=part.due,
                 person=person.name)
    if part.due:
        return _("{municipality}: {status}, due on {date}.", municipality=name, status=status, date=part.due)
    if person:
        return _("{municipality}: {status}, {person} sees to it.", municipality=name, status=status, person=person.name)
    return _("{municipality}: {status}.", municipality=name, status=status)


def _notes(item: Item, case: Case) -> tuple[Note, ...]:
    return tuple(note for note in case.notes if note.item == item.id)[-MOST_NOTES:]


def _note(note: Note) -> Text:
    return _("Note by {name}, {date}: {text}", name=note.by or _("The team of the programme"), date=note.on, text=note.text)


def _sources(item: Item, world: World) -> tuple[Text, ...]:
    if not item.facts:
        return (_("Source: the call, as the team has entered it"),)
    article = Article(item.id, Kind.ANSWER, _("Source"), (), facts=item.facts)
    return (*source_lines(article, world), _("The pages name no evidence that has to be shown; this is a suggestion."))


def _labelled(text: Text, value: Value) -> tuple[Paragraph, ...]:
    return (Paragraph(text),) if value else ()


def _text(value: Value) -> Text:
    return value if isinstance(value, Text) else _("{name}", name=value)
