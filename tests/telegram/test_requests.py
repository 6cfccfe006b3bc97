from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.channels.telegram.api import Api, connect
from bot.channels.telegram.requests import AiohttpRequest, Closed, SlowDown
from tests.support.bot_api import TOKEN


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A server with odd manners, one per method."""
    app = web.Application()
    app.add_routes([web.post(f"/bot{TOKEN}/{method}", answer) for method, answer in ANSWERS.items()])
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Api]:
    bot = connect(TOKEN, url + "/")
    yield bot
    await bot.request.shutdown()


async def document(request: web.Request) -> web.Response:
    form = await request.post()
    file = form["document"]
    assert isinstance(file, web.FileField)
    chat = {"id": int(str(form["chat_id"])), "type": "private"}
    told = {"message_id": 1, "date": 0, "chat": chat, "text": f"{file.filename}: {file.file.read().decode()}"}
    return web.json_response({"ok": True, "result": told})


async def brief(request: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": True})


async def slow(request: web.Request) -> web.Response:
    await asyncio.sleep(5)
    return web.Response()


async def refusal_with_200(request: web.Request) -> web.Response:
    return web.json_response({"ok": False, "error_code": 400, "description": "Bad Request: no"})


async def patience_in_a_header(request: web.Request) -> web.Response:
    return web.Response(status=429, headers={"Retry-After": "7"})


ANSWERS = {"sendDocument": document, "sendMessage": brief, "getMe": brief, "deleteWebhook": slow, "setWebhook": refusal_with_200,
           "sendDice": patience_in_a_header}


async def test_files_are_uploaded(bot: Api) -> None:
    sent = await bot.send_document(7, InputFile(b"BEGIN:VCALENDAR", "conferences.ics"))
    assert sent.text == "conferences.ics: BEGIN:VCALENDAR"


async def test_a_server_that_tells_little_will_do(bot: Api) -> None:
    await bot.say(7, "Hello")
    assert await bot.own_name() is None


async def test_an_answer_that_does_not_come_is_not_waited_for(bot: Api) -> None:
    with pytest.raises(TimedOut):
        await bot.delete_webhook(read_timeout=0.05)


async def test_an_error_is_one_whatever_its_status(bot: Api) -> None:
    with pytest.raises(BadRequest, match=r"(?i)no"):
        await bot.set_webhook("https://example.org/")


async def test_patience_asked_for_in_a_header_counts(bot: Api) -> None:
    with pytest.raises(SlowDown) as told:
        await bot.send_dice(7)
    assert told.value.seconds == 7


async def test_the_token_is_in_no_error() -> None:
    bot = connect(TOKEN, "http://127.0.0.1:1")
    with pytest.raises(NetworkError) as refused:
        await bot.say(7, "Hello")
    await bot.request.shutdown()
    with pytest.raises(Closed) as closed:
        await bot.say(7, "Hello")
    assert (TOKEN in repr(refused.value), TOKEN in repr(closed.value)) == (False, False)


async def test_a_closed_pool_can_be_opened_again(url: str) -> None:
    request = AiohttpRequest()
    await request.shutdown()
    await request.initialize()
    status, _body = await request.do_request(f"{url}/bot{TOKEN}/getMe", "POST")
    await request.shutdown()
    assert status == 200
