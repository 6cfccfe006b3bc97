"""The questions that a conference asks beside the usual ones: added, changed, put in order, taken out."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.conferences.entering import set_questions
from bot.conferences.reading import conference_numbered
from bot.desk.visit import Visit
from bot.desk.words import _
from flows.conference.view import Conference, Question
from locales import Text

from .editing import found, named, ordered_languages
from .form import LONGEST, Wrong
from .question_form import KINDS, SIDES, asked, dependencies, filled_in

MOST = 20  # with the usual ones they stay under what one dialogue may ask


async def listed(visit: Visit) -> web.Response:
    """/desk/conferences/NUMBER/questions: all of them; one is open to be changed where the address names it."""
    one = await found(visit)
    chosen = next((question for question in one.questions if question.key == visit.query("key")), None)
    return _page(visit, one, filled_in(chosen) if chosen else {"required": "yes", "side": "both"}, chosen)


async def keep(visit: Visit) -> web.Response:
    """Adds a question, or changes the one that the form names; answers stay with their question."""
    one = await found(visit)
    old = next((question for question in one.questions if question.key == visit.form.get("key")), None)
    try:
        new = asked(visit.form, one, old)
    except Wrong as wrong:
        return _page(visit, one, visit.form, old, wrong.text)
    questions = [new if question is old else question for question in one.questions] + ([] if old else [new])
    if len(questions) > MOST:
        return _page(visit, one, visit.form, old, _("A conference can ask at most {most} questions of its own.", most=MOST))
    return await _kept(visit, one, questions, new.key, "question-kept")


async def move(visit: Visit) -> web.Response:
    """Puts a question one place up, unless it depends on the one that stands there."""
    one, place = await _placed(visit)
    questions = list(one.questions)
    if place and not _leans(questions[place], questions[place - 1]):
        questions[place - 1], questions[place] = questions[place], questions[place - 1]
    return await _kept(visit, one, questions, questions[place].key, "question-moved")


async def remove(visit: Visit) -> web.Response:
    """Takes a question out, unless another one depends on it."""
    one, place = await _placed(visit)
    gone = one.questions[place]
    if any(_leans(question, gone) for question in one.questions):
        return _page(visit, one, filled_in(gone), gone, _("Another question depends on this one. Please change that one first."))
    rest = [question for question in one.questions if question is not gone]
    return await _kept(visit, one, rest, gone.key, "question-removed")


async def _kept(visit: Visit, seen: Conference, questions: list[Question], key: str, note: str) -> web.Response:
    """Keeps them all, if nobody else has changed them meanwhile."""
    async with visit.office.store.write() as connection:
        now = await conference_numbered(connection, seen.id)
        if now is None or now.questions != seen.questions:
            return visit.back_to(f"/conferences/{seen.id}/questions", "conference-overtaken")
        await set_questions(connection, seen.id, questions)
        await visit.record(connection, "conference-questioned", "conference", seen.id,
                           before={"questions": [question.key for question in seen.questions]},
                           after={"questions": [question.key for question in questions], "changed": key})
    return visit.back_to(f"/conferences/{seen.id}/questions", note)


async def _placed(visit: Visit) -> tuple[Conference, int]:
    """The conference, and which of its questions the form names."""
    one = await found(visit)
    place = next((place for place, question in enumerate(one.questions) if question.key == visit.form.get("key")), None)
    if place is None:
        raise web.HTTPNotFound
    return one, place


def _leans(question: Question, other: Question) -> bool:
    return question.depends_on is not None and question.depends_on[0] == other.key


def _page(visit: Visit, one: Conference, form: Mapping[str, str], chosen: Question | None = None,
          problem: Text | None = None) -> web.Response:
    return visit.page(
        "conference_questions.html", 200 if problem is None else 422, one=one, form=form, chosen=chosen, problem=problem,
        kinds=named(visit, KINDS), sides=named(visit, SIDES), kind_names=KINDS, side_names=SIDES, longest=LONGEST,
        dependencies=dependencies(visit.words, one, chosen), languages=ordered_languages(visit), shown=visit.words.value)
