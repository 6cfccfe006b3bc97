"""Registering for a conference in chat: alone, with others, changed, withdrawn, with the waiting list behind it."""

from __future__ import annotations

from flows.conference.view import Status
from tests.support.conferences import of, registers, running
from tests.support.pairs import Pair


async def test_a_person_registers_and_has_a_confirmation_with_a_code(world: Pair) -> None:
    one, [linh] = await running(world, 1)
    heard = await registers(linh)
    [kept] = await of(world.store, one)
    assert kept.status is Status.CONFIRMED
    assert (kept.municipality, kept.country, kept.side, kept.names) == ("Hue", "VN", "south", "Linh Tran")
    assert f"Your confirmation code: {kept.code[:5]}-{kept.code[5:]}" in heard
    print(heard, linh.buttons)
