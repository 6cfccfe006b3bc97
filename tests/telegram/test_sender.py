from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

import pytest
from telegram.error import NetworkError

from bot.channels.telegram.api import Api, connect
from bot.channels.telegram.pace import NotYet, Pace
from bot.channels.telegram.sender import MOST_TRIES, TelegramSender
from bot.messages import Blocked, Body, Button, Message, Refused
from tests.support.bot_api import TOKEN, BotApi
from tests.support.bot_faults import BROKEN, GONE_BAD, LOST, Fault, too_many

from .conftest import QUICK, message


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Api]:
    for chat in (7, 8, 9, -100):
        api.world.messages[chat] = {}
    bot = connect(TOKEN, api.url)
    yield bot
    await bot.request.shutdown()


@pytest.fixture
def sender(bot: Api) -> TelegramSender:
    return TelegramSender(bot, {}, QUICK)


@pytest.mark.parametrize("fault", [BROKEN, LOST, Fault(502), Fault(504), too_many(0)])
async def test_what_passes_is_tried_again(fault: Fault, api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].extend([fault] * (MOST_TRIES - 1))
    await sender.send(message("Hello"))
    assert [reply.text for reply in api.world.replies[7]] == ["Hello"]


async def test_what_does_not_pass_is_left_for_later(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].extend([BROKEN] * MOST_TRIES)
    with pytest.raises(NetworkError):
        await sender.send(message("Hello"))
    await sender.send(message("Hello"))
    assert [reply.text for reply in api.world.replies[7]] == ["Hello"]


async def test_a_message_left_half_way_goes_on_where_it_stopped(api: BotApi, sender: TelegramSender) -> None:
    long = Message(1, 1, "telegram:7", "assistant", Body(tuple(("plain", letter * 4000) for letter in "abc"), "en"))
    api.faults["sendMessage"].extend([None, *[BROKEN] * MOST_TRIES])
    with pytest.raises(NetworkError):
        await sender.send(long)
    await sender.send(long)
    assert [reply.text[0] for reply in api.world.replies[7]] == ["a", "b", "c"]


async def test_the_order_in_a_chat_stands_whatever_fails(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].extend([BROKEN, LOST, BROKEN])
    await asyncio.gather(*(sender.send(message(str(number), number=number)) for number in range(10)))
    assert [reply.text for reply in api.world.replies[7]] == [str(number) for number in range(10)]


@pytest.mark.parametrize(("status", "description"), [
    (403, "Forbidden: bot was blocked by the user"), (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user"), (403, "Forbidden: bot was kicked from the supergroup chat"),
    (400, "Bad Request: chat not found"), (400, "Bad Request: PEER_ID_INVALID"),
])
async def test_who_cannot_be_reached_is_blocked(status: int, description: str, api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].append(Fault(status, description=description))
    with pytest.raises(Blocked):
        await sender.send(message("Hello"))
    assert api.world.counts["sendMessage"] == 1


async def test_refused_markup_is_sent_as_plain_text(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].append(GONE_BAD)
    await sender.send(message("1 < 2", "7", 1, Button("a:b", "Yes")))
    reply = api.world.replies[7][0]
    assert (reply.text, reply.buttons, "parse_mode" in reply.asked) == ("1 < 2", (("Yes", "a:b"),), False)


async def test_refused_buttons_are_left_out(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].append(Fault(400, description="Bad Request: BUTTON_DATA_INVALID"))
    await sender.send(message("Hello", "7", 1, Button("a:b", "Yes")))
    assert api.world.replies[7][0].buttons == ()


async def test_what_is_refused_twice_is_given_up_with_the_reason(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].extend([GONE_BAD, Fault(400, description="Bad Request: not enough rights")])
    with pytest.raises(Refused, match=r"(?i)not enough rights"):
        await sender.send(message("Hello"))


async def test_a_group_that_has_moved_is_followed(api: BotApi, sender: TelegramSender) -> None:
    api.world.migrated[-5] = -100
    await sender.send(message("Hello", "-5/7"))
    await sender.send(message("again", "-5/7"))
    assert [reply.text for reply in api.world.replies[-100]] == ["Hello", "again"]
    assert api.world.counts["sendMessage"] == 3


async def test_one_slow_chat_does_not_slow_the_others(api: BotApi, sender: TelegramSender) -> None:
    await sender.send(message("one"))
    api.faults["sendMessage"].append(too_many(1))
    waiting = asyncio.create_task(sender.send(message("two", number=2)))
    await api.wait_for("sendMessage", 2)
    start = monotonic()
    await sender.send(message("other", "8"))
    assert monotonic() - start < 0.5
    await waiting
    assert 0.7 < monotonic() - start < 5


async def test_a_limit_on_the_whole_bot_holds_everybody(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].append(too_many(1))
    waiting = asyncio.create_task(sender.send(message("one")))
    await api.wait_for("sendMessage")
    await api.until(lambda: sender.pace._all.opens > 0)
    start = monotonic()
    await sender.send(message("other", "8"))
    assert 0.5 < monotonic() - start < 5
    await waiting


async def test_one_message_a_second_where_telegram_asks_for_it(api: BotApi, sender: TelegramSender) -> None:
    api.world.seconds_between = 0.9
    start = monotonic()
    for number in range(4):
        await sender.send(message(str(number), number=number))
    assert [reply.text for reply in api.world.replies[7]] == ["0", "1", "2", "3"]
    assert 2.9 < monotonic() - start < 9
    assert api.world.counts["sendMessage"] == 5  # one refusal was enough to learn it


async def test_a_long_silence_is_not_waited_for_but_kept(api: BotApi, sender: TelegramSender) -> None:
    api.faults["sendMessage"].append(too_many(3600))
    for number in (1, 2):
        with pytest.raises(NotYet):
            await sender.send(message("Hello", number=number))
    assert api.world.counts["sendMessage"] == 1


async def test_a_group_is_answered_in_its_topic_and_to_its_question(api: BotApi, bot: Api) -> None:
    api.world.messages[-100][42] = {}
    await TelegramSender(bot, {"-100/7/3": 42}, QUICK).send(message("Hello", "-100/7/3"))
    asked = api.world.replies[-100][0].asked
    assert (asked["message_thread_id"], asked["reply_parameters"]["message_id"]) == ("3", 42)


async def test_no_link_is_previewed(api: BotApi, sender: TelegramSender) -> None:
    await sender.send(message("https://example.org"))
    assert api.world.replies[7][0].asked["link_preview_options"] == {"is_disabled": True}


def test_a_chats_own_limit_is_told_from_the_bots() -> None:
    now = 100.0
    pace = Pace(clock=lambda: now)
    pace.wrote(7)
    pace.slow_down(7, 2)
    assert (pace._all.opens, pace._chats[7].opens) == (0.0, 102.0)
    pace.slow_down(8, 5)
    assert (pace._all.opens, 8 in pace._chats) == (105.0, False)
    pace.wrote(-100)
    now = 140.0
    pace.slow_down(-100, 3)
    assert pace._chats[-100].opens == 143.0
