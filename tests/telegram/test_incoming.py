from __future__ import annotations

import re
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.incoming import Me, Moved, Reach, Taken, take
from bot.messages import Inbound
from flows.turn import Attached, Corrected, Pressed, Said, Unreadable
from tests.support.bot_api import TOKEN
from tests.support.bot_world import BOT, World

ME = Me(1, "partner_bot")
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
FILE = {"file_id": "f", "file_unique_id": "f"}
GROUP, TOPIC = -100, 3


@pytest.fixture
def world() -> World:
    return World()


def taken(update: dict[str, Any], me: Me = ME) -> Taken | None:
    return take(Update.de_json(update, None), me)


def incoming(update: dict[str, Any], me: Me = ME) -> object:
    found = taken(update, me)
    return found.incoming if isinstance(found, Inbound) else found


def test_a_text_comes_with_its_chat_its_numbers_and_its_language(world: World) -> None:
    update = world.say(7, "Hello", language="pt-br")
    number = update["message"]["message_id"]
    assert taken(update) == Inbound("telegram", "7", str(update["update_id"]), Said("Hello"), "pt-br", str(number))


@pytest.mark.parametrize("text", ["/start", "/start check", "/start lang-es", "/check@partner_bot", "/check@another_bot",
                                  "  spaced  "])
def test_a_private_text_is_taken_as_it_is(text: str, world: World) -> None:
    assert incoming(world.say(7, text)) == Said(text)


def test_an_edit_corrects_the_message_it_belongs_to(world: World) -> None:
    first = world.say(7, "Gana")["message"]["message_id"]
    found = taken(world.say(7, "Ghana", edit=first))
    assert isinstance(found, Inbound)
    assert (found.incoming, found.external) == (Corrected("Ghana", None), str(first))


