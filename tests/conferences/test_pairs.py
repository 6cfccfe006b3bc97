"""Two sides that come together: a code, a place that is kept, one line for both, and news of each other."""

from __future__ import annotations

from flows.conference.view import Question, Status
from locales import Spoken
from tests.support.conferences import answers, comes, german_registers, of, running
from tests.support.pairs import CODE, Pair

CONFIRMED, WAITING, OFFERED = Status.CONFIRMED, Status.WAITING, Status.OFFERED
CODE_OF_LINH = "K7M2Q-9XWTD"


async def test_a_place_is_kept_for_the_partner_who_registers_later(world: Pair) -> None:
    one, [linh, other, bernd] = await running(world, 3)
    await comes(world, one, linh, invite=CODE_OF_LINH)
    assert "at place 1" in await comes(world, one, other)
    heard = await comes(world, one, bernd, german=True, pair=CODE_OF_LINH)
    assert "this is your confirmation" in heard
    assert "You come together with Hue, Vietnam: confirmed." in heard
    assert "Jena, Germany, comes with you" in (await world.told(linh))[-1].text
    assert [(kept.municipality, kept.status) for kept in await of(world.store, one)] == [
        ("Hue", CONFIRMED), ("Jena", CONFIRMED), ("Hue", WAITING)]


async def test_a_kept_place_goes_to_the_next_in_line_when_the_partner_does_not_come(world: Pair) -> None:
    one, [linh, other] = await running(world, 2)
    await comes(world, one, linh, invite=CODE_OF_LINH)
    await comes(world, one, other)
    world.clock.moves(days=7, hours=1)
    assert "its place is no longer kept" in (await world.told(linh))[-1].text
    assert "A place has come free" in (await world.told(other))[-1].text


async def test_a_pair_waits_as_one_and_moves_up_as_one(world: Pair) -> None:
    one, [first, second, linh, bernd] = await running(world, 4)
    await comes(world, one, first)
    await comes(world, one, second)
    await comes(world, one, linh, invite=CODE_OF_LINH)
    assert "at place 1" in await comes(world, one, bernd, german=True, pair=CODE_OF_LINH)
    await first.talk("/conf asia-2027 withdraw", "[Yes]")
    assert [kept.status for kept in await of(world.store, one)][1:] == [CONFIRMED, WAITING, WAITING]  # one place is not for two
    await second.talk("/conf asia-2027 withdraw", "[Yes]")
    assert [kept.status for kept in await of(world.store, one)][2:] == [OFFERED, OFFERED]
    assert "A place has come free" in (await world.told(linh))[-1].text
    assert "A place has come free" in (await world.told(bernd))[-1].text


async def test_if_one_side_withdraws_the_other_is_told_and_stays(world: Pair) -> None:
    one, [linh, bernd] = await running(world, 2)
    await comes(world, one, linh, invite=CODE_OF_LINH)
    await comes(world, one, bernd, german=True, pair=CODE_OF_LINH)
    await bernd.talk("/conf asia-2027 withdraw", "[Yes]")
    assert "Jena has withdrawn its registration" in (await world.told(linh))[-1].text
    assert [kept.status for kept in await of(world.store, one)] == [CONFIRMED, Status.WITHDRAWN]


async def test_two_who_registered_alone_link_their_registrations(world: Pair) -> None:
    one, [linh, bernd] = await running(world, 2, places=3)
    await comes(world, one, linh)
    await comes(world, one, bernd, german=True)
    heard = await linh.tap("/conf asia-2027 invite")
    assert "A place is kept for your partner until" in heard
    code = CODE.search(heard)
    assert code is not None
    assert "You come together with Hue, Vietnam: confirmed." in await bernd.talk("/conf asia-2027 pair", code[0])
    assert "Jena, Germany, comes with you" in (await world.told(linh))[-1].text


async def test_a_link_with_the_code_begins_the_registration_of_the_other_side(world: Pair) -> None:
    one, [linh, bernd] = await running(world, 2)
    await comes(world, one, linh, invite=CODE_OF_LINH)
    await bernd.talk(f"/start pair-{CODE_OF_LINH}", "[Yes]", *answers("Bernd Maier", "Jena"), "[Yes, send it]")
    assert [(kept.side, kept.status) for kept in await of(world.store, one)] == [("south", CONFIRMED), ("german", CONFIRMED)]


async def test_a_question_for_both_is_asked_once(world: Pair) -> None:
    topic = Question("topic", "text", Spoken((("en", "What do you work on together?"),)), shared=True)
    one, [linh, bernd] = await running(world, 2, questions=(topic,))
    await linh.tap("/conf asia-2027 register")
    await linh.talk("[Yes]", "[With our partner, who registers later]", "[A municipality in the Global South]", "Vietnam",
                    *answers("Linh Tran", "Hue"), "[No]", "Water")
    code = CODE.search(await linh.press("Yes, send it"))
    assert code is not None
    await german_registers(bernd, company="With our partner, whose code we have", code=code[0])
    assert [kept.answers for kept in await of(world.store, one)] == [{"topic": "Water"}] * 2


async def test_the_code_is_not_for_ones_own_side_and_not_for_a_third(world: Pair) -> None:
    one, [linh, bernd, third] = await running(world, 3, places=5)
    await comes(world, one, linh, invite=CODE_OF_LINH)
    await comes(world, one, third)
    assert "for your own side" in await third.talk("/conf asia-2027 pair", CODE_OF_LINH)
    await comes(world, one, bernd, german=True, pair=CODE_OF_LINH)
    assert "That code does not hold" in await third.talk("/conf asia-2027 pair", CODE_OF_LINH)
