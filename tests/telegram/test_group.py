"""The team's Telegram group, over the running program: it hears of enquiries, and answers by replying."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.app import assistant
from bot.channels.telegram.incoming import Me, Moved, TeamAnswer, take
from bot.settings import Settings
from bot.store.database import Store
from bot.store.staff import Role, add_staff, new_link
from tests.support.bot_api import TOKEN, BotApi
from tests.support.bot_world import World

ANA, ADA, EVE, GROUP = 7, 8, 9, -500


@dataclass
class Office:
    """Ana who asks, Ada of the team, Eve who is not, and the group."""

    api: BotApi
    store: Store

    async def say(self, person: int, text: str) -> str:
        self.api.world.say(person, text)
        return (await self.api.wait_for_reply(person)).text

    async def ask(self) -> str:
        """Ana asks; returns what the group reads."""
        for text in ("/contact", "yes", "Who may sign the <letter>?"):
            await self.say(ANA, text)
        await self.say(ANA, "Here in this chat")
        return (await self.api.wait_for_reply(GROUP)).text

    async def link(self, person: int, role: Role) -> None:
        """Makes somebody's chat that of a member of staff."""
        async with self.store.write() as connection:
            member = await add_staff(connection, f"Person {person}", role, datetime.now(UTC))
            code = await new_link(connection, member, datetime.now(UTC))
        assert "belongs to" in await self.say(person, f"/staff {code}")

    async def reply(self, person: int, text: str) -> str:
        """Somebody's reply in the group to what it was told first; returns what the group reads then."""
        self.api.world.say(GROUP, text, person=person, reply_to=self.api.world.replies[GROUP][0].id)
        return (await self.api.wait_for_reply(GROUP)).text


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with BotApi() as api:
        api.world.say(GROUP, "We are a group")
        settings = Settings(_env_file=None, data_dir=tmp_path, port=0, telegram_bot_token=TOKEN, telegram_api_url=api.url,
                            staff_telegram_group=GROUP)
        async with assistant(settings) as running:
            yield Office(api, running.store)


async def test_the_group_is_told_and_a_member_answers_by_replying(office: Office) -> None:
    told = await office.ask()
    assert told.startswith("New enquiry E-")
    assert ("English" in told, "Who may sign the <letter>?" in told, str(ANA) in told.split("E-")[0]) == (True, True, False)
    assert "Not sent: I do not know you" in await office.reply(EVE, "The mayor.")
    await office.link(ADA, "viewer")
    assert "your role does not allow this" in await office.reply(ADA, "The mayor.")
    await office.link(ADA, "editor")
    assert "the answer is on its way" in await office.reply(ADA, "The mayor.")
    answer = await office.api.wait_for_reply(ANA)
    assert answer.text.endswith("The mayor.")
    assert len([reply for reply in office.api.world.replies[ANA] if "The mayor." in reply.text]) == 1
    await office.say(ANA, "Menu")
    office.api.world.press(ANA, "Write back to the team")
    assert "You can write to the team now" in (await office.api.wait_for_reply(ANA)).text
    office.api.world.say(ANA, "And the deputy?")
    more = (await office.api.wait_for_reply(GROUP)).text
    assert (more.startswith("More about E-"), "And the deputy?" in more) == (True, True)


async def test_nothing_else_in_the_group_leads_anywhere(office: Office) -> None:
    await office.ask()
    before = len(office.api.world.replies[GROUP])
    for text in ("/mydata@partner_bot", "@partner_bot hello", "/help@partner_bot", "Who takes this?"):
        office.api.world.say(GROUP, text, person=ADA)
    await office.say(ANA, "/help")
    assert len(office.api.world.replies[GROUP]) == before


ME = Me(1, "partner_bot")


def taken(update: dict[str, Any]) -> object:
    return take(Update.de_json(update, None), ME, GROUP)


@pytest.fixture
def world() -> World:
    world = World()
    world.say(GROUP, "We are a group")
    world.call("sendMessage", {"chat_id": GROUP, "text": "New enquiry E-AAAA22", "reply_markup": {
        "inline_keyboard": [[{"text": "Menu", "callback_data": "/menu"}]]}})
    return world


def test_a_reply_comes_with_what_it_replies_to(world: World) -> None:
    told = world.replies[GROUP][0].id
    update = world.say(GROUP, " The mayor. ", person=ADA, reply_to=told)
    assert taken(update) == TeamAnswer(GROUP, update["message"]["message_id"], ADA, "New enquiry E-AAAA22", "The mayor.",
                                       f"telegram:{update['update_id']}")


def test_presses_edits_and_replies_to_others_are_passed_over(world: World) -> None:
    said = world.say(GROUP, "The mayor.", person=ADA, reply_to=world.replies[GROUP][0].id)["message"]["message_id"]
    assert taken(world.press(GROUP, "Menu", person=ADA)) is None
    assert taken(world.say(GROUP, "The deputy.", person=ADA, edit=said)) is None
    assert taken(world.say(GROUP, "Really?", person=EVE, reply_to=said)) is None


def test_the_group_keeps_its_place_when_it_moves(world: World) -> None:
    assert taken(world.post(GROUP, {"migrate_to_chat_id": -900})) == Moved(GROUP, -900)
