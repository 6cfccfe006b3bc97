"""Playing the open flow: put its question, take an answer, go back, change one answer and keep the rest."""

from __future__ import annotations

from dataclasses import replace

from knowledge.normal import plain
from locales import Country, Text, Value, _, words

from .conclusions import conclude
from .counting import Count, concerning, step
from .dialogue import Finished, PassedOver, Perhaps, Question, Reading, Run, Understood, Waiting, run
from .kinds import YesNo, chosen_label
from .registry import FLOWS
from .replies import BACK, MENU, STOP, Choice, Paragraph, Reply, strong
from .state import Session, State
from .turn import Described, Effect, OpenEnquiry, Turn
from .world import World


def begin(state: State, flow: str, world: World, answers: dict[str, str] | None = None) -> Turn:
    """Opens a flow, with answers that are known already; what was open before is given up."""
    parked = state.parked if state.talk else None
    return _opened(replace(state, parked=parked), flow, world, answers)


def insert(state: State, flow: str, world: World, answers: dict[str, str] | None = None) -> Turn:
    """Opens a flow in the middle of another one, which is taken up again afterwards."""
    open_now = state.session if state.session is not None and state.session.flow != flow else state.parked
    return _opened(replace(state, parked=open_now), flow, world, answers)


def _opened(state: State, flow: str, world: World, answers: dict[str, str] | None) -> Turn:
    turn = proceed(replace(state, session=Session(flow, answers or {}), stopped=False), world)
    return replace(turn, counts=(Count("begun", flow), *turn.counts))


def resume(state: State, world: World, *before: Paragraph) -> Turn:
    """Takes up the parked flow at the very question that was open; without one, only what there is to say first."""
    free = replace(state, session=state.parked, parked=None)
    waiting = current(free, world)
    if not isinstance(waiting, Waiting):
        return Turn(replace(free, session=None), (Reply(before, (MENU,)),))
    here = Paragraph(_("We were here:"))
    return Turn(free, (put(free, replace(waiting, remarks=()), *before, here),))


def current(state: State, world: World) -> Run | None:
    """The open flow as it stands, or None. A flow that no longer exists counts as closed."""
    if state.session is None or state.session.flow not in FLOWS:
        return None
    return run(FLOWS[state.session.flow], world, state.session.answers)


def proceed(state: State, world: World, answered: str | None = None) -> Turn:
    """Plays the open flow to its next question, or to its end."""
    played = current(state, world)
    if played is None:
        return Turn(replace(state, session=None), ())
    if isinstance(played, Waiting):
        return Turn(state, (put(state, played),), answered=answered, counts=_steps(state, answered, played))
    return _close(state, played, world, answered)


def _steps(state: State, answered: str | None, waiting: Waiting | None) -> tuple[Count, ...]:
    """The step that was taken and the one that is put; a doubt that is asked about is no step."""
    assert state.session is not None
    flow, put_now = state.session.flow, waiting.question if waiting else None
    if put_now is not None and answered == put_now.key:
        return ()
    taken = (Count("taken", step(flow, answered)),) if answered else ()
    return (*taken, Count("put", step(flow, put_now.key), words=put_now.prompt.msgid)) if put_now else taken


def put(state: State, waiting: Waiting, *before: Paragraph) -> Reply:
    """The open question as a message: what there is to say first, the question, its options."""
    remarks = tuple(Paragraph(text) for text in waiting.remarks)
    suggested = suggestions(state, waiting.question)
    if suggested:
        question = waiting.question
        return Reply((*before, *remarks, strong(_why(question, suggested))), _suggestion_choices(question, suggested))
    options = tuple(
        Choice(f"{waiting.question.key}:{option}", waiting.question.kind.label(option))
        for option in waiting.question.kind.options
    )
    leave = (BACK, STOP) if waiting.visited else (STOP,)
    return Reply((*before, *remarks, strong(waiting.question.prompt)), (*options, *_changes(state, waiting), *leave))


def _changes(state: State, waiting: Waiting) -> tuple[Choice, ...]:
    """The answers that can be changed from a summary."""
    answers = state.session.answers if state.session else {}
    return tuple(Choice(f"/change {earlier.key}", _("Change: {answer}", answer=_shown(earlier, answers[earlier.key])))
                 for earlier in waiting.visited if earlier.key in waiting.question.changes)


def _shown(question: Question, canonical: str) -> Value:
    """An answer as it is shown; of a question that was passed over, what it was about."""
    about = question.kind.passed_over(canonical) if isinstance(question.kind, PassedOver) else ""
    return about or question.kind.label(canonical)


def suggestions(state: State, question: Question) -> tuple[str, ...]:
    """What the last text for this question may have meant, while the person has not said which."""
    kept = state.session.answers.get(f"{question.key}?", "") if state.session else ""
    return tuple(value for value in kept.split("|") if value and question.kind.load(value) is not None)


def read_answer(state: State, question: Question, text: str, world: World) -> Reading:
    """What a typed text means as an answer to the open question, or to "did you mean ...?"."""
    suggested = suggestions(state, question)
    if suggested:
        chosen = _chosen_suggestion(text, question, suggested, world)
        if chosen is not None:
            return Understood(chosen)
    return question.kind.read(text, world)


def take(state: State, question: Question, reading: Reading, world: World) -> Turn | None:
    """Records an answer, or a doubt about it, and plays on; None if the text was no answer."""
    assert state.session is not None
    match reading:
        case Understood(canonical):
            kept = state.session.with_answer(question.key, canonical)
            return proceed(replace(state, session=kept), world, answered=question.key)
        case Perhaps(canonicals):
            doubted = state.session.without(question.key).with_answer(f"{question.key}?", "|".join(canonicals))
            return proceed(replace(state, session=doubted), world, answered=question.key)
        case _:
            return None


