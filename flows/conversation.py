"""One message in, one turn out: the whole assistant as a pure function of state, message and world.

A text is tried in this order: a command, a wish for another language, an answer to the open question, a question
to the knowledge. A question asked in the middle of a dialogue is answered, and then the open question is put again.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.articles import Kind
from knowledge.finding import Finding
from knowledge.normal import plain
from locales import Text, _, words

from . import play, talk
from .answers import answer
from .case import filing
from .commands import Command, slash_command, spoken_command
from .conference.kinds import Languages, OneLanguage
from .dialogue import Reading, Unclear, Waiting
from .handlers import carry_out
from .handlers.menus import menu_choices
from .language import named_language
from .replies import Paragraph, Reply, say, stale
from .state import State
from .turn import Attached, Corrected, Incoming, Pressed, Said, Turn, Unreadable
from .world import World

MOST_CHARACTERS = 4000
MOST_WORDS_OF_AN_ANSWER = 3  # "Kenya?" answers; what is longer and ends with a question mark asks
# Commands after which the open question is put again, since they only looked aside.
ASIDE = frozenset({
    "start", "ask", "status", "help", "language", "privacy", "mydata", "conferences", "checklist", "helped", "later", "subscribe",
    "unsubscribe", "menu", "register", "heard",
})


def respond(state: State, incoming: Incoming, world: World) -> Turn:
    """The turn that a message leads to.

    Raises Wanted where the edge has to fetch something first, and FlowError where a flow is broken.
    """
    turn = _react(replace(state, stopped=state.stopped and _is_stop(incoming, world)), incoming, world)
    return replace(turn, state=replace(turn.state, offered=offered(turn)))


def offered(turn: Turn) -> tuple[tuple[str, str], ...]:
    """The buttons of a turn's replies, id and label."""
    return tuple((choice.id, words(reply.language or turn.state.language).value(choice.label))
                 for reply in turn.replies for choice in reply.choices)


def _react(state: State, incoming: Incoming, world: World) -> Turn:
    if state.talk:
        overheard = talk.listen(state, incoming, world)
        if isinstance(overheard, Turn):
            return overheard
        incoming = overheard
    match incoming:
        case Said(text):
            return _heard(state, text.strip()[:MOST_CHARACTERS], world)
        case Pressed(choice):
            return _pressed(state, choice, world)
        case Corrected(text, key):
            return _corrected(state, text.strip()[:MOST_CHARACTERS], key, world)
        case Attached():
            return _attached(state, incoming, world)
        case Unreadable(what):
            return _with_open_question(state, Turn(state, (say(UNREADABLE[what]),)), world)


def _attached(state: State, sent: Attached, world: World) -> Turn:
    """A file belongs to a checklist; who has none is answered as if only its caption had come."""
    again = bool(sent.album) and sent.album == state.album
    state = replace(state, album=sent.album)
    if world.cases:
        turn = filing.received(state, sent, world, again=again)
        return turn if turn.effects and _is_filing(state) else _with_open_question(state, turn, world)
    if again:
        return Turn(state, ())
    if sent.caption.strip():
        return _heard(state, sent.caption.strip()[:MOST_CHARACTERS], world)
    hint = _("Files are only for a partnership's checklist: once you work on one, you can attach documents to its points.")
    return _with_open_question(state, Turn(state, (say(UNREADABLE[sent.what], hint),)), world)


def _is_filing(state: State) -> bool:
    return state.session is not None and state.session.flow == filing.FLOW


UNREADABLE: dict[str, Text] = {
    "voice": _("I cannot listen to voice messages. Please type your question."),
    "picture": _("I cannot look at pictures. Please type your question."),
    "sticker": _("Thank you! I only understand text, so please type your question."),
    "location": _("I cannot use a location. Please type the name of your municipality's country."),
    "file": _("I cannot read files here. Please type your question."),
    "other": _("I only understand text. Please type your question."),
}


def _heard(state: State, text: str, world: World) -> Turn:
    if not text:
        return _with_open_question(state, Turn(state, (say(UNREADABLE["other"]),)), world)
    command = slash_command(text) or spoken_command(text, world.language)
    if command is not None:
        return _commanded(state, command, world)
    if text.startswith("/"):
        unknown = say(_("I do not know that command. You can choose one of these:"), choices=menu_choices())
        return _with_open_question(state, Turn(state, (unknown,)), world)
    waiting = play.current(state, world)
    typed = _typed_button(state, text, numbered=waiting is None)
    if typed is not None:
        return _pressed(state, typed, world)
    wanted = named_language(text, world.language)
    if wanted is not None and not (isinstance(waiting, Waiting) and isinstance(waiting.question.kind, Languages | OneLanguage)):
        return _commanded(state, Command("language", wanted), world)
    if isinstance(waiting, Waiting):
        return _answered(state, waiting, text, world)
    return _asked(state, text, world)


def _typed_button(state: State, text: str, *, numbered: bool) -> str | None:
    """The button whose label was typed instead, or its number where no question is open that numbers its own options."""
    said = plain(text)
    if numbered and said.isdecimal() and 1 <= int(said) <= len(state.offered):
        return state.offered[int(said) - 1][0]
    same = {id for id, label in state.offered if said and plain(label) == said}
    return same.pop() if len(same) == 1 else None


