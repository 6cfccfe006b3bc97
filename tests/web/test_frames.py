"""The page inside another site's frame: who may show it, and how it keeps its conversation without a cookie."""

from __future__ import annotations

from bot.settings import Settings
from flows.turn import Said
from tests.support.web import FRAGMENT, Client, Memory, page, served, texts


async def test_only_the_page_for_frames_can_be_framed(client: Client) -> None:
    own, framed = await client.get("/"), await client.get("/?embed=1")
    assert "frame-ancestors 'none'" in own.headers["Content-Security-Policy"]
    assert own.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    for response in (own, framed):
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


async def test_a_frame_gets_a_ticket_instead_of_a_cookie(client: Client) -> None:
    first = await client.post("/?embed=1", data={"text": "hello"}, headers=FRAGMENT)
    assert "Set-Cookie" not in first.headers
    ticket = {"Authorization": f"Bearer {first.headers['Chat-Ticket']}"}
    await client.post("/?embed=1", data={"text": "again"}, headers=FRAGMENT | ticket)
    restored = await client.get("/?embed=1", headers=FRAGMENT | ticket)
    assert texts(await restored.text())[-4:] == ["hello", "heard hello", "again", "heard again"]
    assert (await client.get("/?embed=1", headers=FRAGMENT)).status == 401


async def test_over_https_a_frame_gets_a_cookie_kept_apart_as_well() -> None:
    async with served(Memory(), settings=Settings(_env_file=None, public_url="https://chat.example.org")) as client:
        first = await client.post("/?embed=1", data={"text": "hello"}, allow_redirects=False)
        assert first.headers["Location"] == "/?embed=1#m4"
        assert first.headers["Set-Cookie"].endswith("; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")
        cookie = first.headers["Set-Cookie"].partition(";")[0]
        assert texts(await (await client.get("/?embed=1", headers={"Cookie": cookie})).text())[-1] == "heard hello"
        gone = await client.post("/?embed=1", data={"new": "1"}, allow_redirects=False)
        assert gone.headers["Location"] == "/?embed=1"
        assert gone.headers["Set-Cookie"].startswith("chat-framed=; Max-Age=0;")


async def test_a_frame_leaves_the_pages_own_conversation_alone(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello"})
    assert "heard hello" not in await page(client, "/?embed=1")
    await client.get("/?embed=1&start=check")
    assert [inbound.incoming for inbound in memory.taken] == [Said("hello")]


async def test_the_snippet_is_shown_with_the_public_address() -> None:
    async with served(Memory(), settings=Settings(_env_file=None, public_url="https://chat.example.org/")) as client:
        html = await page(client, "/embed?lang=en")
        assert "&lt;script src=&#34;https://chat.example.org/embed.js&#34; data-language=&#34;en&#34; async&gt;" in html
        script = await (await client.get("/embed.js")).text()
        assert '"en": ["Ask the assistant", "Close the chat", "Partnership assistant"]' in script