def declined(state: State, question: Question, text: str, world: World) -> Turn | None:
    """"No" to "did you mean ...?" puts the question itself again."""
    assert state.session is not None
    no = YesNo.NO.label
    if not suggestions(state, question) or not _is_label(text, no, world):
        return None
    return _put_anew(state.session.without(question.key), state, world)


def step_back(state: State, world: World) -> Turn | None:
    """Forgets the last visited answer; None if there is nothing to go back to."""
    session = state.session or state.done
    if session is None or session.flow not in FLOWS:
        return None
    played = run(FLOWS[session.flow], world, session.answers)
    waiting = played.question if isinstance(played, Waiting) else None
    if waiting is not None and suggestions(state, waiting):
        return _put_anew(session.without(waiting.key), state, world)
    if not played.visited:
        return None
    turn = proceed(replace(state, session=session.without(played.visited[-1].key), done=None), world)
    return _elsewhere(turn, state, session.flow, waiting)


def change(state: State, key: str, world: World, canonical: str | None = None) -> Turn | None:
    """Asks one earlier question again, or replaces its answer, and keeps all others; None if it was not visited."""
    session = state.session or state.done
    question = visited_question(session, key, world)
    if session is None or question is None:
        return None
    if canonical is not None and question.kind.load(canonical) is None:
        return None
    changed = session.without(key) if canonical is None else session.with_answer(key, canonical)
    turn = proceed(replace(state, session=changed), world, answered=None if canonical is None else key)
    waiting = current(state, world)
    return _elsewhere(turn, state, session.flow, waiting.question if isinstance(waiting, Waiting) else None)


def _put_anew(session: Session, state: State, world: World) -> Turn:
    """The question itself, after a doubt about its answer: it has been counted before."""
    return replace(proceed(replace(state, session=session), world), counts=())


def _elsewhere(turn: Turn, state: State, flow: str, left: Question | None) -> Turn:
    """A step back or to the side: what was open is not left for good, a finished flow has begun anew."""
    counts = [count for count in turn.counts if count.kind != "taken"]
    if state.session is None:
        counts.append(Count("begun", flow))
    if left is not None:
        counts.append(Count("put", step(flow, left.key), words=left.prompt.msgid, number=-1))
    return replace(turn, counts=tuple(counts))


def visited_question(session: Session | None, key: str, world: World) -> Question | None:
    """The question of that key, if the session's own path leads through it."""
    if session is None or session.flow not in FLOWS:
        return None
    played = run(FLOWS[session.flow], world, session.answers)
    return next((question for question in played.visited if question.key == key), None)


def _close(state: State, played: Finished, world: World, answered: str | None) -> Turn:
    assert state.session is not None
    keys = {question.key for question in played.visited}
    kept = {key: value for key, value in state.session.answers.items() if key in keys}
    finished = Session(state.session.flow, kept)
    concluded = conclude(finished, played, world)
    after = replace(state, session=None, done=finished if concluded.revisable else None, missed="")
    counts = (*_steps(state, answered, None), Count("finished", finished.flow), *concerning(_country(concluded.effects)))
    effects = tuple(_with_whereabouts(effect, state) for effect in concluded.effects)
    if concluded.talk:
        return Turn(after.with_team(concluded.talk), concluded.replies, effects, answered, counts)
    if after.parked is not None and not after.talk:
        resumed = resume(after, world)
        return Turn(resumed.state, (*concluded.replies, *resumed.replies), effects, answered, counts)
    return Turn(after, concluded.replies, effects, answered, counts)


def _with_whereabouts(effect: Effect, state: State) -> Effect:
    """An enquiry with the side and country that the person has named in another dialogue."""
    if not isinstance(effect, OpenEnquiry):
        return effect
    said = {**(state.done.answers if state.done else {}), **(state.parked.answers if state.parked else {})}
    return replace(effect, side=said.get("side", ""), country=said.get("country", ""))


def _country(effects: tuple[Effect, ...]) -> str:
    """The Southern country that a check was about."""
    said = next((effect for effect in effects if isinstance(effect, Described)), None)
    return "" if said is None else said.partner if said.side == "german" else said.country


def _why(question: Question, suggested: tuple[str, ...]) -> Text:
    if len(suggested) == 1:
        return _("Do you mean {country}?", country=question.kind.label(suggested[0]))
    if isinstance(question.kind.label(suggested[0]), Country):
        return _("That name fits more than one country. Which one do you mean?")
    return _("Which one do you mean?")


def _suggestion_choices(question: Question, suggested: tuple[str, ...]) -> tuple[Choice, ...]:
    named = tuple(Choice(f"{question.key}:{value}", question.kind.label(value)) for value in suggested)
    return (*named, Choice(f"/change {question.key}", _("None of these")), STOP)


def _chosen_suggestion(text: str, question: Question, suggested: tuple[str, ...], world: World) -> str | None:
    if len(suggested) == 1 and _is_label(text, YesNo.YES.label, world):
        return suggested[0]
    labels = {value: _("{name}", name=question.kind.label(value)) for value in suggested}
    return chosen_label(text, labels, world)


def _is_label(text: str, label: Text, world: World) -> bool:
    return plain(text) in {plain(words(language).render(label)) for language in (world.language, "en")}