def _commanded(state: State, command: Command, world: World) -> Turn:
    turn = carry_out(command, state, world)
    return _with_open_question(state, turn, world) if command.name in ASIDE else turn


def _pressed(state: State, choice: str, world: World) -> Turn:
    command = slash_command(choice)
    if command is not None:
        return _commanded(state, command, world)
    key, _colon, option = choice.partition(":")
    waiting = play.current(state, world)
    if isinstance(waiting, Waiting) and waiting.question.key == key and waiting.question.kind.load(option) is not None:
        session = state.session
        assert session is not None
        return play.proceed(replace(state, session=session.with_answer(key, option)), world, answered=key)
    changed = play.change(state, key, world, option)
    if changed is not None:
        return _noted(changed, key, world)
    return _with_open_question(state, Turn(state, (stale(),)), world)


def _answered(state: State, waiting: Waiting, text: str, world: World) -> Turn:
    """A text while a question is open: its answer, else a question of the person's own."""
    question = waiting.question
    refused = play.declined(state, question, text, world)
    if refused is not None:
        return refused
    asks = text.rstrip().endswith(("?", "؟", "？"))
    if asks and not question.kind.takes_anything and len(text.split()) > MOST_WORDS_OF_AN_ANSWER:
        aside = _aside(state, text, world, sure=True)
        if aside is not None:
            return aside
    reading = play.read_answer(state, question, text, world)
    turn = play.take(state, question, reading, world)
    return turn or _aside(state, text, world, sure=not asks) or _unclear(state, waiting, reading)


def _aside(state: State, text: str, world: World, *, sure: bool) -> Turn | None:
    """The answer to a question asked in the middle, with the open question after it; `sure` passes over doubtful ones.

    What has no letter in it asks nothing.
    """
    if not any(map(str.isalpha, text)):
        return None
    findings = tuple(finding for finding in _findings(state, text, world)
                     if (finding.certain or not sure) and not _is_no_question(finding, world, sure=sure))
    if not findings:
        return None
    return _with_open_question(state, answer(state, findings, world), world)


def _is_no_question(finding: Finding, world: World, *, sure: bool) -> bool:
    """A "yes" or "ok" that is no answer here must not be taken for a greeting, nor a wrong answer for a subject of its own."""
    kinds = {Kind.SMALL_TALK, Kind.OUT_OF_SCOPE} if sure else {Kind.SMALL_TALK}
    return bool(finding.hits) and world.knowledge.library.articles[finding.hits[0].article].kind in kinds


def _unclear(state: State, waiting: Waiting, reading: Reading) -> Turn:
    why = reading.why if isinstance(reading, Unclear) else _("Please answer this question first.")
    return Turn(state, (play.put(state, replace(waiting, remarks=()), Paragraph(why)),))


def _asked(state: State, text: str, world: World) -> Turn:
    """A text with no question open: to the knowledge, in the language it is written in if none was chosen yet."""
    findings = _findings(state, text, world)
    spoken = next((finding.language for finding in findings if finding.language), None)
    if not state.chosen and spoken is not None:
        state = replace(state, language=spoken, chosen=True)
        world = replace(world, language=spoken)
    return answer(state, findings, world)


def _findings(state: State, text: str, world: World) -> tuple[Finding, ...]:
    return world.knowledge.matcher.find(text, world.language, world.vector, state.topic)


def _corrected(state: State, text: str, key: str | None, world: World) -> Turn:
    """An edited message: it replaces the answer it gave, or is taken as written anew."""
    question = play.visited_question(state.session or state.done, key, world) if key else None
    if question is None:
        return _heard(state, text, world)
    reading = question.kind.read(text, world)
    opened = play.change(state, question.key, world)
    if opened is None:
        return _heard(state, text, world)
    turn = play.take(replace(opened.state, session=opened.state.session), question, reading, world)
    if turn is not None:
        return _noted(turn, question.key, world)
    why = reading.why if isinstance(reading, Unclear) else _("Please answer this question first.")
    return Turn(state, (say(why),))


def _noted(turn: Turn, key: str, world: World) -> Turn:
    """Says what has been changed, where the open question alone would not show it."""
    question = play.visited_question(turn.state.session, key, world)
    if turn.state.session is None or question is None:
        return turn
    note = Paragraph(_("Changed to: {answer}.", answer=question.kind.label(turn.state.session.answers[key])))
    first, *others = turn.replies
    return replace(turn, replies=(replace(first, paragraphs=(note, *first.paragraphs)), *others))


def _with_open_question(state: State, turn: Turn, world: World) -> Turn:
    """The turn's replies, then the question that is still open, without saying its remarks again."""
    spoken = replace(world, language=turn.state.language)
    waiting = play.current(turn.state, spoken)
    if state.session is None or turn.state.session != state.session or not isinstance(waiting, Waiting):
        return turn
    again: Reply = play.put(turn.state, replace(waiting, remarks=()))
    return replace(turn, replies=(*turn.replies, again))


def _is_stop(incoming: Incoming, world: World) -> bool:
    text = incoming.text if isinstance(incoming, Said) else incoming.choice if isinstance(incoming, Pressed) else ""
    command = slash_command(text) or spoken_command(text, world.language)
    return command is not None and command.name == "stop"
