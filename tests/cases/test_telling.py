"""What people hear without having asked: digests and reminders, in their language and by day where they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.cases.hours import waking
from bot.messages import Body
from bot.store import jobs
from bot.store.schema import job
from tests.support.pairs import Pair, Person

MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday: 9 in Nicaragua, 16 in Germany


@pytest.fixture
def day(world: Pair) -> Pair:
    """The same world, at an hour at which both sides may be written to."""
    world.clock.now = MORNING
    return world


def text(bodies: list[Body]) -> str:
    return "\n\n".join(body.text for body in bodies)


async def quiet(world: Pair, *people: Person) -> None:
    """Everyone knows what happened so far."""
    for person in people:
        await person.say("/checklist")
    world.clock.moves(hours=1)
    for person in people:
        assert await world.told(person) == []


async def test_the_other_side_gets_one_digest_and_not_a_message_for_each_tap(day: Pair, ana: Person, bernd: Person) -> None:
    await quiet(day, ana, bernd)
    for choice in ("set staff progress 0", "set staff done 1", "set agreement progress 0"):
        await ana.tap(f"/case 1 {choice}")
    await ana.tap("/case 1 note staff")
    await ana.say("María will do it")
    assert await day.told(bernd) == []
    day.clock.moves(minutes=11)
    [digest] = await day.told(bernd)
    assert digest.text.split("\n\n") == [
        "News on your checklist: Corinto – Köln",
        "Ana Pérez (Corinto): “Staff for the project” is now: done.",
        "Ana Pérez (Corinto): “Agreement on taking part” is now: in progress.",
        "Ana Pérez (Corinto): a new note on “Staff for the project”.",
    ]
    assert await day.told(ana) == [], "nobody is told of their own taps"


async def test_who_has_looked_meanwhile_gets_no_digest(day: Pair, ana: Person, bernd: Person) -> None:
    await quiet(day, ana, bernd)
    await ana.tap("/case 1 set staff done 0")
    await bernd.say("/checklist")
    day.clock.moves(minutes=11)
    assert await day.told(bernd) == []


async def test_each_hears_in_their_own_language_with_its_dates(day: Pair, ana: Person, bernd: Person) -> None:
    await ana.say("/language es")
    await bernd.say("/language de")
    await quiet(day, ana, bernd)
    await ana.tap("/case 1 due staff")
    await ana.say("2027-03-15")
    await bernd.tap("/case 1 due staff")
    await bernd.say("2027-03-16")
    day.clock.moves(minutes=11)
    [to_bernd], [to_ana] = await day.told(bernd), await day.told(ana)
    assert (to_bernd.language, to_ana.language) == ("de", "es")
    assert "15. März 2027" in to_bernd.text
    assert "16 de marzo de 2027" in to_ana.text


async def test_a_digest_waits_for_the_morning(day: Pair, ana: Person, bernd: Person) -> None:
    await quiet(day, ana, bernd)
    day.clock.now = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    await ana.tap("/case 1 set staff done 0")
    day.clock.moves(hours=6)  # half past seven in Köln
    assert await day.told(bernd) == []
    day.clock.moves(hours=1)
    assert "“Staff for the project” is now: done." in text(await day.told(bernd))


async def test_a_reminder_comes_before_a_due_date_and_once_a_day(day: Pair, ana: Person, bernd: Person) -> None:
    for point, due in (("staff", "2026-12-10"), ("agreement", "2026-12-04")):
        await ana.tap(f"/case 1 due {point}")
        await ana.say(due)
    await quiet(day, ana, bernd)
    day.clock.now = datetime(2026, 12, 3, 15, tzinfo=UTC)
    [reminder] = await day.told(ana)
    assert reminder.text.split("\n\n") == [
        "A reminder of your checklist: Corinto – Köln",
        "“Agreement on taking part” is due on 4 December 2026.",
        "“Staff for the project” is due on 10 December 2026.",
    ]
    day.clock.moves(hours=3)
    assert len(await day.told(ana)) == 1
    assert text(await day.told(bernd)) == "", "it is not his part"


async def test_a_reminder_comes_by_day_where_the_person_is(day: Pair, ana: Person) -> None:
    await ana.tap("/case 1 due staff")
    await ana.say("2026-12-10")
    day.clock.now = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)  # six in the morning in Nicaragua
    assert await day.told(ana) == []
    day.clock.moves(hours=2, minutes=1)
    assert len(await day.told(ana)) == 1


async def test_what_is_done_or_a_colleagues_is_not_reminded_of(day: Pair, ana: Person) -> None:
    await ana.tap("/case 1 due staff")
    await ana.say("2026-12-10")
    await ana.tap("/case 1 set staff done 1")
    day.clock.now = datetime(2026, 12, 9, 15, tzinfo=UTC)
    assert await day.told(ana) == []


async def test_reminders_can_be_paused_and_had_again(day: Pair, ana: Person) -> None:
    await ana.tap("/case 1 due staff")
    await ana.say("2026-12-10")
    await ana.tap("/case 1 people")
    assert "no reminders of this checklist" in await ana.press("Pause reminders")
    day.clock.now = datetime(2026, 12, 3, 15, tzinfo=UTC)
    assert await day.told(ana) == []
    await ana.tap("/case 1 people")
    assert "at most one a day" in await ana.press("Have reminders again")
    assert len(await day.told(ana)) == 1


async def test_work_that_fails_is_tried_again_and_given_up_in_the_end(day: Pair) -> None:
    async with day.store.write() as connection:
        await jobs.schedule(connection, "case-digest", 77, day.clock())
    async with day.store.write() as connection:
        [claimed] = await jobs.claim(connection, "replica", ["case-digest"], day.clock())
        await jobs.try_later(connection, claimed, "replica", day.clock())
    async with day.store.read() as connection:
        row = (await connection.execute(job.select())).one()
        assert (row.attempts, row.owner) == (1, None)
        assert (row.run_at - day.clock()).total_seconds() == jobs.FIRST_PAUSE.total_seconds()
    await day.works_off()
    day.clock.moves(minutes=1)
    await day.works_off()
    async with day.store.read() as connection:
        assert (await connection.execute(job.select())).all() == [], "there is nobody of that number, so there is nothing to do"


def test_day_is_day_in_all_of_a_wide_country() -> None:
    night = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
    assert waking("DE", night) == datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert waking("BR", night) == datetime(2026, 11, 22, 13, tzinfo=UTC)
