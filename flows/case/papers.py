"""Documents at the items of a checklist: how they are shown, fetched and removed."""

from __future__ import annotations

from flows.codes import key_of
from flows.replies import Choice, Document, Paragraph, Reply, say, small, strong
from flows.state import State
from flows.turn import Turn
from flows.world import World
from locales import Text, Value, _, listing

from .effects import GrantPaper, RemovePaper
from .overview import back_to
from .view import Case, Paper
from .words import side_name


def show(state: State, case: Case, paper: Paper, world: World) -> Turn:
    """One document, to be fetched, and to be removed by its own side."""
    body = [strong(_("{name}", name=paper.name)), Paragraph(about(paper, case))]
    if world.channel != "telegram":
        body.append(small(_("The link holds for one day.")))
    document = Document(paper.name, f"{world.links.base}/files/{world.code}/document", is_file=True)
    remove = (Choice(f"/case {case.id} drop {paper.id}", _("Remove it")),) if paper.side is case.mine else ()
    reply = Reply(tuple(body), (*remove, back_to_item(case, paper.item), back_to(case)), (document,) if world.links.base else ())
    return Turn(state, (reply,), (GrantPaper(case.id, paper.id, key_of(world.code)),))


def remove(state: State, case: Case, paper: Paper, *, sure: bool) -> Turn:
    """Takes a document away, after one question; only its own side may."""
    back = back_to_item(case, paper.item)
    if paper.side is not case.mine:
        only = _("Only {municipality} can remove it.", municipality=side_name(case, paper.side))
        return Turn(state, (say(only, choices=(back,)),))
    if not sure:
        yes = Choice(f"/case {case.id} drop {paper.id} sure", _("Remove it for both sides"))
        return Turn(state, (Reply((strong(_("Remove “{name}”? It cannot be brought back.", name=paper.name)),), (yes, back)),))
    said = say(_("“{name}” is removed.", name=paper.name), choices=(back, back_to(case)))
    return Turn(state, (said,), (RemovePaper(case.id, paper.id),))


def about(paper: Paper, case: Case) -> Text:
    """A document in one line: its name, size, who brought it, and what they wrote along with it."""
    told: dict[str, Value] = {"name": paper.name, "kind": paper.kind.upper(), "size": max(1, round(paper.size / 1024)),
            "date": paper.on, "municipality": side_name(case, paper.side)}
    if paper.caption:
        return _("Document: {name} ({kind}, {size} KB), {municipality}, {date}: {caption}", caption=paper.caption, **told)
    return _("Document: {name} ({kind}, {size} KB), {municipality}, {date}", **told)


def attach_choice(case: Case, item: str) -> Choice:
    """The button that attaches what waits, or begins with an item."""
    label = _("Attach here: {names}", names=listing(case.waiting)) if case.waiting else _("Attach a document")
    return Choice(f"/case {case.id} attach {item}", label)


def fetch_choice(case: Case, paper: Paper) -> Choice:
    """The button to one document."""
    return Choice(f"/case {case.id} doc {paper.id}", "📄 " + paper.name)


def back_to_item(case: Case, item: str) -> Choice:
    """The button to a document's item."""
    return Choice(f"/case {case.id} item {item}", _("Back to the point"))
