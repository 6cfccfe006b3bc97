"""The inbox at the desk: found, read, taken, talked about, noted, tagged, and new words while one looks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import event, select, update

from bot.desk.live import MOST_WAITING
from bot.inbox.entries import add
from bot.inbox.finding import Wish, unread, wished
from bot.store.database import Store
from bot.store.inbox_tables import canned_reply
from bot.store.schema import chat, message
from bot.store.staff import add_staff
from flows.state import Session, State
from tests.support.desk import NOW, Browser, a_chat, an_enquiry, desk
from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
PAGE = "/desk/enquiries/E-AAAA22"


@pytest_asyncio.fixture
async def ada(store: Store) -> AsyncIterator[Browser]:
    """Ada's browser; Ana, in the middle of the eligibility check, has asked the team something."""
    number = await a_chat(store)
    state = State("es", chosen=True, session=Session("eligibility", {"side": "south"})).to_json()
    async with store.write() as connection:
        await connection.execute(update(chat).values(state=state))
    await an_enquiry(store, chat_id=number, country="NI", side="south")
    await wrote(store, "question", "¿Cuánto dura una misión?")
    async with desk(store) as browser:
        await browser.sign_in("editor", "Ada")
        yield browser


async def wrote(store: Store, kind: str, text: str, number: int = 1) -> int:
    async with store.write() as connection:
        return await add(connection, number, kind, text, NOW)  # type: ignore[arg-type]  # the parameter lists the kinds


async def state(store: Store) -> State:
    async with store.read() as connection:
        return State.from_json((await connection.execute(select(chat.c.state))).scalar_one())


async def sent(store: Store) -> list[str]:
    async with store.read() as connection:
        bodies = await connection.scalars(select(message.c.body).order_by(message.c.id))
        return ["\n\n".join(text for _tone, text in body["paragraphs"]) for body in bodies]


async def listed(browser: Browser, **query: str) -> list[str]:
    """The references that the list shows."""
    page = await browser.get("/desk/enquiries", **query)
    return [part[:8] for part in page.text.split('class="reference" href="/desk/enquiries/')[1:]]


async def test_a_talk_is_begun_and_handed_back_at_the_very_question(ada: Browser) -> None:
    page = await ada.send(f"{PAGE}/talk", PAGE, version="0")
    assert "You are talking with the person now." in page.words
    assert ("talking now" in page.words, "Ada has begun to talk with the person" in page.words) == (True, True)
    talking = await state(ada.store)
    assert (talking.talk, talking.session, talking.parked) == ("E-AAAA22", None, Session("eligibility", {"side": "south"}))
    await ada.send(f"{PAGE}/reply", PAGE, text="Depende del proyecto.")
    page = await ada.send(f"{PAGE}/back", PAGE)
    assert "Ada has handed the person back to the assistant." in page.words
    after = await state(ada.store)
    assert (after.talk, after.session, after.parked) == ("", Session("eligibility", {"side": "south"}), None)
    assert [option for option, _label in after.offered][-2:] == ["/back", "/stop"]
    joined, answer, back = await sent(ada.store)
    assert (joined.count("Ada"), answer.splitlines()[-1], back.count("Ada")) == (1, "Depende del proyecto.", 1)


async def test_who_joins_a_talk_that_somebody_else_has_begun_is_named_to_the_person(ada: Browser) -> None:
    await ada.send(f"{PAGE}/talk", PAGE)
    async with desk(ada.store) as other:
        await other.sign_in("editor", "Ben")
        assert "Join the talk" in (await other.get(PAGE)).words
        page = await other.send(f"{PAGE}/talk", PAGE)
    assert "Seen to by Ben" in page.words
    assert "Ben" in (await sent(ada.store))[1]


async def test_what_somebody_has_taken_the_others_see(ada: Browser) -> None:
    assert "Seen to by nobody yet" in (await ada.get(PAGE)).words
    assert "You see to this enquiry now." in (await ada.send(f"{PAGE}/take", PAGE, version="0")).words
    async with desk(ada.store) as other:
        await other.sign_in("editor", "Ben")
        assert "Seen to by Ada" in (await other.get(PAGE)).words
        assert (await listed(other, who="mine"), await listed(other, who="nobody"), await listed(ada, who="mine")) == (
            [], [], ["E-AAAA22"])
        page = await other.send(f"{PAGE}/assign", PAGE, to="2")
        assert "Ben sees to it now." in page.words
        assert "Ben has given it back to everybody." in (await other.send(f"{PAGE}/assign", PAGE, to="")).words


async def test_of_two_who_answer_the_second_is_told_and_keeps_the_words(ada: Browser) -> None:
    async with desk(ada.store) as other:
        await other.sign_in("editor", "Ben")
        assert (await ada.send(f"{PAGE}/reply", PAGE, text="Sí.", version="0")).status == 200
        second = await other.send(f"{PAGE}/reply", PAGE, text="No.", version="0")
        assert (second.status, "Somebody else has acted on this enquiry meanwhile." in second.words) == (409, True)
        assert ('dir="auto" aria-describedby="text-hint problem" aria-invalid="true">No.</textarea>' in second.text) is True
        assert "Sí." in second.words
        assert (await other.send(f"{PAGE}/close", PAGE, version="0")).status == 409
    assert len(await sent(ada.store)) == 1