@pytest.mark.parametrize(("content", "what"), [
    ({"voice": FILE | {"duration": 1}}, "voice"), ({"audio": FILE | {"duration": 1}}, "voice"),
    ({"video_note": FILE | {"duration": 1, "length": 1}}, "voice"),
    ({"video": FILE | {"width": 1, "height": 1, "duration": 1}}, "picture"),
    ({"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE}, "picture"),
    ({"sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}, "sticker"),
    ({"location": {"longitude": 1.0, "latitude": 2.0}}, "location"),
    ({"contact": {"phone_number": "1", "first_name": "A"}}, "other"),
])
def test_what_is_not_text_is_named(content: dict[str, Any], what: str, world: World) -> None:
    assert incoming(world.post(7, content)) == Unreadable(what)  # type: ignore[arg-type]  # the parameter lists Unreadable's words


def test_a_document_comes_with_its_caption(world: World) -> None:
    document = FILE | {"file_name": "minutes.pdf", "file_size": 5}
    expected = Attached("file", "f", "minutes.pdf", 5, "And this?")
    assert incoming(world.post(7, {"document": document, "caption": "And this?"})) == expected
    assert incoming(world.post(GROUP, {"document": document, "caption": "@partner_bot And this?"}, person=7)) == expected
    assert incoming(world.post(GROUP, {"document": document}, person=7)) is None


def test_of_a_picture_the_largest_size_is_taken(world: World) -> None:
    sizes = [*PHOTO, {"file_id": "q", "file_unique_id": "q", "width": 2, "height": 2, "file_size": 9}]
    found = incoming(world.post(7, {"photo": sizes, "media_group_id": "album"}))
    assert isinstance(found, Attached)
    assert (found.what, found.reference, found.size, found.album) == ("picture", "q", 9, "album")
    assert re.fullmatch(r"photo-[\d-]+\.jpg", found.name)


def test_a_changed_caption_corrects_what_was_said(world: World) -> None:
    assert incoming(world.post(7, {"photo": PHOTO, "caption": "Ghana"}, edit=5)) == Corrected("Ghana", None)


@pytest.mark.parametrize("content", [
    {"new_chat_members": [BOT]}, {"pinned_message": None}, {"group_chat_created": True}, {"new_chat_title": "Title"},
])
def test_service_messages_are_passed_over(content: dict[str, Any], world: World) -> None:
    assert taken(world.post(7, content)) is None


def test_an_edit_without_text_is_passed_over(world: World) -> None:
    assert taken(world.post(7, {"location": {"longitude": 1.0, "latitude": 2.0}}, edit=1)) is None


def test_a_press_carries_the_buttons_id(world: World) -> None:
    offer(world, 7)
    assert incoming(world.press(7, "Yes")) == Pressed("a:yes")


def test_a_press_on_a_message_too_old_to_be_shown_counts_too(world: World) -> None:
    offer(world, 7)
    update = world.press(7, "Yes")
    update["callback_query"]["message"] = {"chat": {"id": 7, "type": "private"}, "message_id": 1, "date": 0}
    found = taken(update)
    assert isinstance(found, Inbound)
    assert (found.address, found.incoming) == ("7", Pressed("a:yes"))


def test_blocking_and_coming_back_are_told_from_each_other(world: World) -> None:
    assert taken(world.block(7)) == Reach(7, is_open=False)
    assert taken(world.block(7, blocked=False)) == Reach(7, is_open=True)


def test_channel_posts_and_unknown_updates_are_passed_over(world: World) -> None:
    post = {"message_id": 1, "date": 0, "chat": {"id": -1, "type": "channel", "title": "News"}, "text": "Hello"}
    assert taken(world.update({"channel_post": post})) is None
    assert taken(world.update({"message": post})) is None
    assert taken(world.update({"tomorrows_kind": {}})) is None


@pytest.mark.parametrize(("text", "heard"), [
    ("/check@partner_bot", "/check@partner_bot"), ("/language@Partner_Bot es", "/language@Partner_Bot es"),
    ("@partner_bot Can Ghana take part?", "Can Ghana take part?"),
    ("Can Ghana take part, @PARTNER_BOT?", "Can Ghana take part, ?"),
    ("@partner_bot", ""),
])
def test_in_a_group_it_hears_what_is_addressed_to_it(text: str, heard: str, world: World) -> None:
    assert incoming(world.say(GROUP, text, person=7)) == Said(heard)


@pytest.mark.parametrize("text", [
    "Hello all", "/check", "/check@another_bot", "@partner_bots are fun", "me@partner_bot.example", "mail@partner_bot",
    "/check@partner_botanist",
])
def test_in_a_group_it_does_not_hear_the_rest(text: str, world: World) -> None:
    assert taken(world.say(GROUP, text, person=7)) is None


def test_a_reply_to_it_is_addressed_to_it(world: World) -> None:
    offer(world, GROUP)
    number = world.replies[GROUP][0].id
    assert incoming(world.say(GROUP, "Ghana", person=7, reply_to=number)) == Said("Ghana")
    assert incoming(world.post(GROUP, {"voice": FILE | {"duration": 1}}, person=7, reply_to=number)) == Unreadable("voice")
    assert incoming(world.say(GROUP, "Ghana", person=7, reply_to=number), Me(1)) == Said("Ghana")


def test_a_topic_that_it_opened_does_not_address_it_with_every_message(world: World) -> None:
    world.messages[GROUP][TOPIC] = {
        "message_id": TOPIC, "date": 0, "chat": {"id": GROUP, "type": "supergroup"}, "from": BOT,
        "forum_topic_created": {"name": "Questions", "icon_color": 0}}
    assert taken(world.say(GROUP, "Hello all", person=7, topic=TOPIC, reply_to=TOPIC)) is None


def test_two_people_in_a_group_and_two_topics_are_conversations_of_their_own(world: World) -> None:
    updates = [world.say(GROUP, "@partner_bot hi", person=7), world.say(GROUP, "@partner_bot hi", person=8),
               world.say(GROUP, "@partner_bot hi", person=7, topic=TOPIC)]
    found = [taken(update) for update in updates]
    assert [one.address for one in found if isinstance(one, Inbound)] == ["-100/7", "-100/8", "-100/7/3"]


def test_in_a_group_only_the_asker_presses_the_buttons(world: World) -> None:
    question = world.say(GROUP, "@partner_bot hi", person=7)["message"]["message_id"]
    offer(world, GROUP, reply_parameters={"message_id": question})
    assert taken(world.press(GROUP, "Yes", person=8)) is None
    found = taken(world.press(GROUP, "Yes", person=7))
    assert isinstance(found, Inbound)
    assert (found.address, found.incoming) == ("-100/7", Pressed("a:yes"))


def test_other_bots_are_not_answered(world: World) -> None:
    update = world.say(GROUP, "@partner_bot hi", person=9)
    update["message"]["from"]["is_bot"] = True
    assert taken(update) is None


def test_a_group_that_becomes_a_supergroup_is_reported(world: World) -> None:
    assert taken(world.post(-5, {"migrate_to_chat_id": -100})) == Moved(-5, -100)


def offer(world: World, chat: int, **more: Any) -> None:
    """A message of the bot's with a button."""
    world.messages.setdefault(chat, {})
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "a:yes"}]]}
    world.call("sendMessage", {"chat_id": chat, "text": "Agreed?", "reply_markup": buttons, **more})


def test_the_bots_number_stands_in_its_token() -> None:
    assert TOKEN.startswith(f"{BOT['id']}:")
