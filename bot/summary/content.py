"""What stands in the summary, before it has a language: the same lines for both columns and for the plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

from flows.case.overview import deadline_sentence
from flows.case.summing import point, still_to_do
from flows.case.view import Case
from flows.case.words import side_name, whereabouts
from flows.sources import source_lines
from flows.world import World
from knowledge import Knowledge
from knowledge.articles import Article, Kind
from knowledge.checklist import Side
from knowledge.checklist.progress import is_done
from locales import Text, _, ngettext

Tone = Literal["title", "heading", "plain", "small", "bar"]


@dataclass(frozen=True)
class Line:
    """One paragraph; of a "bar" the share is drawn above its words."""

    tone: Tone
    text: Text
    share: float = 0.0


def lines(case: Case, knowledge: Knowledge, today: date) -> tuple[Line, ...]:
    """The whole page."""
    return tuple(_lines(case, knowledge, today))


def _lines(case: Case, knowledge: Knowledge, today: date) -> Iterator[Line]:
    progress = case.progress(knowledge.dac, today)
    done = [item.title for item in case.checklist.items if is_done(item, case.parts, case.checks(knowledge.dac, today))]
    yield Line("title", _("Partnership checklist: {title}", title=case.title))
    for side in Side:
        yield Line("plain", whereabouts(case.municipalities[side]))
    yield Line("bar", ngettext("As of {date}: {done} of {count} point done", "As of {date}: {done} of {count} points done",
                               progress.total, date=today, done=progress.done), progress.done / progress.total)
    if case.call:
        yield Line("plain", _("Call: {title}", title=case.call.title))
        if case.call.deadline:
            yield Line("plain", deadline_sentence(case.call.deadline, today))
    if done:
        yield Line("heading", _("Done"))
        yield from (Line("plain", _("• {point}", point=title)) for title in done)
    for side in Side:
        yield from _open(case, side)
    yield from _papers(case)
    yield from _found_missing(case, knowledge, today)
    yield Line("heading", _("Submission"))
    yield from _submission(case, knowledge, today)
    yield from (Line("small", text) for text in _sources(case, knowledge, today))


def _open(case: Case, side: Side) -> Iterator[Line]:
    still = still_to_do(case, side)
    if still:
        yield Line("heading", _("Still to do for {municipality}", municipality=side_name(case, side)))
    yield from (Line("plain", point(case, item, side)) for item in still)


def _papers(case: Case) -> Iterator[Line]:
    if case.papers:
        yield Line("heading", _("Documents"))
    for paper in case.papers:
        item = case.checklist.item(paper.item)
        yield Line("plain", _("• {name} ({point})", name=paper.name, point=item.title if item else paper.item))


def _found_missing(case: Case, knowledge: Knowledge, today: date) -> Iterator[Line]:
    checks = case.checks(knowledge.dac, today)
    missing = [item for item in case.checklist.items if item.check and not checks[item.check]]
    if missing:
        yield Line("heading", _("Conditions not fulfilled yet"))
    yield from (Line("plain", _("• {point}", point=item.title)) for item in missing)


def _submission(case: Case, knowledge: Knowledge, today: date) -> Iterator[Line]:
    found = case.readiness(knowledge.dac, today)
    german = side_name(case, Side.GERMAN)
    yield Line("plain", _("Only the German side, {municipality}, can submit the proposal.", municipality=german))
    if found.submitted:
        yield Line("plain", _("The proposal is marked as submitted."))
    elif found.ready:
        yield Line("plain", _("Everything before the submission is done."))
    if case.call and case.call.submission:
        yield Line("plain", _("How it reaches the Service Agency, as the team has entered it: {way}", way=case.call.submission))
    else:
        yield Line("plain", _("How a proposal is handed in is not published; the team answers that."))


def _sources(case: Case, knowledge: Knowledge, today: date) -> tuple[Text, ...]:
    facts = tuple(dict.fromkeys(fact for item in case.checklist.items for fact in item.facts))
    article = Article("summary", Kind.ANSWER, _("Summary"), (), facts=facts)
    world = World(datetime.combine(today, time(), UTC), "en", knowledge)
    return (*source_lines(article, world), _("Written by a program from what both municipalities have entered."))