async def test_notes_stay_in_the_team(ada: Browser) -> None:
    page = await ada.send(f"{PAGE}/note", PAGE, note="Ask the ministry first.")
    assert "Note by Ada, for the team only" in page.words
    assert await sent(ada.store) == []
    assert (await ada.send(f"{PAGE}/note", PAGE, note=" ")).status == 422
    assert await listed(ada, text="the MINISTRY") == ["E-AAAA22"]


async def test_tags_are_kept_filtered_by_and_taken_away(ada: Browser) -> None:
    await ada.send(f"{PAGE}/tags", PAGE, tags="Visa, visa , travel costs,")
    assert 'value="travel costs, visa"' in (await ada.get(PAGE)).text
    assert (await listed(ada, tag="visa"), await listed(ada, tag="nothing")) == (["E-AAAA22"], ["E-AAAA22"])
    await ada.send(f"{PAGE}/tags", PAGE, tags="")
    assert 'id="tags" name="tags" maxlength="400" value=""' in (await ada.get(PAGE)).text


async def test_what_is_new_is_marked_until_one_has_read_it(ada: Browser) -> None:
    assert await listed(ada, new="yes") == ["E-AAAA22"]
    assert "1 open enquiry has new words for you." in (await ada.get("/desk/enquiries")).words
    await ada.get(PAGE)
    assert await listed(ada, new="yes") == []
    assert "You have read everything that is open." in (await ada.get("/desk/enquiries")).words
    await wrote(ada.store, "note", "A note is not new to anybody.")
    assert await listed(ada, new="yes") == []
    await wrote(ada.store, "person", "¿Hola?")
    assert await listed(ada, new="yes") == ["E-AAAA22"]


async def test_the_list_finds_by_country_state_and_words_in_any_case(ada: Browser) -> None:
    await an_enquiry(ada.store, "E-BBBB22", question="ÇA MARCHE ?", language="fr", status="closed")
    assert await listed(ada, country="NI") == ["E-AAAA22"]
    assert await listed(ada, status="all", text="ça marche") == ["E-BBBB22"]
    assert await listed(ada, status="all", text="e-bbbb22") == ["E-BBBB22"]
    await wrote(ada.store, "person", "Les VISAS sont chers", 2)
    assert await listed(ada, status="all", text="visas SONT") == ["E-BBBB22"]
    assert await listed(ada, status="talk") == []
    await ada.send(f"{PAGE}/talk", PAGE)
    assert await listed(ada, status="talk") == ["E-AAAA22"]


async def test_a_reply_kept_ready_fills_the_box_with_names_in_their_places(ada: Browser) -> None:
    added = await ada.send("/desk/canned", title="Thanks", language="es", text="Gracias por {reference}. {name}")
    assert "The reply is kept ready." in added.words
    assert f'{PAGE}?canned=1#reply' in (await ada.get(PAGE)).text
    assert ">Gracias por E-AAAA22. Ada</textarea>" in (await ada.get(PAGE, canned="1")).text
    assert (await ada.send("/desk/canned", title="Thanks", language="es", text="Otra")).status == 422
    wrong = await ada.send("/desk/canned", title="Other", language="es", text="Hola {person}")
    assert (wrong.status, "{person} cannot be filled in." in wrong.words) == (422, True)
    await ada.send("/desk/canned/1", title="Thanks", language="es", text="¡Gracias!")
    assert ">¡Gracias!</textarea>" in (await ada.get(PAGE, canned="1")).text
    assert "The reply is removed." in (await ada.send("/desk/canned/1/remove")).words
    async with ada.store.read() as connection:
        assert (await connection.execute(select(canned_reply))).all() == []


async def test_open_pages_are_told_what_is_new_by_one_look_for_all(ada: Browser) -> None:
    looks: list[str] = []
    event.listen(ada.store.engine.sync_engine, "before_cursor_execute",
                 lambda *seen: looks.append(seen[2]) if "enquiry_entry.id >" in seen[2] else None)
    async with asyncio.TaskGroup() as group:
        streams = [group.create_task(news(ada, 3)) for _page in range(5)]
        await asyncio.sleep(0.3)
        looks.clear()
        await wrote(ada.store, "person", "¿Hola?")
        await asyncio.sleep(1.5)
        assert len(looks) <= 2
        await ada.get(PAGE)
    assert [stream.result() for stream in streams] == [[
        {"changed": [], "unread": 1}, {"changed": ["E-AAAA22"], "unread": 1}, {"changed": [], "unread": 0}]] * 5
    assert MOST_WAITING > 3


async def news(browser: Browser, count: int) -> list[dict[str, object]]:
    """The first news of a stream."""
    found: list[dict[str, object]] = []
    async with asyncio.timeout(10), browser.client.get("/desk/live") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        while len(found) < count:
            line = (await stream.content.readline()).decode()
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
    return found


async def test_counts_come_for_all_members_in_one_query(any_store: Store) -> None:
    await an_enquiry(any_store, chat_id=await a_chat(any_store))
    await wrote(any_store, "question", "¿Hola?")
    async with any_store.write() as connection:
        members = [(await add_staff(connection, name, "editor", NOW)).id for name in ("Ada", "Ben")]
        assert await unread(connection, members) == dict.fromkeys(members, 1)
        query = await wished(connection, Wish(text="hola", who="nobody", unread=True), members[0])
        rows = (await connection.execute(query)).all()
    assert [(row.reference, row.unread, row.tags, row.assignee) for row in rows] == [("E-AAAA22", True, None, None)]
