"""The waiting list: in order, with time to accept, left, and moved up when somebody goes."""

from __future__ import annotations

from bot.conferences.entering import change_conference
from bot.conferences.reading import conference_numbered
from flows.conference.view import Quotas, Status
from tests.support.conferences import comes, of, running
from tests.support.pairs import Pair

CONFIRMED, WAITING, OFFERED, LAPSED, WITHDRAWN = (
    Status.CONFIRMED, Status.WAITING, Status.OFFERED, Status.LAPSED, Status.WITHDRAWN)


async def test_who_comes_too_late_waits_and_sees_the_place_in_line(world: Pair) -> None:
    one, [first, second, third] = await running(world, 3, places=1)
    await comes(world, one, first)
    assert "on the waiting list, at place 1" in await comes(world, one, second)
    assert "on the waiting list, at place 2" in await comes(world, one, third)
    assert [kept.status for kept in await of(world.store, one)] == [CONFIRMED, WAITING, WAITING]


async def test_a_place_that_comes_free_is_offered_to_the_next_who_accepts_it(world: Pair) -> None:
    one, [first, second, third] = await running(world, 3, places=1)
    for person in (first, second, third):
        await comes(world, one, person)
    await first.talk("/conf asia-2027 withdraw", "[Yes]")
    assert "A place has come free" in (await world.told(second))[-1].text
    assert "until 24 November 2026, 10:00 (local time in Leipzig)" in (await world.told(second))[-1].text
    assert "at place 1" in await third.tap("/conf asia-2027")
    assert "this is your confirmation" in await second.tap("/conf asia-2027 accept")
    assert [kept.status for kept in await of(world.store, one)] == [WITHDRAWN, CONFIRMED, WAITING]


async def test_an_offer_that_is_not_accepted_in_time_goes_on(world: Pair) -> None:
    one, [first, second, third] = await running(world, 3, places=1)
    for person in (first, second, third):
        await comes(world, one, person)
    await first.talk("/conf asia-2027 withdraw", "[Yes]")
    world.clock.moves(hours=49)
    assert "was not accepted in time" in (await world.told(second))[-1].text
    assert "A place has come free" in (await world.told(third))[-1].text
    assert [kept.status for kept in await of(world.store, one)] == [WITHDRAWN, LAPSED, OFFERED]
    assert "no longer stands" in await second.tap("/conf asia-2027 accept")


async def test_who_leaves_the_line_lets_the_others_up(world: Pair) -> None:
    one, [first, second, third] = await running(world, 3, places=1)
    for person in (first, second, third):
        await comes(world, one, person)
    assert "is withdrawn" in await second.talk("/conf asia-2027 withdraw", "[Yes]")
    assert "at place 1" in await third.tap("/conf asia-2027")


async def test_who_withdraws_can_register_again_at_the_end_of_the_line(world: Pair) -> None:
    one, [first, second] = await running(world, 2, places=1)
    await comes(world, one, first)
    await comes(world, one, second)
    await first.talk("/conf asia-2027 withdraw", "[Yes]")
    assert "at place 1" in await comes(world, one, first)  # the place is kept for the second


async def test_more_places_move_people_up_and_a_quota_is_passed_by_others(world: Pair) -> None:
    one, [linh, an, bernd] = await running(world, 3, places=3, quotas=Quotas(south=1))
    await comes(world, one, linh)
    assert "at place 1" in await comes(world, one, an)
    assert "this is your confirmation" in await comes(world, one, bernd, german=True)
    async with world.store.write() as connection:
        kept = await conference_numbered(connection, one.id)
        assert kept is not None
        assert (kept.taken, kept.waiting) == (2, 1)
        await change_conference(connection, type(kept)(**{**vars(kept), "quotas": Quotas()}), world.clock())
    assert "A place has come free" in (await world.told(an))[-1].text


async def test_who_erases_everything_leaves_the_place_to_the_next(world: Pair) -> None:
    one, [first, second] = await running(world, 2, places=1)
    await comes(world, one, first)
    await comes(world, one, second)
    await first.talk("/forget", "[Yes]")
    assert "A place has come free" in (await world.told(second))[-1].text
    assert [kept.status for kept in await of(world.store, one)] == [OFFERED]
