"""Announcements in conversation: people choose what they hear and leave with a tap, staff compose and steer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.announcements.store import announcement_numbered
from bot.store.announcement_tables import delivery, listener
from bot.store.database import Store
from bot.store.schema import chat, consent, subscription
from bot.store.staff import Role, add_staff, new_link
from tests.support.announcing import LONG_AGO, Noting, now, queue, replica_of, status, subscribers, until_done
from tests.support.engine import Party, party


@pytest.fixture
async def talk(store: Store) -> AsyncIterator[Party]:
    async with party(store.url.render_as_string(hide_password=False)) as opened:
        yield opened


async def topics(store: Store) -> list[str]:
    async with store.read() as connection:
        return sorted(await connection.scalars(select(subscription.c.topic)))


async def join_team(talk: Party, address: str, name: str, role: Role = "editor") -> None:
    async with talk.store.write() as connection:
        code = await new_link(connection, await add_staff(connection, name, role, now()), now())
    assert f"belongs to {name}" in await talk.say(f"/staff {code}", address)


async def test_people_choose_topics_by_region_and_leave_all_at_once(talk: Party) -> None:
    assert "What would you like to hear about?" in await talk.say("/subscribe")
    await talk.press("/subscribe conferences-africa")
    await talk.press("/subscribe calls")
    assert await topics(talk.store) == ["calls", "conferences-africa"]
    await talk.say("/unsubscribe")
    assert await topics(talk.store) == []
    async with talk.store.read() as connection:
        given = list(await connection.scalars(select(consent.c.withdrawn_at)))
    assert len(given) == 2
    assert None not in given


async def test_what_the_check_was_told_chooses_announcements_once_one_subscribes(talk: Party) -> None:
    for line in ("/check", "1", "Kenya", "1", "1"):
        await talk.say(line)
    async with talk.store.read() as connection:
        assert list(await connection.scalars(select(listener.c.side))) == []
    await talk.say("/subscribe all")
    async with talk.store.read() as connection:
        row = (await connection.execute(select(listener))).one()
    assert (row.side, row.country) == ("south", "KE")
    held = await talk.say("/mydata")
    assert "What announcements are chosen by" in held
    await talk.say("/unsubscribe")
    async with talk.store.read() as connection:
        assert list(await connection.scalars(select(listener.c.side))) == []


async def test_a_subscriber_says_what_concerns_them_and_how_to_address_them(talk: Party) -> None:
    await talk.say("/subscribe general")
    for line in ("/interests", "2", "Peru", "Frau Weber"):
        await talk.say(line)
    async with talk.store.write() as connection:
        row = (await connection.execute(select(listener))).one()
        await connection.execute(update(chat).values(handle="telegram:1", seen_at=LONG_AGO))
    assert (row.side, row.country, row.partner, row.name) == ("german", "DE", "PE", "Frau Weber")
    number, channel = await queue(talk.store, {"en": "Dear {name}"}, audience={"countries": "PE"}), Noting()
    async with replica_of(talk.store, channel):
        await until_done(talk.store, number)
    assert [notice.body.text for _time, notice in channel.sent] == ["Dear Frau Weber"]


async def test_buttons_are_counted_and_one_tap_leaves(talk: Party) -> None:
    await talk.say("/subscribe conferences")
    async with talk.store.write() as connection:
        await connection.execute(update(chat).values(handle="telegram:1", seen_at=LONG_AGO))
    number, channel = await queue(talk.store, topic="conferences", buttons=["register", "more", "not-interested"]), Noting()
    async with replica_of(talk.store, channel):
        await until_done(talk.store, number)
    async with talk.store.write() as connection:
        await connection.execute(update(chat).values(handle="note:1"))
    buttons = [button.id for button in channel.sent[0][1].body.buttons]
    for button in buttons[:3]:
        await talk.press(button)
    assert "no more announcements about: Conferences" in await talk.press(buttons[3])
    assert await topics(talk.store) == []
    counted = await status(talk.store, number)
    assert (counted.clicked, counted.departed) == (1, 1)
    async with talk.store.read() as connection:
        assert await connection.scalar(select(delivery.c.clicked)) == "leave"


async def test_a_person_erased_before_their_turn_counts_as_left(talk: Party) -> None:
    await subscribers(talk.store, 5)
    await talk.say("/subscribe general", "9")
    number = await queue(talk.store)
    async with replica_of(talk.store, Noting(), 1.0):
        while (await status(talk.store, number)).sent < 1:
            pass
        await talk.say("/forget", "9")
        await talk.press("sure:yes", "9")
        counted = await status(talk.store, number)
    assert (counted.total, counted.left) == (6, 1)


async def test_the_team_composes_looks_at_and_sends_in_chat(talk: Party) -> None:
    await subscribers(talk.store, 3)
    await subscribers(talk.store, 1, 10, language="fr")
    assert "Only the team can do this" in await talk.say("/announce", "7")
    await join_team(talk, "7", "Ana")
    assert "What is the announcement about?" in await talk.say("/announce", "7")
    assert "4 people have subscribed to it, in these languages: English" in await talk.say("General news", "7")
    assert "write the text in Français, or “-” for none" in await talk.say("Dear {name},\nnews", "7")
    assert "readers of other languages get: Français?" in (await talk.say("-", "7"))
    shown = await talk.say("English", "7")
    assert "Dear {name},\nnews" in shown
    assert "Recipients: 4. Send it?" in shown
    assert "Announcement 1 is on its way." in await talk.say("Send it", "7")
    channel = Noting()
    async with replica_of(talk.store, channel):
        await until_done(talk.store, 1)
    assert len(channel.sent) == 4
    assert "4 of 4 sent" in await talk.say("/announce status 1", "7")


async def test_the_team_stops_one_in_chat_and_approves_another_ones(talk: Party, tmp_path: Path) -> None:
    talk.engine.brain.second_above = 2
    await subscribers(talk.store, 3)
    await join_team(talk, "7", "Ana")
    await join_team(talk, "8", "Bernd")
    await join_team(talk, "9", "Eva", "viewer")
    for line in ("/announce", "General news", "Some news"):
        heard = await talk.say(line, "7")
    assert "a second person has to approve it" in heard
    assert "waits for the approval of a second person" in await talk.say("Send it", "7")
    assert "Somebody else than its author" in await talk.press("/announce approve 1", "7")
    assert "Only the team" in await talk.say("/announce approve 1", "9")
    assert "on its way" in await talk.press("/announce approve 1", "8")
    await talk.press("/announce stop 1", "7")
    async with talk.store.read() as connection:
        found = await announcement_numbered(connection, 1)
    assert found is not None
    assert found.state == "cancelled"
