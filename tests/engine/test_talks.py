"""Talks over the real engine: what people write reaches the team, what the team writes reaches them, and nothing gets lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.engine.jobs import work_off
from bot.inbox import acting
from bot.inbox.acting import Actor, Overtaken, StillTalking
from bot.inbox.entries import entries_of
from bot.inbox.handing import TeamTurns
from bot.store.enquiries import Enquiry, enquiries
from bot.store.schema import chat, enquiry, job
from bot.store.settings import change
from bot.store.staff import StaffMember, add_staff
from tests.support.engine import Party, party
from tests.support.postgres import postgres_server, postgres_url
from tests.support.talk import knowledge

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'talks.sqlite'}"
    given: str = request.getfixturevalue("postgres_url")
    return given


@pytest_asyncio.fixture
async def office(url: str) -> AsyncIterator[Party]:
    async with party(url) as running:
        yield running


async def ada(office: Party) -> StaffMember:
    async with office.store.write() as connection:
        return await add_staff(connection, "Ada", "editor", now())


def now() -> datetime:
    return datetime.now(UTC)


async def the_enquiry(office: Party) -> Enquiry:
    async with office.store.read() as connection:
        [found] = await enquiries(connection)
    return found


async def transcript(office: Party) -> list[tuple[str, str]]:
    asked = await the_enquiry(office)
    async with office.store.read() as connection:
        return [(entry.kind, entry.text) for entry in await entries_of(connection, asked.id)]


async def heard(office: Party, count: int) -> str:
    """The newest of what has been sent, once there are so many messages."""
    async with asyncio.timeout(5):
        while len(office.sender.sent["1"]) < count:
            await asyncio.sleep(0.02)
    return office.sender.sent["1"][-1].body.text


async def ask_for_a_person(office: Party) -> None:
    for text in ("/check", "2", "/talk", "yes"):
        await office.say(text)
    assert "The team has been asked" in await office.say("Who may sign?")


async def test_a_talk_from_its_beginning_to_its_end(office: Party) -> None:
    member, turns = await ada(office), TeamTurns(office.engine)
    await ask_for_a_person(office)
    asked = await the_enquiry(office)
    assert (asked.talks, asked.status, asked.side) == (True, "open", "german")
    assert await office.say("It is urgent") == ""
    async with office.store.write() as connection:
        await acting.take_over(connection, asked.reference, Actor(member, now()), turns)
    assert "You are now talking with Ada of the team." in await heard(office, 6)
    async with office.store.write() as connection:
        await acting.reply(connection, asked.reference, "The mayor signs.", Actor(member, now()))
    assert await heard(office, 7) == "Ada of the team:\n\nThe mayor signs."
    assert await office.say("Thank you!") == ""
    async with office.store.write() as connection:
        await acting.hand_back(connection, asked.reference, Actor(member, now()), turns)
    back = await heard(office, 8)
    assert "Ada of the team has ended the talk." in back
    assert "We were here:\n\nWhat is the German side?" in back
    assert "Is there a partner municipality" in await office.say("1")
    kinds = [kind for kind, _text in await transcript(office)]
    assert kinds == ["question", "person", "event", "assistant", "staff", "person", "event", "assistant"]
    assert (await the_enquiry(office)).status == "answered"


async def test_what_is_written_goes_to_the_enquiry_that_was_taken_over_last(office: Party) -> None:
    member, turns = await ada(office), TeamTurns(office.engine)
    await ask_for_a_person(office)
    await office.press("/assistant")
    for text in ("/talk", "yes"):
        await office.say(text)
    await office.say("And who pays?")
    async with office.store.read() as connection:
        first, second = sorted(await enquiries(connection), key=lambda asked: asked.id)
    async with office.store.write() as connection:
        await acting.take_over(connection, first.reference, Actor(member, now()), turns)
    assert await office.say("The first one.") == ""
    async with office.store.read() as connection:
        talks = {asked.id: asked.talks for asked in await enquiries(connection)}
        written = [entry.text for entry in await entries_of(connection, first.id) if entry.kind == "person"]
    assert (talks, written) == ({first.id: True, second.id: False}, ["The first one."])
    async with office.store.write() as connection:
        await acting.hand_back(connection, first.reference, Actor(member, now()), turns)
    assert await office.say("?") != "", "the assistant answers again"


async def test_the_person_leaves_and_writes_back_after_the_answer(office: Party) -> None:
    member = await ada(office)
    await ask_for_a_person(office)
    assert "We were here:" in await office.press("/assistant")
    asked = await the_enquiry(office)
    assert (asked.talks, asked.status) == (False, "open")
    async with office.store.write() as connection:
        await acting.reply(connection, asked.reference, "The mayor signs.", Actor(member, now()))
    assert "Answer from the team to your question" in await heard(office, 7)
    assert office.sender.sent["1"][-1].body.buttons[0].id == f"/talk {asked.reference}"
    assert "You can write to the team now" in await office.press(f"/talk {asked.reference}")
    assert await office.say("And the deputy?") == ""
    again = await the_enquiry(office)
    assert (again.talks, again.status, again.awaited_since is not None) == (True, "open", True)
    assert (await transcript(office))[-1] == ("person", "And the deputy?")


async def test_nobody_writes_about_the_enquiry_of_another(office: Party) -> None:
    await ask_for_a_person(office)
    asked = await the_enquiry(office)
    assert "no longer kept" in await office.say(f"/talk {asked.reference}", address="2")
    assert (await transcript(office)) == [("question", "Who may sign?")]


async def test_who_waits_too_long_is_told_once_with_the_hours_and_may_go_on(office: Party) -> None:
    await ask_for_a_person(office)
    async with office.store.write() as connection:
        await change(connection, {("hours", "en"): "Monday to Friday, 9 to 15"}, None, now())
    await office.say("Hello?")
    later = now() + timedelta(hours=5)
    for _twice in range(2):
        await work_off(office.store, "another", knowledge(), later)
    told = await heard(office, 6)
    assert "Nobody of the team has been able to answer yet." in told
    assert "Opening hours: Monday to Friday, 9 to 15" in told
    await asyncio.sleep(0.6)
    assert len(office.sender.sent["1"]) == 6
    assert "We were here:" in await office.say("back to the assistant")


async def test_who_is_answered_in_time_is_not_told_to_wait(office: Party) -> None:
    member = await ada(office)
    await ask_for_a_person(office)
    async with office.store.write() as connection:
        await acting.reply(connection, (await the_enquiry(office)).reference, "The mayor.", Actor(member, now()))
    async with office.store.read() as connection:
        assert list(await connection.scalars(select(job.c.kind))) == ["tell-group"]


async def test_of_two_who_answer_at_once_one_is_told_so(office: Party) -> None:
    member = await ada(office)
    await ask_for_a_person(office)
    asked = await the_enquiry(office)

    async def answer(text: str) -> bool:
        try:
            async with office.store.write() as connection:
                await acting.reply(connection, asked.reference, text, Actor(member, now(), asked.version))
        except Overtaken:
            return False
        return True

    assert sorted(await asyncio.gather(answer("Yes."), answer("No."))) == [False, True]
    assert [kind for kind, _text in await transcript(office)] == ["question", "staff"]


async def test_a_message_that_meets_the_handing_back_is_neither_lost_nor_answered_twice(office: Party) -> None:
    member, turns = await ada(office), TeamTurns(office.engine)
    await ask_for_a_person(office)
    asked = await the_enquiry(office)

    async def hand_back() -> str:
        async with office.store.write() as connection:
            await acting.hand_back(connection, asked.reference, Actor(member, now()), turns)
        return ""

    said, _none = await asyncio.gather(office.say("Municipality"), hand_back())
    passed_on = ("person", "Municipality") in await transcript(office)
    assert passed_on == (said == "")
    async with office.store.read() as connection:
        assert "talk" not in (await connection.execute(select(chat.c.state))).scalar_one()


async def test_closing_ends_the_talk_visibly(office: Party) -> None:
    member, turns = await ada(office), TeamTurns(office.engine)
    await ask_for_a_person(office)
    async with office.store.write() as connection:
        await acting.close(connection, (await the_enquiry(office)).reference, Actor(member, now()), turns)
    assert "The assistant is back." in await heard(office, 6)
    assert ((await the_enquiry(office)).status, (await the_enquiry(office)).talks) == ("closed", False)


async def test_deleting_everything_ends_the_talk_and_takes_the_transcript_along(office: Party) -> None:
    await ask_for_a_person(office)
    await office.say("My name is Ana")
    assert "My name is Ana" in await office.say("/mydata")
    await office.say("/forget")
    assert "has been deleted" in await office.say("yes")
    async with office.store.read() as connection:
        assert (await connection.execute(select(enquiry))).all() == []
    assert "Who is asking?" in await office.say("/check")


async def test_a_talk_about_an_enquiry_that_is_no_longer_kept_ends(office: Party) -> None:
    await ask_for_a_person(office)
    async with office.store.write() as connection:
        await connection.execute(update(enquiry).values(talk_since=None))
    assert "That enquiry is no longer kept." in await office.say("Hello?")
    assert "What is the German side?" in await office.say("?")


async def test_the_terminal_does_not_close_over_somebodys_head(office: Party) -> None:
    await ask_for_a_person(office)
    with pytest.raises(StillTalking):
        async with office.store.write() as connection:
            await acting.close(connection, (await the_enquiry(office)).reference, Actor(None, now()))
    assert (await the_enquiry(office)).talks
