"""Every path of every flow, in every shipped language: it ends, and each sentence on it has words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from flows import play
from flows.case.view import Case, Invitation, Member, Municipality
from flows.codes import key_of
from flows.conclusions import conclude
from flows.conference.view import Attendee, PairOffer, Registration, Status
from flows.dialogue import Finished, Question, Waiting, run
from flows.known import Known, Office
from flows.registry import FLOWS
from flows.replies import Reply
from flows.state import Session, State
from flows.world import World
from knowledge.checklist import Part, Side
from locales import SOURCE_LANGUAGE, Text, Words, languages, words
from tests.support.conferences import conference
from tests.support.talk import NOW, REFERENCE, knowledge

COUNTRIES = ("PE", "CL", "FR", "DE", "NR", "XK", "PS", "TW", "SC")
TYPED = {"country": COUNTRIES, "partner_country": COUNTRIES, "second_country": ("PE", "CL", "FR"),
         "question": ("How long does a mission last?",), "email": ("name@example.org",), "south": ("Corinto",),
         "german": ("Köln",), "municipality": ("Stadt Köln",), "name": ("Ana",),
         "text.en": ("News for you",), "text.de": ("Neues für Sie", "-"), "note": ("María, 20 per cent",),
         "due": ("2027-03-15",), "code": (key_of("K7M2Q9XWTD"), key_of("AAAAAAAAAA")),
         "names": ("Ana Pérez",), "names.2": ("Luis Paz",), "role": ("Mayor",), "phone": ("+4922112345",),
         "pair": (key_of("K7M2Q9XWTD"), key_of("AAAAAAAAAA")), "visa_name": ("Ana María Pérez",),
         "visa_from": ("2027-09-10",), "visa_until": ("2027-09-20",), "file": ("sent",)}
# Where everything is combined with everything, two options of each question are enough; a flow's country is one of its own.
BROAD = {"conf_register": {"country": ("VN", "JO", "PE")}, "conf_person": {}}
KOELN = Municipality(Side.GERMAN, "Köln", "DE")
PEOPLE = (Member(1, Side.SOUTH, "Ana"), Member(2, Side.SOUTH, "Rosa"), Member(3, Side.GERMAN, "Bernd"))
CASE = Case(1, PEOPLE[0], {Side.SOUTH: Municipality(Side.SOUTH, "Corinto", "NI"), Side.GERMAN: KOELN}, PEOPLE,
            knowledge().checklist, {("staff", Side.SOUTH): Part("staff", Side.SOUTH, due=NOW.date())})
INVITED = {key_of("K7M2Q9XWTD"): Invitation(key_of("K7M2Q9XWTD"), CASE.title, Side.GERMAN, KOELN, joined=False),
           key_of("AAAAAAAAAA"): None}
OFFER = PairOffer(key_of("K7M2Q9XWTD"), "asia-2027", "german", "Hue", "VN")
MINE = Registration(1, 1, "ABCDE23456", "south", "Hue", "VN", Status.CONFIRMED, 2, "en", {}, (Attendee("Linh"), Attendee("An")),
                    1, NOW)
COMING, GONE = conference(id=1), conference(id=2, slug="asia-2023", first=date(2023, 9, 26), last=date(2023, 9, 28),
                                            mine=replace(MINE, conference=2))
REGISTERED = replace(conference(id=3, slug="asia-2028"), mine=MINE)
KNOWN = Known(cases=(CASE,), invitations=INVITED, office=Office("editor", {"general": {"en": 3, "de": 1}}, 2),
              conferences=(COMING, GONE, REGISTERED), pairs={OFFER.key: OFFER, key_of("AAAAAAAAAA"): None})
WORLD = World(NOW, "en", knowledge(), REFERENCE, second_code="K7M2Q9XWTE", known=KNOWN)
MANY_PATHS = ("conf_register",)  # thousands, which take seconds in each language


def paths(flow: str, answers: dict[str, str]) -> Iterator[tuple[Session, Waiting | Finished]]:
    """All runs of a flow from these answers on, each question with each of its options."""
    session = Session(flow, answers)
    played = run(FLOWS[flow], WORLD, answers)
    yield session, played
    if isinstance(played, Waiting):
        question = played.question
        for option in options(flow, question):
            yield from paths(flow, {**answers, question.key: option})


def options(flow: str, question: Question) -> tuple[str, ...]:
    """The answers to try."""
    found = BROAD.get(flow, {}).get(question.key) or question.kind.options or TYPED[question.key]
    return found if flow not in BROAD or question.key in TYPED else found[:2]


def replies(flow: str) -> list[Reply]:
    """Everything a flow can say."""
    said: list[Reply] = []
    for session, played in paths(flow, {}):
        if isinstance(played, Waiting):
            said.append(play.put(State("en", session=session), played))
        else:
            said.extend(conclude(session, played, WORLD).replies)
    return said


@pytest.mark.parametrize("flow", [pytest.param(flow, marks=[pytest.mark.slow] * (flow in MANY_PATHS)) for flow in FLOWS])
@pytest.mark.parametrize("language", languages())
def test_each_sentence_on_every_path_is_said_in_each_language(flow: str, language: str) -> None:
    spoken = words(language)
    untranslated = set()
    for reply in replies(flow):
        for part in reply.paragraphs:
            assert isinstance(part.text, str) or spoken.render(part.text)
            untranslated |= missing(part.text, spoken)
        for choice in reply.choices:
            assert len(choice.id.encode()) <= 64
            assert spoken.value(choice.label)
            untranslated |= missing(choice.label, spoken)
    assert untranslated == set()


def missing(value: object, spoken: Words) -> set[str]:
    """The msgids in a text, and in its values, that the language has no words for."""
    if not isinstance(value, Text) or spoken.language == SOURCE_LANGUAGE:
        return set()
    has_words = any(map(str.isalpha, re.sub(r"{\w+}", "", value.msgid)))
    own = {value.msgid} if has_words and not spoken.has(value) else set()
    return own.union(*(missing(inner, spoken) for _name, inner in value.values))


@pytest.mark.parametrize("flow", FLOWS)
def test_every_path_ends(flow: str) -> None:
    ends = [played for _session, played in paths(flow, {}) if isinstance(played, Finished)]
    assert len(ends) >= 2


def test_every_verdict_rests_on_facts_that_exist_and_names_its_sources() -> None:
    facts = knowledge().library.facts
    for session, played in paths("eligibility", {}):
        if isinstance(played, Finished):
            assert set(played.outcome.assessment.facts) <= set(facts)  # type: ignore[attr-defined]  # a Verdict
            [reply] = conclude(session, played, WORLD).replies
            said = [words("en").render(part.text) for part in reply.paragraphs]
            assert any("read on 21 November 2026" in line for line in said)


def test_every_listed_answer_can_be_changed_from_the_verdict() -> None:
    for session, played in paths("eligibility", {}):
        if isinstance(played, Finished):
            state = State("en", done=session)
            for question in played.visited:
                turn = play.change(state, question.key, WORLD)
                assert turn is not None
                assert turn.state.session == session.without(question.key)


def test_back_from_every_point_leads_to_the_question_before() -> None:
    for session, played in paths("eligibility", {}):
        if played.visited:
            turn = play.step_back(State("en", session=session), WORLD)
            assert turn is not None
            again = run(FLOWS["eligibility"], WORLD, turn.state.session.answers)  # type: ignore[union-attr]  # open again
            assert isinstance(again, Waiting)
            assert again.question.key == played.visited[-1].key


@pytest.mark.slow
def test_going_on_after_any_change_never_leaves_a_person_stuck() -> None:
    for session, played in paths("eligibility", {}):
        state = State("en", session=session)
        for question in played.visited:
            for option in question.kind.options or COUNTRIES[:2]:
                turn = play.change(state, question.key, WORLD, option)
                assert turn is not None
                assert replace(turn.state, language="en").session is not None or turn.replies
