"""A Bot API server of our own: real HTTP, long polling and webhook, Telegram's errors, and faults on demand.

`python -m tests.support.bot_api` runs it alone: post `{"chat", "text"}` to /say or `{"chat", "button"}` to /press, and read
/replies/CHAT.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import aiohttp
from aiohttp import web

from .bot_faults import BROKEN, LOST, Fault, failed, refused, too_many
from .bot_html import Refusal
from .bot_world import JSON, Reply, World

TOKEN = "1:test-token"
OBJECTS = frozenset({"reply_markup", "reply_parameters", "link_preview_options", "entities", "commands", "menu_button",
                     "allowed_updates"})  # parameters that come as JSON within a form
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class BotApi:
    """The server; `world` is what it knows, `faults` what goes wrong next with a method, `fault_rate` how often at random.

    `known` limits the methods it knows; the others are answered with 500.
    """

    def __init__(self, token: str = TOKEN, *, known: frozenset[str] | None = None, fault_rate: float = 0.0, seed: int = 1,
                 redeliver_after: float = 0.05) -> None:
        self.token, self.known, self.fault_rate, self.redeliver_after = token, known, fault_rate, redeliver_after
        self.world = World(arrived=self._arrived, sent=self._sent)
        self.faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self.url = ""
        self.acknowledged: list[int] = []
        self.deliveries: list[tuple[int, int]] = []  # update and HTTP status, 0 for a lost connection
        self._random = Random(seed)
        self._read: defaultdict[int, int] = defaultdict(int)
        self._news, self._spoken = asyncio.Event(), asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._pushing: dict[tuple[int, bool], asyncio.Task[None]] = {}
        self._queues: defaultdict[tuple[int, bool], deque[JSON]] = defaultdict(deque)

    async def __aenter__(self) -> BotApi:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listens on this machine; `url` is then set."""
        app = web.Application(client_max_size=50 << 20)
        app.add_routes([web.route("*", "/bot{token}/{method}", self._serve),
                        web.get("/file/bot{token}/documents/{file}", self._hand_out), web.post("/say", self._say),
                        web.post("/press", self._press), web.get("/replies/{chat}", self._replies)])
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        """Closes everything."""
        for task in self._pushing.values():
            task.cancel()
        await asyncio.gather(*self._pushing.values(), return_exceptions=True)
        await self._client.close()
        await self._runner.cleanup()

    async def wait_for_reply(self, chat: int, timeout: float = 10.0) -> Reply:
        """The next message of the bot's in this chat that was not waited for before."""
        async with asyncio.timeout(timeout):
            while len(self.world.replies[chat]) <= self._read[chat]:
                self._spoken.clear()
                await self._spoken.wait()
        self._read[chat] += 1
        return self.world.replies[chat][self._read[chat] - 1]

    async def wait_for(self, method: str, count: int = 1, timeout: float = 10.0) -> None:
        """Until a method has been called so often."""
        await self.until(lambda: self.world.counts[method] >= count, timeout)

    async def until(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Until something is so."""
        async with asyncio.timeout(timeout):
            while not condition():
                await asyncio.sleep(0.005)

    def asked(self, method: str) -> list[JSON]:
        """The parameters of each call of a method, in order."""
        return [asked for called, asked in self.world.calls if called == method]

    # Calls

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return refused(Refusal(401, "Unauthorized"))
        asked = await _parameters(request)
        self.world.calls.append((method, asked))
        self.world.counts[method] += 1
        fault = self._fault(method)
        if fault is not None and not fault.late:
            return failed(fault, request)
        try:
            result = await self._carry_out(method, asked)
        except Refusal as refusal:
            return refused(refusal)
        if fault is not None:
            return failed(fault, request)
        return web.json_response({"ok": True, "result": result})

    async def _hand_out(self, request: web.Request) -> web.StreamResponse:
        """A file that was asked for by getFile."""
        self.world.counts["download"] += 1
        fault = self._fault("download")
        if fault is not None:
            return failed(fault, request)
        content = self.world.contents.get(request.match_info["file"])
        if request.match_info["token"] != self.token or content is None:
            return refused(Refusal(404, "Not Found"))
        return web.Response(body=content)

    async def _carry_out(self, method: str, asked: JSON) -> Any:
        if self.known is not None and method not in self.known:
            raise Refusal(500, "Internal Server Error: unknown method")
        match method:
            case "getUpdates":
                return await self._get_updates(asked)
            case "setWebhook" | "deleteWebhook":
                return self._set_webhook(asked)
            case "getWebhookInfo":
                return self.world.webhook
        try:
            return self.world.call(method, asked)
        except KeyError:
            raise Refusal(404, "Not Found: method not found") from None

    def _fault(self, method: str) -> Fault | None:
        if self.faults[method]:
            return self.faults[method].popleft()
        if method != "getUpdates" and self._random.random() < self.fault_rate:
            return self._random.choice([too_many(1), BROKEN, BROKEN, LOST, LOST])
        return None

    # Updates by polling

    async def _get_updates(self, asked: JSON) -> list[JSON]:
        if self.world.webhook["url"]:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                               "webhook first")
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                                                  "instance is running"))
        self._acknowledge(int(asked.get("offset", 0)))
        self._poll = asyncio.get_running_loop().create_future()
        mine, news = self._poll, asyncio.ensure_future(self._wait_for_news(float(asked.get("timeout", 0))))
        await asyncio.wait({mine, news}, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()
        if mine.done():
            mine.result()
        mine.cancel()
        return list(self.world.updates)[: int(asked.get("limit", 100))]

    def _acknowledge(self, offset: int) -> None:
        while self.world.updates and self.world.updates[0]["update_id"] < offset:
            self.acknowledged.append(self.world.updates.popleft()["update_id"])

    async def _wait_for_news(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.world.updates:
                    self._news.clear()
                    await self._news.wait()

    # Updates by webhook: one by one for each chat, presses beside messages, again until they are taken

    def _set_webhook(self, asked: JSON) -> bool:
        self.world.webhook = {"url": "", **asked}
        for task in self._pushing.values():
            task.cancel()
        waiting = [*self.world.updates, *(update for queue in self._queues.values() for update in queue)]
        self.world.updates = deque(sorted(waiting, key=lambda update: int(update["update_id"])))
        self._pushing.clear()
        self._queues.clear()
        self._arrived()
        return True

    def _arrived(self) -> None:
        self._news.set()
        if not self.world.webhook["url"]:
            return
        while self.world.updates:
            update = self.world.updates.popleft()
            line = _chat(update), "callback_query" in update
            self._queues[line].append(update)
            if line not in self._pushing or self._pushing[line].done():
                self._pushing[line] = asyncio.ensure_future(self._push(self._queues[line]))

    async def _push(self, queue: deque[JSON]) -> None:
        while queue:
            pause = 0.0
            while not await self._deliver(queue[0]):
                await asyncio.sleep(pause)
                pause = min(max(2 * pause, self.redeliver_after), 60.0)
            self.acknowledged.append(queue.popleft()["update_id"])

    async def _deliver(self, update: JSON) -> bool:
        headers = {SECRET_HEADER: self.world.webhook.get("secret_token", "")}
        status = 0
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._client.post(self.world.webhook["url"], json=update, headers=headers) as response:
                status = response.status
        self.deliveries.append((update["update_id"], status))
        return 200 <= status < 300

    def _sent(self, _chat: int) -> None:
        self._spoken.set()

    # Control, for running it alone

    async def _say(self, request: web.Request) -> web.Response:
        said = await request.json()
        return web.json_response(self.world.say(int(said.pop("chat")), said.pop("text"), **said))

    async def _press(self, request: web.Request) -> web.Response:
        pressed = await request.json()
        return web.json_response(self.world.press(int(pressed.pop("chat")), pressed.pop("button"), **pressed))

    async def _replies(self, request: web.Request) -> web.Response:
        replies = self.world.replies[int(request.match_info["chat"])]
        return web.json_response([{"id": one.id, "text": one.text, "buttons": one.buttons} for one in replies])


def _chat(update: JSON) -> int:
    content: JSON = next(value for value in update.values() if isinstance(value, dict))
    return int(content.get("message", content)["chat"]["id"])


async def _parameters(request: web.Request) -> JSON:
    if request.content_type == "application/json":
        return dict(await request.json())
    given = {**request.query, **(await request.post())}
    return {name: json.loads(value) if name in OBJECTS and isinstance(value, str) else value for name, value in given.items()}


async def _alone(port: int, token: str, fault_rate: float) -> None:
    server = BotApi(token, fault_rate=fault_rate)
    await server.start(port)
    sys.stdout.write(f"TELEGRAM_API_URL={server.url} TELEGRAM_BOT_TOKEN={token}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8081)
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--fault-rate", type=float, default=0.0)
    with suppress(KeyboardInterrupt):
        asyncio.run(_alone(**vars(options.parse_args())))
