"""Files that come over HTTP: to the page's form with and without its script, and to the API."""

from __future__ import annotations

from io import BytesIO

import pytest
from aiohttp import FormData
from aiohttp.client_exceptions import ClientError

from bot.channels.web import uploads
from bot.channels.web.limits import UPLOADING, Limiter, Limits, Rate
from flows.files import MOST_BYTES
from flows.turn import Attached
from tests.support.web import Client, Memory, served

CHAT = "/api/v1/chat"


def form(content: bytes | None = b"letter", name: str = "letter.pdf", **fields: str) -> FormData:
    """A form with a file, as a browser sends it; with no content, none was chosen."""
    data = FormData(fields)
    chosen = name if content is not None else ""
    data.add_field("file", BytesIO(content or b""), filename=chosen, content_type="application/octet-stream")
    return data


async def opened(client: Client) -> tuple[str, dict[str, str]]:
    told = await (await client.post(CHAT, json={})).json()
    return f"{CHAT}/{told['conversation']}/documents", {"Authorization": f"Bearer {told['token']}"}


async def test_a_file_comes_with_its_name_and_what_was_written(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    async with client.post(url, data=form(text=" Signed "), headers=token) as response:
        assert (response.status, set(await response.json())) == (200, {"messages"})
    [inbound] = memory.taken
    assert inbound.incoming == Attached("file", "upload", "letter.pdf", 6, "Signed")
    assert inbound.content == b"letter"
    assert "letter" not in repr(inbound.content and inbound).replace("letter.pdf", ""), "contents are not logged"


async def test_sent_again_under_its_id_it_counts_once(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    for _time in range(2):
        assert (await client.post(url, data=form(id="one"), headers=token)).status == 200
    assert len(memory.taken) == 1


async def test_a_file_that_is_too_large_is_told_so_in_the_conversation(client: Client, memory: Memory) -> None:
    url, token = await opened(client)
    assert (await client.post(url, data=form(b"x" * (MOST_BYTES + 5)), headers=token)).status == 200
    [inbound] = memory.taken
    assert isinstance(inbound.incoming, Attached)
    assert inbound.incoming.size == MOST_BYTES + 5
    assert len(inbound.content or b"") == MOST_BYTES + 1, "no more of it is held in memory"


async def test_what_never_ends_is_broken_off(client: Client, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_DRAINED", 1000)
    url, token = await opened(client)
    try:
        async with client.post(url, data=form(b"x" * 200_000), headers=token) as response:
            assert (response.status, (await response.json())["error"]["code"]) == (413, "file_too_large")
    except ClientError:
        pass  # the answer came while the client was still sending
    assert memory.taken == []


@pytest.mark.parametrize(("data", "status"), [
    (form(None), 400), (FormData({"text": "no file"}), 415), (b"nonsense", 415), (form(id="x" * 101), 400),
], ids=["no file", "no form", "nonsense", "long id"])
async def test_what_is_no_file_says_what_to_send(client: Client, memory: Memory, data: FormData | bytes, status: int) -> None:
    url, token = await opened(client)
    async with client.post(url, data=data, headers=token) as response:
        assert (response.status, set((await response.json())["error"])) == (status, {"code", "message"})
    assert memory.taken == []


BROKEN = (b"", b"--x\r\n", b"--x\r\n\r\n\r\n--x--", b"--y--", b"--x\r\nContent-Disposition: form-data\r\n\r\n")


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
async def test_a_broken_form_is_refused(client: Client, memory: Memory, body: bytes) -> None:
    url, token = await opened(client)
    for boundary in ("; boundary=x", ""):
        headers = token | {"Content-Type": f"multipart/form-data{boundary}"}
        async with client.post(url, data=body, headers=headers) as response:
            assert response.status == 400
    assert memory.taken == []


async def test_without_the_token_nothing_is_read(client: Client, memory: Memory) -> None:
    url, _token = await opened(client)
    assert (await client.post(url, data=form())).status == 401
    assert memory.taken == []


async def test_too_many_files_are_slowed_down(memory: Memory) -> None:
    limits = Limits.usual()
    limits = Limits(limits.opening, limits.writing, limits.talking, Limiter(Rate(1, 0.01)))
    async with served(memory, limits=limits) as client:
        url, token = await opened(client)
        headers = token | {"X-Forwarded-For": "203.0.113.7"}
        statuses = [(await client.post(url, data=form(), headers=headers)).status for _time in range(2)]
    assert statuses == [200, 429]
    assert UPLOADING.burst >= 20, "a committee's pictures of a whole meeting"


async def test_the_page_without_its_script_takes_a_file(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello", "id": "a"})
    async with client.post("/", data=form(id="b", language="en"), allow_redirects=False) as response:
        assert (response.status, response.headers["Location"].partition("#")[0]) == (303, "/")
    assert memory.taken[-1].incoming == Attached("file", "upload", "letter.pdf", 6, "")
    async with client.post("/", data=form(None, id="c"), allow_redirects=False) as response:
        assert response.status == 303, "no file was chosen"
    assert len(memory.taken) == 2


async def test_pressed_twice_a_form_counts_once_and_another_file_counts(client: Client, memory: Memory) -> None:
    for content in (b"one", b"one", b"two"):
        await client.post("/", data=form(content, id="same"))
    assert [inbound.content for inbound in memory.taken] == [b"one", b"two"]


async def test_the_script_gets_the_new_messages(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello", "id": "a"})
    async with client.post("/", data=form(id="b"), headers={"Chat-Fragment": "1"}) as response:
        assert response.status == 200
        assert "<html" not in await response.text()


async def test_another_site_cannot_send_a_file(client: Client, memory: Memory) -> None:
    async with client.post("/", data=form(), headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 403
    assert memory.taken == []


async def test_the_form_is_offered_to_those_who_work_on_a_checklist(client: Client) -> None:
    await client.post("/", data={"text": "hello", "id": "a"})
    page = await (await client.get("/")).text()
    assert '<details id="attach" hidden>' in page
    await client.post("/", data={"text": "checklist", "id": "b"})
    page = await (await client.get("/")).text()
    assert '<details id="attach">' in page
    assert 'enctype="multipart/form-data"' in page
