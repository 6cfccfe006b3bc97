from __future__ import annotations

from io import BytesIO

import aiohttp
import pytest

from flows.turn import Said
from tests.support.bot_api import SECRET_HEADER, BotApi
from tests.support.bot_faults import BROKEN, LOST, too_many

from .conftest import Notes, Open


async def test_a_text_is_answered_over_the_webhook(api: BotApi, opened: Open) -> None:
    await opened("webhook")
    await api.wait_for("setWebhook")
    update = api.world.say(7, "Hello")
    assert (await api.wait_for_reply(7)).text == "Hello"
    await api.until(lambda: api.acknowledged == [update["update_id"]])
    assert api.deliveries == [(update["update_id"], 200)]
    assert api.world.counts["getUpdates"] == 0


async def test_an_update_is_acknowledged_only_when_the_engine_has_taken_it(api: BotApi, notes: Notes, opened: Open) -> None:
    notes.refusals = 2
    await opened("webhook")
    await api.wait_for("setWebhook")
    update = api.world.say(7, "Hello")
    assert (await api.wait_for_reply(7)).text == "Hello"
    await api.until(lambda: api.acknowledged == [update["update_id"]])
    assert api.deliveries == [(update["update_id"], 503), (update["update_id"], 503), (update["update_id"], 200)]
    assert notes.incoming == [Said("Hello")]


@pytest.mark.parametrize("secret", [None, "", "s3cre", "S3cret", "ünlesbar"])
async def test_strangers_are_refused(secret: str | None, api: BotApi, notes: Notes, opened: Open) -> None:
    await opened("webhook")
    await api.wait_for("setWebhook")
    assert await post(api, b'{"update_id": 1}', secret) == 403
    assert notes.taken == []


@pytest.mark.parametrize(("body", "status"), [
    (b"", 400), (b"nonsense", 400), (b"[]", 400), (b'{"update_id": "x"}', 400), (b"\xff", 400),
    (b"x" * (1 << 20) + b"y", 413), (b'{"update_id": 5}', 200),
])
async def test_only_updates_are_taken(body: bytes, status: int, api: BotApi, opened: Open) -> None:
    await opened("webhook")
    await api.wait_for("setWebhook")
    assert await post(api, body, "s3cret") == status


async def test_a_stopped_channel_sends_updates_back(api: BotApi, notes: Notes, opened: Open) -> None:
    channel = await opened("webhook")
    await api.wait_for("setWebhook")
    await channel.stop()
    assert await post(api, b'{"update_id": 5}', "s3cret") == 503
    assert notes.taken == []


async def test_the_webhook_is_set_again_until_telegram_takes_it(api: BotApi, opened: Open) -> None:
    api.faults["setWebhook"].extend([BROKEN, LOST, too_many(0)])
    await opened("webhook")
    await api.wait_for("setWebhook", 4)
    assert api.asked("setWebhook")[-1]["secret_token"] == "s3cret"


async def test_without_a_secret_of_ones_own_the_webhook_still_has_one(api: BotApi, opened: Open) -> None:
    await opened("webhook", "")
    await api.wait_for("setWebhook")
    assert len(api.world.webhook["secret_token"]) == 64
    api.world.say(7, "Hello")
    assert (await api.wait_for_reply(7)).text == "Hello"


async def test_many_chats_at_once_are_all_answered_in_order(api: BotApi, opened: Open) -> None:
    await opened("webhook")
    await api.wait_for("setWebhook")
    for number in range(3):
        for chat in range(1, 31):
            api.world.say(chat, f"message {number}")
    for chat in range(1, 31):
        assert [(await api.wait_for_reply(chat)).text for _ in range(3)] == ["message 0", "message 1", "message 2"]


async def post(api: BotApi, body: bytes, secret: str | None) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    url = api.world.webhook["url"]
    async with aiohttp.ClientSession() as client, client.post(url, data=BytesIO(body), headers=headers) as response:
        return response.status
