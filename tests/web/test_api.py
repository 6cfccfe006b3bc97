"""The JSON chat API over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientTimeout
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from bot.channels.web.limits import Limiter, Limits, Rate
from flows.turn import Pressed, Said
from tests.support.web import Client, Memory, plain, served

CHAT = "/api/v1/chat"


@pytest.fixture
async def client(memory: Memory) -> AsyncIterator[Client]:
    async with served(memory, keep_alive=0.2) as client:
        yield client


async def opened(client: Client, **body: str) -> tuple[str, dict[str, str]]:
    """The address of a new conversation's messages, and the header that opens it."""
    response = await client.post(CHAT, json=body)
    told = await response.json()
    return f"{CHAT}/{told['conversation']}/messages", {"Authorization": f"Bearer {told['token']}"}


async def error(response: Any) -> tuple[int, str]:
    body = await response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return response.status, body["error"]["code"]


async def test_a_conversation_is_opened_with_its_welcome(client: Client) -> None:
    response = await client.post(CHAT, json={"language": "en"})
    told = await response.json()
    assert response.status == 200
    assert set(told) == {"conversation", "token", "language", "messages"}
    assert told["language"] == "en"
    assert set(told["messages"][0]) == {"id", "text", "choices", "documents", "language"}
    assert told["messages"][0]["text"].startswith("Hello!")
    assert told["messages"][0]["choices"][0] == {"id": "/check", "label": "Check eligibility"}


async def test_a_conversation_can_be_opened_with_no_body_at_all(client: Client) -> None:
    assert (await client.post(CHAT)).status == 200


