from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram.incoming import KINDS
from bot.messages import Inbound
from flows.turn import Pressed, Said
from tests.support.bot_api import BotApi
from tests.support.bot_faults import BROKEN, LOST, Fault, too_many

from .conftest import Notes, Open


async def test_a_text_is_answered(api: BotApi, notes: Notes, opened: Open) -> None:
    await opened()
    api.world.say(7, "Can Ghana take part?", language="es-PE")
    reply = await api.wait_for_reply(7)
    assert reply.text == "Can Ghana take part?"
    assert reply.buttons == (("Global South", "side:south"), ("Menu", "/menu"))
    assert (notes.taken[0].address, notes.taken[0].hint) == ("7", "es-PE")


async def test_the_webhook_is_removed_first_and_only_known_kinds_are_asked_for(api: BotApi, opened: Open) -> None:
    api.world.webhook = {"url": "https://elsewhere.example/"}
    await opened()
    api.world.say(7, "Hello")
    await api.wait_for_reply(7)
    assert api.world.webhook["url"] == ""
    assert tuple(api.asked("getUpdates")[-1]["allowed_updates"]) == KINDS


async def test_the_offset_moves_on_only_past_what_the_engine_has_taken(api: BotApi, notes: Notes, opened: Open) -> None:
    notes.refusals = 2
    first = api.world.say(7, "one")
    api.world.say(7, "two")
    await opened()
    assert [(await api.wait_for_reply(7)).text for _ in range(2)] == ["one", "two"]
    offsets = [int(asked["offset"]) for asked in api.asked("getUpdates") if "offset" in asked]
    assert [offset for offset in offsets if offset <= first["update_id"]] == []
    assert notes.incoming == [Said("one"), Said("two")]


async def test_one_chat_that_fails_does_not_hold_up_the_others(api: BotApi, notes: Notes, opened: Open) -> None:
    notes.refusals = 3
    for chat in range(1, 6):
        api.world.say(chat, "hello")
    await opened()
    for chat in range(1, 6):
        assert (await api.wait_for_reply(chat)).text == "hello"
    assert len(notes.taken) == 5


async def test_a_chats_updates_stay_in_order_while_chats_go_side_by_side(api: BotApi, notes: Notes, opened: Open) -> None:
    notes.delay = lambda inbound: 0.1 if inbound.incoming == Said("slow") else 0.0
    api.world.say(7, "slow")
    api.world.say(7, "quick")
    api.world.say(8, "other")
    await opened()
    await api.wait_for_reply(7)
    await api.wait_for_reply(7)
    assert notes.incoming == [Said("other"), Said("slow"), Said("quick")]


@pytest.mark.parametrize("fault", [BROKEN, LOST, too_many(0), Fault(401, description="Unauthorized"),
                                   Fault(409, description="Conflict: terminated by other getUpdates request")])
async def test_polling_survives_what_goes_wrong(fault: Fault, api: BotApi, opened: Open) -> None:
    api.faults["getUpdates"].extend([fault, fault])
    api.world.say(7, "Hello")
    await opened()
    assert (await api.wait_for_reply(7)).text == "Hello"


async def test_an_update_of_an_unknown_shape_is_passed_over(api: BotApi, opened: Open) -> None:
    api.world.update({"message": {"message_id": "odd", "date": None, "chat": 7}})
    api.world.update({"something_new": {"id": 1}})
    api.world.say(7, "Hello")
    await opened()
    assert (await api.wait_for_reply(7)).text == "Hello"


async def test_a_press_is_answered_at_once_and_the_choice_is_shown(api: BotApi, notes: Notes, opened: Open) -> None:
    await opened()
    api.world.say(7, "1 < 2 & <b>")
    asked = await api.wait_for_reply(7)
    api.world.press(7, "Global South")
    await api.wait_for_reply(7)
    await api.wait_for("editMessageText")
    assert notes.incoming[-1] == Pressed("side:south")
    assert api.world.queries == {}
    shown = api.world.messages[7][asked.id]
    assert (shown["text"], shown["reply_markup"]) == ("1 < 2 & <b>\n\n✓ Global South", {"inline_keyboard": []})


async def test_a_press_whose_circle_cannot_be_ended_is_taken_all_the_same(api: BotApi, opened: Open) -> None:
    await opened()
    api.world.say(7, "Hello")
    await api.wait_for_reply(7)
    too_old = Fault(400, description="Bad Request: query is too old and response timeout expired or query ID is invalid")
    api.faults["answerCallbackQuery"].append(too_old)
    api.faults["editMessageText"].append(BROKEN)
    api.world.press(7, "Menu")
    assert (await api.wait_for_reply(7)).text == "/menu"


async def test_stopping_takes_a_batch_that_has_arrived_to_its_end(api: BotApi, notes: Notes, opened: Open) -> None:
    begun = asyncio.Event()

    def delay(inbound: Inbound) -> float:
        begun.set()
        return 0.1

    notes.delay = delay
    channel = await opened()
    api.world.say(7, "Hello")
    await begun.wait()
    await channel.stop()
    assert notes.incoming == [Said("Hello")]
