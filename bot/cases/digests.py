"""What others have done on a case, told at once and not tap by tap; and what a new call changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_event, case_member
from bot.store.jobs import Job
from flows.case.overview import back_to
from flows.case.view import Case, Event
from flows.case.words import event_sentence
from flows.replies import Choice, Paragraph, Reply, strong
from knowledge import Knowledge
from knowledge.checklist import Change, changes
from locales import Text, _, ngettext

from .calls import calls_by_number
from .reading import event_of
from .telling import reader, tell

MOST_LINES = 12


async def send_digest(connection: AsyncConnection, job: Job, knowledge: Knowledge, now: datetime) -> None:
    """Tells a member what has happened since they last looked; nothing if that was they themselves or they have seen it."""
    found = await reader(connection, job.subject, knowledge.checklist, now)
    if found is None:
        return
    query = select(case_event).where(
        case_event.c.partnership_id == found.case.id, case_event.c.id > found.seen,
        case_event.c.member_id.is_distinct_from(job.subject)).order_by(case_event.c.id)
    events = [event_of(row) for row in await connection.execute(query)]
    lines = await _lines(connection, found.case, _latest(events), knowledge)
    if lines:
        await tell(connection, found, _digest(found.case, lines), now)
    if events:
        await connection.execute(update(case_member).where(case_member.c.id == job.subject).values(seen_event=events[-1].id))


def _latest(events: Sequence[Event]) -> list[Event]:
    """Of several changes of one thing only the last, where the first one stood."""
    last = {(event.kind, event.item, event.side) if event.kind in ("status", "due", "responsible") else event.id: event
            for event in events}
    return list(last.values())


async def _lines(connection: AsyncConnection, case: Case, events: Sequence[Event], knowledge: Knowledge) -> list[Text]:
    lines: list[Text] = []
    for event in events:
        sentence = event_sentence(case, event)
        if event.kind == "call":
            lines.extend(await _moved(connection, case, event, knowledge))
        elif sentence is not None:
            lines.append(sentence)
    return lines


def _digest(case: Case, lines: Sequence[Text]) -> Reply:
    more = len(lines) - MOST_LINES
    rest = (Paragraph(ngettext("And {count} more.", "And {count} more.", more)),) if more > 0 else ()
    head = strong(_("News on your checklist: {title}", title=case.title))
    history = Choice(f"/case {case.id} history", _("What has happened"))
    return Reply((head, *map(Paragraph, lines[:MOST_LINES]), *rest), (back_to(case), history))


async def _moved(connection: AsyncConnection, case: Case, event: Event, knowledge: Knowledge) -> list[Text]:
    """What a new call changes for a case that has moved on to it."""
    before, _arrow, after = event.value.partition(">")
    calls = await calls_by_number(connection, [int(before), int(after)])
    old, new = calls.get(int(before)), calls[int(after)]
    was = old.over(knowledge.checklist) if old else knowledge.checklist
    change = changes(was, new.over(knowledge.checklist), old, new)
    return [_("Your checklist now follows the call “{title}”. What is done stays done.", title=new.title), *_changed(change)]


def _changed(change: Change) -> list[Text]:
    added = [_("New point: {point}", point=item.title) for item in change.added]
    removed = [_("No longer needed: {point}", point=item.title) for item in change.removed]
    deadline = [_("The call's deadline is {date}.", date=change.deadline)] if change.deadline else []
    return [*added, *removed, *deadline]
