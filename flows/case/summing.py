"""The summary for mayor and council: its text here, and links to the page in two languages."""

from __future__ import annotations

from flows.codes import key_of
from flows.replies import Choice, Document, Paragraph, Reply, strong
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.checklist import Item, Side, Status
from knowledge.checklist.items import SUBMISSION
from locales import LanguageName, Text, _, languages, ngettext

from .effects import GrantSummary
from .overview import back_to
from .view import Case
from .words import STATUSES, side_name


def summary(state: State, case: Case, beside: str | None, world: World) -> Turn:
    """In the person's language and one more: the one asked for, else the partner's, else one that is sure to be of use."""
    second = beside if beside not in (None, world.language) else _partners(case, world.language)
    link = f"{world.links.base}/files/{world.code}"
    documents = (Document(_("Summary (PDF)"), f"{link}/summary.pdf", is_file=True),
                 Document(_("Summary (text)"), f"{link}/summary.txt", is_file=True))
    pair = {"first": LanguageName(world.language), "second": LanguageName(second)}
    names = (_("The page is in {first} and {second}.", **pair) if world.channel == "telegram" else
             _("The page is in {first} and {second}. The links hold for one day, and only for who has them.", **pair))
    others = tuple(Choice(f"/case {case.id} summary {code}", _("Together with {language}", language=LanguageName(code)))
                   for code in languages() if code not in (world.language, second))
    body = (strong(_("Summary for mayor and council")), *map(Paragraph, figures(case, world)), Paragraph(names))
    grant = GrantSummary(case.id, (world.language, second), key_of(world.code))
    return Turn(state, (Reply(body, (*others, back_to(case)), documents if world.links.base else ()),), (grant,))


def figures(case: Case, world: World) -> tuple[Text, ...]:
    """How far it is, in a few lines."""
    progress = case.progress(world.knowledge.dac, world.today)
    count = ngettext("As of {date}: {done} of {count} point done", "As of {date}: {done} of {count} points done", progress.total,
                     date=world.today, done=progress.done)
    todo = tuple(_("{municipality}: {count} still to do", municipality=side_name(case, side), count=len(still_to_do(case, side)))
                 for side in Side)
    return (count, *todo)


def still_to_do(case: Case, side: Side) -> tuple[Item, ...]:
    """What a side owes before the submission."""
    return tuple(item for item in case.checklist.items if side in item.owner.sides and item.id != SUBMISSION
                 and case.part(item.id, side).status is not Status.DONE)


def point(case: Case, item: Item, side: Side) -> Text:
    """A side's part in one line."""
    part = case.part(item.id, side)
    if part.due:
        return _("• {point}: {status}, due on {date}", point=item.title, status=STATUSES[part.status], date=part.due)
    return _("• {point}: {status}", point=item.title, status=STATUSES[part.status])


def _partners(case: Case, own: str) -> str:
    """The language of the other side, as far as it differs."""
    spoken = [member.language for member in (*case.on_side(case.mine.other), *case.present)]
    return next((code for code in (*spoken, "de", "en") if code != own), "en")
