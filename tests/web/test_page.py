"""The web page over real HTTP, as a browser without JavaScript uses it."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.channels.web.bubbles import linked
from bot.messages import Body, Button
from bot.settings import Settings
from flows.turn import Pressed, Said
from locales import languages
from tests.support.web import FRAGMENT, Client, Memory, page, plain, served, texts


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return found[1]


async def test_a_first_look_greets_and_leaves_nothing_behind(client: Client, memory: Memory) -> None:
    response = await client.get("/")
    html = await response.text()
    assert texts(html)[0].startswith("Hello!")
    assert 'value="/check"' in html
    assert "Set-Cookie" not in response.headers
    assert memory.messages == {}


async def test_a_sent_text_is_answered_on_the_page_one_comes_back_to(client: Client, memory: Memory) -> None:
    response = await client.post("/", data={"text": "Can Peru take part?"}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/#m4")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    for _reload in range(2):
        assert texts(await page(client))[-2:] == ["Can Peru take part?", "heard Can Peru take part?"]


async def test_over_https_the_cookie_stays_there(memory: Memory) -> None:
    async with served(memory, settings=Settings(_env_file=None, public_url="https://chat.example.org")) as client:
        response = await client.post("/", data={"text": "hello"}, allow_redirects=False)
        assert "Secure" in response.headers["Set-Cookie"]


async def test_a_form_sent_twice_counts_once(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "first"})
    key = hidden(await page(client), "id")
    for _press in range(2):
        await client.post("/", data={"id": key, "text": "hello"})
    assert [inbound.incoming for inbound in memory.taken] == [Said("first"), Said("hello")]


async def test_another_text_in_an_old_form_counts(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "first"})
    key = hidden(await page(client), "id")
    for text in ("hello", "hello again"):
        await client.post("/", data={"id": key, "text": text})
    assert [inbound.incoming for inbound in memory.taken][1:] == [Said("hello"), Said("hello again")]


async def test_an_answered_question_takes_no_second_answer_and_commands_stay(client: Client) -> None:
    await client.get("/?start=check")
    before = await page(client)
    assert 'value="side:south">' in before
    await client.post("/", data={"choice": "side:south"})
    after = await page(client)
    assert texts(after)[-2:] == ["Global South", "pressed side:south"]
    assert 'value="side:south" disabled>' in after
    assert 'value="/contact">' in after


async def test_a_deep_link_begins_at_once_and_a_reload_does_not_repeat_it(client: Client, memory: Memory) -> None:
    response = await client.get("/?start=check", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/#m4")
    assert texts(await page(client))[-1] == "Which side do you write from?"
    assert [inbound.incoming for inbound in memory.taken] == [Said("/start check")]


@pytest.mark.parametrize("start", ["%3Cscript%3E", "a" * 65, ""])
async def test_a_deep_link_that_cannot_be_one_is_passed_over(client: Client, memory: Memory, start: str) -> None:
    response = await client.get(f"/?start={start}")
    assert response.status == 200
    assert memory.messages == {}


async def test_looking_ahead_does_not_begin_anything(client: Client, memory: Memory) -> None:
    await client.get("/?start=check", headers={"Sec-Purpose": "prefetch;prerender"})
    await client.head("/?start=check")
    assert memory.messages == {}


async def test_the_language_menu_goes_on_in_that_language(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello"})
    memory.languages["conversation1"] = "xx"
    await client.get("/?lang=en")
    assert [inbound.incoming for inbound in memory.taken] == [Said("hello")]  # it is in English already
    await memory.write("conversation1", plain("hola", "de"), "assistant")
    await client.get("/?start=lang-en")
    assert memory.taken[-1].incoming == Pressed("/language en")
    assert texts(await page(client))[-1] == "language en"


async def test_a_new_conversation_forgets_the_cookie_only(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello"})
    await client.post("/", data={"new": "1"})
    assert texts(await page(client))[0].startswith("Hello!")
    assert "heard hello" not in await page(client)
    assert len(memory.messages["conversation1"]) == 4


async def test_a_cookie_that_opens_nothing_is_passed_over(client: Client, memory: Memory) -> None:
    client.session.cookie_jar.update_cookies({"chat": "conversation1.wrong"}, client.make_url("/"))
    assert (await client.get("/")).status == 200
    await client.post("/", data={"text": "hello"})
    assert texts(await page(client))[-1] == "heard hello"


async def test_a_text_that_is_too_long_stays_in_the_box(client: Client, memory: Memory) -> None:
    response = await client.post("/", data={"text": "a" * 4001})
    html = await response.text()
    assert response.status == 413
    assert "yours has 4001" in html
    assert f">{'a' * 4001}</textarea>" in html
    assert memory.taken == []


async def test_a_text_that_could_not_be_saved_stays_in_the_box(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello"})
    memory.broken = True
    response = await client.post("/", data={"text": "Is it <open>?"})
    assert response.status == 503
    assert ">Is it &lt;open&gt;?</textarea>" in await response.text()


async def test_an_empty_form_changes_nothing(client: Client, memory: Memory) -> None:
    assert (await client.post("/", data={"text": "  "})).status == 200
    assert memory.messages == {}


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                                     {"Sec-Fetch-Site": "same-site"}])
async def test_a_form_on_another_site_is_refused(client: Client, memory: Memory, headers: dict[str, str]) -> None:
    response = await client.post("/", data={"text": "hello"}, headers=headers)
    assert response.status == 403
    assert memory.messages == {}


async def test_a_form_on_this_site_is_taken(client: Client) -> None:
    own = str(client.make_url("/")).rstrip("/")
    assert (await client.post("/", data={"text": "hello"}, headers={"Origin": own})).status == 200


async def test_messages_are_escaped_and_their_links_can_be_followed(client: Client) -> None:
    await client.post("/", data={"text": "sources"})
    html = await page(client)
    assert '<p class="strong">Yes &lt;b&gt;</p>' in html
    assert '<a href="https://example.org/a?b=1&amp;c=2" target="_blank"' in html
    assert '<p class="small">Source: a page</p>' in html
    assert '<a href="https://example.org/form.pdf"' in html
    assert "javascript:" not in html


@pytest.mark.parametrize(("text", "html"), [
    ("a <b> & c", "a &lt;b&gt; &amp; c"),
    ("(https://e.org/x).", '(<a href="https://e.org/x" target="_blank" rel="noopener" dir="ltr">https://e.org/x</a>).'),
    ('https://e.org/"onclick=x', '<a href="https://e.org/" target="_blank" rel="noopener" dir="ltr">https://e.org/</a>'
                                 "&#34;onclick=x"),
    ("to me@e.org.", 'to <a href="mailto:me@e.org">me@e.org</a>.'),
    ("javascript:alert(1)", "javascript:alert(1)"),
])
def test_links_are_found_in_text(text: str, html: str) -> None:
    assert str(linked(text)) == html


async def test_each_message_says_its_language_and_direction(client: Client, memory: Memory) -> None:
    await client.post("/", data={"text": "hello"})
    await memory.write("conversation1", Body((("plain", "مرحبا"),), "ar", (Button("/menu", "القائمة"),)), "assistant")
    html = await page(client)
    assert '<div class="words" lang="ar" dir="rtl">' in html
    assert '<html lang="ar" dir="rtl">' in html
    assert '<div class="words" dir="auto"><p>hello</p>' in html


async def test_the_browsers_language_is_the_conversations_hint(client: Client, memory: Memory) -> None:
    html = await (await client.get("/", headers={"Accept-Language": "xx,en;q=0.1"})).text()
    unknown = await (await client.get("/", headers={"Accept-Language": "xx"})).text()
    assert hidden(html, "language") == "en"
    assert hidden(unknown, "language") == ""


async def test_a_script_gets_only_what_is_new(client: Client) -> None:
    first = await client.post("/", data={"text": "hello"}, headers=FRAGMENT)
    assert texts(await first.text()) == ["hello", "heard hello"]
    assert first.headers["Content-Language"] == "en"
    second = await client.post("/", data={"text": "again", "after": "4"}, headers=FRAGMENT)
    assert texts(await second.text()) == ["again", "heard again"]


async def test_a_script_is_told_what_is_wrong_in_a_sentence(client: Client) -> None:
    response = await client.post("/", data={"text": "a" * 4001}, headers=FRAGMENT)
    assert (response.status, response.content_type) == (413, "text/plain")
    assert (await response.text()).startswith("A message can have")


async def test_the_stream_brings_messages_as_the_page_shows_them(client: Client, memory: Memory) -> None:
    assert (await client.get("/stream")).status == 401
    await client.post("/", data={"text": "hello"})
    async with client.get("/stream?after=4") as response:
        await memory.write("conversation1", plain("From the team"), "staff")
        await response.content.readuntil(b"\n\n")
        event = (await response.content.readuntil(b"\n\n")).decode()
    assert event.startswith("id: 5\n")
    assert 'id="m5"' in event
    assert "From the team" in event


@pytest.mark.parametrize("language", languages())
async def test_the_first_load_is_at_most_fifteen_kilobytes(client: Client, language: str) -> None:
    """Counts what goes over the wire: heads and compressed bodies of all that the page asks for."""
    html = await page(client, f"/?lang={language}")
    assets = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert len(assets) == 2
    sizes = {path: await wire_size(client, path) for path in (f"/?lang={language}", *assets)}
    assert sum(sizes.values()) <= 15 * 1024
    assert "<img" not in html
    assert "@font-face" not in await page(client, assets[0])


async def wire_size(client: Client, path: str) -> int:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {client.host}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
    received = await reader.read(-1)
    writer.close()
    await writer.wait_closed()
    assert received.startswith(b"HTTP/1.1 200")
    return len(received)


async def test_static_files_may_be_kept_for_a_year(client: Client) -> None:
    asset = re.findall(r'href="(/static/[^"]+css)"', await page(client))[0]
    assert (await client.get(asset)).headers["Cache-Control"] == "public, max-age=31536000, immutable"
