"""What happens by time and afterwards: reminders, thanks, feedback without a name, what is deleted when."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select, update

from bot.announcements.audience import Audience, recipients
from bot.conferences.entering import change_conference, set_state
from bot.conferences.reading import conference_numbered
from bot.privacy.retention import forget_by_time
from bot.store.conference_tables import attendee, conference_feedback, conference_interest, registration
from bot.store.schema import chat
from flows.conference.view import Conference, State, Status
from tests.support.conferences import answers, comes, entered, of, registers, running
from tests.support.pairs import Pair, Person


def at(month: int, day: int, hour: int = 8) -> datetime:
    """A moment of 2027 in UTC; the conference begins on 14 September."""
    return datetime(2027, month, day, hour, tzinfo=UTC)


async def test_who_comes_is_reminded_a_week_and_a_day_before_and_who_waits_is_not(world: Pair) -> None:
    one, [linh, late] = await running(world, 2, places=1)
    await comes(world, one, linh)
    await comes(world, one, late)
    await world.works_off()
    world.clock.now = at(9, 7)
    assert ["It begins soon." in body.text for body in await world.told(linh)] == [True]
    world.clock.now = at(9, 10)
    assert len(await world.told(linh)) == 1
    world.clock.now = at(9, 13)
    assert len(await world.told(linh)) == 2
    assert await world.told(late) == []


async def one_of_two_came(world: Pair) -> tuple[Conference, Person, Person]:
    """The day after a conference, who came and who did not."""
    one, [linh, absent] = await running(world, 2, places=2)
    await comes(world, one, linh)
    await comes(world, one, absent)
    async with world.store.write() as connection:
        first = select(registration.c.id).order_by(registration.c.id).limit(1).scalar_subquery()
        await connection.execute(update(attendee).where(attendee.c.registration_id == first).values(checked_in_at=at(9, 14)))
    world.clock.now = at(9, 17)
    return one, linh, absent


async def test_the_day_after_those_who_came_are_thanked_and_their_opinion_is_kept_without_their_name(world: Pair) -> None:
    _one, linh, absent = await one_of_two_came(world)
    assert "Thank you for coming to Partnership Conference Asia." in (await world.told(linh))[-1].text
    assert await world.told(absent) == []
    heard = await linh.talk("/conf asia-2027 feedback", "[5]", "[Yes]", "More time for talks")
    assert "It is kept without your name." in heard
    async with world.store.read() as connection:
        rows = list((await connection.execute(select(conference_feedback))).mappings())
    assert [(row["rating"], row["helped"], row["text"]) for row in rows] == [(5, "yes", "More time for talks")]
    assert "already" in await linh.talk("/conf asia-2027 feedback", "[1]", "[No]", "[Skip]")


async def test_a_change_after_the_conference_does_not_thank_those_who_did_not_come(world: Pair) -> None:
    one, linh, absent = await one_of_two_came(world)
    await world.works_off()
    async with world.store.write() as connection:
        await change_conference(connection, one, world.clock())
    world.clock.now = at(9, 18)
    assert [body.text for body in await world.told(absent)] == []
    assert ["Thank you for coming" in body.text for body in await world.told(linh)] == [True], "and nobody twice"


async def test_what_is_needed_there_is_deleted_a_week_after_and_who_came_half_a_year_after(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    await linh.tap("/conf asia-2027 register")
    await linh.talk("[Yes]", "[Without a partner]", "[A municipality in the Global South]", "Vietnam",
                    *answers("Linh Tran", "Hue"), "[Yes]", "Tran Thi Linh", "12.9.2027", "18.9.2027", "[Yes, send it]")
    await forget_by_time(world.store, at(9, 20))
    [kept] = (await of(world.store, one))[0].attendees
    assert (kept.diet, kept.visa is not None) == ("vegetarian", True)
    await forget_by_time(world.store, at(9, 25))
    [kept] = (await of(world.store, one))[0].attendees
    assert (kept.names, kept.diet, kept.visa) == ("Linh Tran", "", None)
    await forget_by_time(world.store, datetime(2028, 3, 20, tzinfo=UTC))
    assert await of(world.store, one) == []


async def test_everything_is_shown_and_erased_with_ones_data(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    await registers(linh)
    await linh.tap("/interest africa KE south")
    heard = await linh.say("/mydata")
    assert "Linh Tran, Head of office, linh@example.org, en, vegetarian" in heard
    assert "africa KE south" in heard
    await linh.talk("/forget", "[Yes]")
    assert await of(world.store, one) == []


async def test_who_leaves_a_regions_announcements_leaves_its_list(world: Pair) -> None:
    _one, [linh] = await running(world, 1)
    await linh.tap("/interest africa KE south")
    await linh.say("/unsubscribe conferences-africa")
    async with world.store.read() as connection:
        assert list(await connection.execute(select(conference_interest))) == []


async def test_an_announcement_finds_the_guests_of_a_conference_and_those_who_want_to_hear_of_it(world: Pair) -> None:
    one, [linh, late, keen, _stranger] = await running(world, 4, places=1)
    await comes(world, one, linh)
    await comes(world, one, late)
    await keen.tap("/interest asia VN south")

    async def heard(status: str, topic: str = "conferences") -> list[str]:
        audience = Audience.model_validate({"conference": {"id": "asia-2027", "status": status}})
        query = recipients(topic, audience, world.clock()).with_only_columns(chat.c.handle).order_by(chat.c.id)
        async with world.store.read() as connection:
            return list(await connection.scalars(query))

    async with world.store.write() as connection:
        await connection.execute(update(attendee).where(attendee.c.names == "Guest 1 of p1").values(checked_in_at=at(9, 14)))
    assert await heard("registered") == ["note:p1"]
    assert await heard("waiting") == ["note:p2"]
    assert await heard("interested") == ["note:p3"]
    assert await heard("attended") == ["note:p1"]
    assert await heard("registered", topic="general") == []


async def test_a_draft_is_seen_by_nobody(world: Pair) -> None:
    await entered(world.store, stored=State.DRAFT)
    linh = world.person("linh", "en")
    assert "No conference is open for registration now." in await linh.say("/register")
    assert "Partnership Conference Asia" not in await linh.tap("/conf asia-2027")


async def test_offers_are_made_no_more_once_the_conference_has_begun(world: Pair) -> None:
    one, [linh, late] = await running(world, 2, places=1)
    await comes(world, one, linh)
    await comes(world, one, late)
    world.clock.now = at(9, 14)
    await linh.talk("/conf asia-2027 withdraw", "[Yes]")
    assert [kept.status for kept in await of(world.store, one)] == [Status.WITHDRAWN, Status.WAITING]


async def test_who_changes_a_conference_does_not_bring_back_one_that_was_called_off_meanwhile(world: Pair) -> None:
    one, _nobody = await running(world, 0)
    async with world.store.write() as connection:
        await set_state(connection, one.id, State.CANCELLED, world.clock())
    async with world.store.write() as connection:
        await change_conference(connection, one, world.clock())
        found = await conference_numbered(connection, one.id)
    assert found is not None
    assert found.stored is State.CANCELLED
