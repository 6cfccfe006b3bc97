from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from bot.channels.telegram.setup import MOST_ABOUT, MOST_DESCRIPTION, MOST_SHORT, fronts
from flows.commands import ENTRIES
from locales import languages
from tests.support.bot_api import TOKEN, BotApi
from tests.support.bot_faults import BROKEN, Fault

from .conftest import Notes, Open, message

OPTIONAL = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton")


async def shown(api: BotApi) -> None:
    """Until the last of the optional calls is through."""
    await api.until(lambda: ("MenuButton", "") in api.world.shown)


async def test_menu_and_descriptions_are_shown_in_each_language(api: BotApi, opened: Open) -> None:
    await opened()
    await shown(api)
    codes = {"", *(code for code in languages() if len(code) == 2)}
    for what in ("Commands", "Description", "ShortDescription"):
        assert {language for method, language in api.world.shown if method == what} == codes
    names = [entry.name for entry in ENTRIES if entry.in_menu]
    assert [command["command"] for command in api.world.shown["Commands", ""]] == names
    assert api.world.shown["MenuButton", ""] == {"type": "commands"}


async def test_what_is_shown_already_is_not_set_again(api: BotApi, opened: Open) -> None:
    first = await opened()
    await shown(api)
    await first.stop()
    before = {method: api.world.counts[method] for method in OPTIONAL}
    await opened()
    await api.wait_for("getChatMenuButton", 2)
    await asyncio.sleep(0.02)
    assert {method: api.world.counts[method] for method in OPTIONAL} == before


def test_what_is_shown_keeps_to_telegrams_lengths() -> None:
    for front in fronts():
        assert len(front.commands) <= 100
        assert [command for command in front.commands if not 0 < len(command.description) <= MOST_ABOUT] == []
        assert (0 < len(front.description) <= MOST_DESCRIPTION, 0 < len(front.short) <= MOST_SHORT) == (True, True)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_server_that_knows_only_the_few_methods_of_a_dialogue_will_do(mode: str, api: BotApi, opened: Open) -> None:
    api.known = frozenset({"getUpdates", "sendMessage", "setWebhook"})
    await opened(mode)
    if mode == "webhook":
        await api.wait_for("setWebhook")
    api.world.say(7, "/start check")
    assert (await api.wait_for_reply(7)).text == "/start check"
    api.world.press(7, "Menu")
    assert (await api.wait_for_reply(7)).text == "/menu"
    await api.wait_for("setChatMenuButton")
    asked = [api.world.counts[method] for method in ("getMyCommands", "setMyCommands", "setMyDescription")]
    assert asked == [1, 1, 1]  # not once per language


async def test_what_cannot_be_looked_up_is_set_all_the_same(api: BotApi, opened: Open) -> None:
    api.known = frozenset({"getUpdates", "sendMessage", *OPTIONAL})
    await opened()
    await api.wait_for("setChatMenuButton")
    assert (api.world.counts["getMyCommands"], api.world.counts["setMyCommands"]) == (1, len(fronts()))


async def test_one_language_that_is_refused_does_not_keep_back_the_others(api: BotApi, opened: Open) -> None:
    api.faults["setMyCommands"].append(Fault(400, description="Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"))
    await opened()
    await shown(api)
    assert len([language for method, language in api.world.shown if method == "Commands"]) == len(fronts()) - 1


async def test_mentions_in_groups_wait_until_the_bot_knows_its_name(api: BotApi, notes: Notes, opened: Open) -> None:
    api.world.say(-100, "@partner_bot Hello", person=7)
    await opened()
    assert (await api.wait_for_reply(-100)).asked["reply_parameters"]["message_id"] == 1
    assert notes.taken[0].address == "-100/7"


async def test_the_name_is_learned_later_if_need_be(api: BotApi, opened: Open) -> None:
    api.faults["getMe"].extend([BROKEN, BROKEN])
    await opened()
    await api.wait_for("getMe", 3)
    await asyncio.sleep(0.2)
    api.world.say(-100, "@partner_bot Hello", person=7)
    assert (await api.wait_for_reply(-100)).text == "Hello"


async def test_somebody_elses_press_in_a_group_changes_nothing(api: BotApi, notes: Notes, opened: Open) -> None:
    await opened()
    api.world.say(-100, "@partner_bot Hello", person=7)
    asked = await api.wait_for_reply(-100)
    api.world.press(-100, "Menu", person=8)
    await api.wait_for("answerCallbackQuery")
    api.world.press(-100, "Menu", person=7)
    await api.wait_for("editMessageText")
    assert [inbound.address for inbound in notes.taken] == ["-100/7", "-100/7"]
    assert api.world.messages[-100][asked.id]["text"] == "Hello\n\n✓ Menu"


async def test_blocking_is_reported_to_whoever_keeps_account_of_it(api: BotApi, notes: Notes, opened: Open) -> None:
    await opened()
    api.world.block(7)
    api.world.block(7, blocked=False)
    api.world.post(-5, {"migrate_to_chat_id": -100})
    api.world.say(8, "Hello")
    await api.wait_for_reply(8)
    await api.until(lambda: len(notes.presence) == 3)
    assert sorted(notes.presence, key=str) == [("telegram:-5", "telegram:-100"), ("telegram:7", False), ("telegram:7", True)]


async def test_an_album_gets_one_polite_answer(api: BotApi, notes: Notes, opened: Open) -> None:
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
    for _picture in range(4):
        api.world.post(7, {"video": video, "media_group_id": "album"})
    await opened()
    api.world.say(7, "and?")
    await api.wait_for_reply(7)
    assert (await api.wait_for_reply(7)).text == "and?"
    assert len(notes.taken) == 2


async def test_all_is_well_in_the_end_with_every_third_call_failing(api: BotApi, opened: Open) -> None:
    api.fault_rate = 0.3
    await opened()
    for chat in range(1, 11):
        for number in range(3):
            api.world.say(chat, f"message {number}")
    for chat in range(1, 11):
        assert [(await api.wait_for_reply(chat, 60)).text for _ in range(3)] == ["message 0", "message 1", "message 2"]


async def test_what_is_being_sent_is_finished_before_the_end(api: BotApi, opened: Open) -> None:
    channel = await opened()
    api.world.messages[7] = {}
    api.faults["sendMessage"].extend([BROKEN] * 3)
    sending = asyncio.create_task(channel.send(message("Hello")))
    await api.wait_for("sendMessage")
    await channel.stop()
    await sending
    assert (await api.wait_for_reply(7)).text == "Hello"


def test_the_library_is_not_loaded_before_the_channel_is() -> None:
    code = "import sys, bot.messages, bot.channels.telegram; print('telegram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


async def test_the_token_is_in_no_log_line(api: BotApi, opened: Open, capsys: pytest.CaptureFixture[str]) -> None:
    api.faults["getUpdates"].append(BROKEN)
    channel = await opened()
    await api.wait_for("getUpdates", 2)
    await channel.stop()
    assert TOKEN not in "".join(capsys.readouterr())
