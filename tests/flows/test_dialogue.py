"""The rules that keep a replayed dialogue sound, one test each."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialogue import Chat, EndlessFlow, Finished, ImpureFlow, RepeatedQuestion, Waiting, run
from flows.kinds import Line, OneOf, YesNo
from flows.state import Session, State
from flows.world import World
from knowledge.finding import Topic
from locales import _
from tests.support.talk import NOW, knowledge

WORLD = World(NOW, "en", knowledge())


async def two_questions(chat: Chat) -> tuple[str, YesNo]:
    name = await chat.ask("name", _("What is your name?"), Line())
    await chat.say(_("Hello, {name}.", name=name))
    sure = await chat.ask("sure", _("Are you sure?"), OneOf(YesNo))
    return name, sure


def test_a_run_stops_at_the_first_question_without_an_answer() -> None:
    played = run(two_questions, WORLD, {})
    assert isinstance(played, Waiting)
    assert played.question.key == "name"


def test_what_was_said_before_the_newest_answer_is_not_said_again() -> None:
    waiting = run(two_questions, WORLD, {"name": "Ana"})
    assert [remark.msgid for remark in waiting.remarks] == ["Hello, {name}."]
    assert run(two_questions, WORLD, {"name": "Ana", "sure": "yes"}).remarks == ()


def test_the_outcome_comes_from_the_recorded_answers_alone() -> None:
    played = run(two_questions, WORLD, {"name": "Ana", "sure": "no"})
    assert isinstance(played, Finished)
    assert played.outcome == ("Ana", YesNo.NO)


def test_an_answer_that_no_longer_parses_is_asked_again() -> None:
    played = run(two_questions, WORLD, {"name": "Ana", "sure": "perhaps"})
    assert isinstance(played, Waiting)
    assert played.question.key == "sure"


def test_answers_to_questions_that_no_longer_exist_are_ignored() -> None:
    played = run(two_questions, WORLD, {"age": "40", "name": "Ana", "sure": "yes"})
    assert [question.key for question in played.visited] == ["name", "sure"]


def test_a_new_question_in_the_middle_is_asked_and_later_answers_are_kept() -> None:
    async def with_country(chat: Chat) -> str:
        await chat.ask("name", _("What is your name?"), Line())
        await chat.ask("town", _("Which town?"), Line())
        await chat.ask("sure", _("Are you sure?"), OneOf(YesNo))
        return "done"

    answers = {"name": "Ana", "sure": "yes"}
    asked = run(with_country, WORLD, answers)
    assert isinstance(asked, Waiting)
    assert asked.question.key == "town"
    assert run(with_country, WORLD, {**answers, "town": "Cusco"}).visited[-1].key == "sure"


def test_two_questions_under_one_key_are_a_bug_that_is_named() -> None:
    async def twice(chat: Chat) -> None:
        await chat.ask("name", _("What is your name?"), Line())
        await chat.ask("name", _("And your other name?"), Line())

    with pytest.raises(RepeatedQuestion, match="name") as caught:
        run(twice, WORLD, {"name": "Ana"})
    assert caught.value.__notes__ == ["in flow twice"]


def test_a_flow_that_awaits_anything_else_is_impure() -> None:
    async def sleeps(chat: Chat) -> None:
        await asyncio.sleep(0)

    with pytest.raises(ImpureFlow):
        run(sleeps, WORLD, {})


def test_a_flow_asks_at_most_forty_questions() -> None:
    async def endless(chat: Chat) -> None:
        for number in range(100):
            await chat.ask(f"q{number}", _("Again?"), OneOf(YesNo))

    with pytest.raises(EndlessFlow):
        run(endless, WORLD, {f"q{number}": "yes" for number in range(100)})


def test_a_flow_that_swallows_exceptions_cannot_swallow_a_question() -> None:
    async def greedy(chat: Chat) -> str:
        try:
            return await chat.ask("name", _("What is your name?"), Line())
        except Exception:  # noqa: BLE001  the point of the test
            return "swallowed"

    assert isinstance(run(greedy, WORLD, {}), Waiting)


keys = st.text("abcdefgh_", min_size=1, max_size=12)
values = st.text(max_size=40)
sessions = st.none() | st.builds(Session, keys, st.dictionaries(keys, values, max_size=6))
states = st.builds(
    State, language=st.sampled_from(["en", "de", "ar"]), chosen=st.booleans(), session=sessions, done=sessions,
    topic=st.none() | st.builds(Topic, keys, st.none() | keys, st.none() | keys), missed=values, asked=values,
    stopped=st.booleans(), offered=st.lists(st.tuples(keys, values), max_size=4).map(tuple))


@given(states)
def test_a_state_survives_its_trip_through_json(state: State) -> None:
    assert State.from_json(state.to_json()) == state


@given(st.dictionaries(st.sampled_from(["name", "sure", "x"]), values))
def test_no_recorded_answers_whatever_make_a_run_fail(answers: dict[str, str]) -> None:
    assert isinstance(run(two_questions, WORLD, answers), Waiting | Finished)