async def test_a_text_and_a_choice_are_answered(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    first = await (await client.post(url, json={"text": "Can Peru take part?"}, headers=token)).json()
    second = await (await client.post(url, json={"choice": "/check"}, headers=token)).json()
    assert [message["text"] for message in first["messages"]] == ["heard Can Peru take part?"]
    assert [message["text"] for message in second["messages"]] == ["pressed /check"]
    assert [inbound.incoming for inbound in memory.taken] == [Said("Can Peru take part?"), Pressed("/check")]


async def test_the_same_id_changes_nothing_and_gives_the_same_replies(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    first = await (await client.post(url, json={"text": "hello", "id": "one"}, headers=token)).json()
    again = await (await client.post(url, json={"text": "hello", "id": "one"}, headers=token)).json()
    assert again == first
    assert len(memory.taken) == 1


async def test_without_an_id_each_message_counts(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    for _ in range(2):
        await client.post(url, json={"text": "hello"}, headers=token)
    assert len(memory.taken) == 2


async def test_one_conversations_id_does_not_meet_anothers(client: Client, memory: Memory) -> None:
    for _ in range(2):
        url, token = await opened(client)
        await client.post(url, json={"text": "hello", "id": "one"}, headers=token)
    assert len({inbound.unique_key for inbound in memory.taken}) == 2


async def test_reading_gives_what_others_have_written_since(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    sent = await (await client.post(url, json={"text": "hello"}, headers=token)).json()
    await memory.write("conversation1", plain("From the team"), "staff")
    after = sent["messages"][-1]["id"]
    since = await (await client.get(f"{url}?after={after}", headers=token)).json()
    everything = await (await client.get(url, headers=token)).json()
    assert [message["text"] for message in since["messages"]] == ["From the team"]
    assert [message["text"] for message in everything["messages"]][1:] == ["heard hello", "From the team"]


async def test_a_stream_brings_what_is_new_and_stays_awake(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    accept = token | {"Accept": "text/event-stream", "Last-Event-ID": "2"}
    async with client.get(url, headers=accept, timeout=ClientTimeout(total=5)) as response:
        assert response.content_type == "text/event-stream"
        assert response.headers["X-Accel-Buffering"] == "no"
        assert await response.content.readuntil(b"\n\n") == b"retry: 3000\n\n"
        assert await response.content.readuntil(b"\n\n") == b": still here\n\n"
        message = await memory.write("conversation1", plain("two\nlines\u2028here"), "staff")
        got = await response.content.readuntil(b"\n\n")
        while got.startswith(b":"):
            got = await response.content.readuntil(b"\n\n")
    number, data = got.decode().rstrip("\n").split("\n")
    assert number == f"id: {message.id}"
    assert "two\\nlines\u2028here" in data


async def test_a_stream_goes_on_where_it_broke_off(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    seen = await memory.write("conversation1", plain("seen"), "staff")
    unseen = await memory.write("conversation1", plain("unseen"), "staff")
    headers = token | {"Accept": "text/event-stream", "Last-Event-ID": str(seen.id)}
    async with client.get(url, headers=headers) as response:
        await response.content.readuntil(b"\n\n")
        assert (await response.content.readuntil(b"\n\n")).startswith(f"id: {unseen.id}\n".encode())


async def test_open_streams_do_not_hold_up_the_end_of_the_server(client: Client) -> None:
    url, token = await opened(client)
    response = await client.get(url, headers=token | {"Accept": "text/event-stream"})
    await response.content.readuntil(b"\n\n")
    async with asyncio.timeout(2):
        await client.server.close()
    response.close()


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Basic secret-conversation1", "Bearer"])
async def test_without_its_token_a_conversation_stays_closed(client: Client, authorization: str) -> None:
    url, _token = await opened(client)
    headers = {"Authorization": authorization} if authorization else {}
    assert await error(await client.get(url, headers=headers)) == (401, "unauthorized")
    assert await error(await client.post(url, json={"text": "hello"}, headers=headers)) == (401, "unauthorized")


async def test_one_token_does_not_open_another_conversation(client: Client) -> None:
    _url, token = await opened(client)
    other, _token = await opened(client)
    assert await error(await client.get(other, headers=token)) == (401, "unauthorized")
    assert await error(await client.get(f"{CHAT}/nowhere/messages", headers=token)) == (401, "unauthorized")


@pytest.mark.parametrize("body", ["", "[]", "{", "{}", '{"text": "a", "choice": "b"}', '{"text": 5}', '{"text": " \\n"}',
                                  '{"text": "\\ud800"}', '{"choice": ""}', '{"text": "a", "id": ""}'])
async def test_a_body_that_makes_no_sense_is_refused(client: Client, body: str) -> None:
    url, token = await opened(client)
    response = await client.post(url, data=body, headers=token | {"Content-Type": "application/json"})
    assert await error(response) == (400, "bad_request")


async def test_a_number_that_is_none_is_refused(client: Client) -> None:
    url, token = await opened(client)
    assert await error(await client.get(f"{url}?after=x", headers=token)) == (400, "bad_request")
    assert await error(await client.get(f"{url}?after=-1", headers=token)) == (400, "bad_request")


async def test_only_json_is_taken(client: Client) -> None:
    url, token = await opened(client)
    assert await error(await client.post(url, data={"text": "hello"}, headers=token)) == (415, "unsupported_media_type")
    assert await error(await client.post(CHAT, data={"language": "de"})) == (415, "unsupported_media_type")


async def test_a_text_may_have_four_thousand_characters(client: Client) -> None:
    url, token = await opened(client)
    assert (await client.post(url, json={"text": "ä" * 4000}, headers=token)).status == 200
    response = await client.post(url, json={"text": "ä" * 4001}, headers=token)
    assert await error(response) == (413, "text_too_long")
    assert "4000 characters; yours has 4001" in (await response.json())["error"]["message"]


async def test_a_body_may_have_sixty_four_kilobytes(client: Client) -> None:
    url, token = await opened(client)
    assert await error(await client.post(url, json={"text": "a" * 65536}, headers=token)) == (413, "too_large")

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b"a" * 1024

    headers = token | {"Content-Type": "application/json"}
    assert await error(await client.post(url, data=drip(), headers=headers)) == (413, "too_large")


async def test_other_addresses_and_methods_are_refused_in_json(client: Client) -> None:
    assert await error(await client.get("/api/v1/nothing")) == (404, "not_found")
    assert await error(await client.put(CHAT, json={})) == (405, "method_not_allowed")


async def test_errors_speak_the_readers_language(client: Client) -> None:
    response = await client.get("/api/v1/nothing", headers={"Accept-Language": "xx, en-GB;q=0.5"})
    assert response.headers["Content-Language"] == "en"


async def test_what_could_not_be_stored_is_said_to_be_tried_again(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    memory.broken = True
    response = await client.post(url, json={"text": "hello", "id": "one"}, headers=token)
    assert await error(response) == (503, "unavailable")
    assert response.headers["Retry-After"] == "3"
    memory.broken = False
    assert (await client.post(url, json={"text": "hello", "id": "one"}, headers=token)).status == 200


async def test_any_website_may_call(client: Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "authorization, content-type"}
    before = await client.options(f"{CHAT}/some/messages", headers=asked)
    assert before.status == 204
    assert "Authorization" in before.headers["Access-Control-Allow-Headers"]
    response = await client.post(CHAT, headers={"Origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


async def test_a_flood_from_one_address_is_held_back_and_others_are_not() -> None:
    now = 0.0
    rate = Rate(2, 0.5)
    limits = Limits(Limiter(rate, lambda: now), Limiter(rate, lambda: now), Limiter(rate, lambda: now))
    async with served(Memory(), limits=limits) as client:
        flood = {"X-Forwarded-For": "10.0.0.1, 203.0.113.7"}
        statuses = [(await client.post(CHAT, headers=flood)).status for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert (await client.post(CHAT, headers=flood)).headers["Retry-After"] == "2"
        assert (await client.post(CHAT, headers={"X-Forwarded-For": "203.0.113.8"})).status == 200
        now = 2.0
        assert (await client.post(CHAT, headers=flood)).status == 200


async def test_a_flood_in_one_conversation_is_held_back() -> None:
    usual = Limits.usual()
    limits = Limits(usual.opening, usual.writing, Limiter(Rate(2, 0.5), lambda: 0.0))
    async with served(Memory(), limits=limits) as client:
        url, token = await opened(client)
        statuses = [(await client.post(url, json={"text": "hello"}, headers=token)).status for _ in range(3)]
        other, other_token = await opened(client)
        assert statuses == [200, 200, 429]
        assert (await client.post(other, json={"text": "hello"}, headers=other_token)).status == 200


async def test_the_openapi_file_is_valid_and_says_what_is_answered(client: Client, memory: Memory) -> None:
    spec = await (await client.get("/api/v1/openapi.json")).json()
    validate(spec)
    url, token = await opened(client)
    seen = [
        ("/chat", "post", await client.post(CHAT, json={"language": "en"})),
        ("/chat", "post", await client.post(CHAT, json=[])),
        ("/chat/{conversation}/messages", "post", await client.post(url, json={"text": "sources"}, headers=token)),
        ("/chat/{conversation}/messages", "post", await client.post(url, json={"text": "a" * 4001}, headers=token)),
        ("/chat/{conversation}/messages", "post", await client.post(url, data="x", headers=token)),
        ("/chat/{conversation}/messages", "get", await client.get(url, headers=token)),
        ("/chat/{conversation}/messages", "get", await client.get(url)),
    ]
    for path, method, response in seen:
        answer = spec["paths"][path][method]["responses"][str(response.status)]
        schema = answer["content"]["application/json"]["schema"] | {"components": spec["components"]}
        OAS31Validator(schema).validate(await response.json())
