"""From a Telegram update to what the engine takes in: pure, so that what is answered where can be read in one place.

In a group the assistant takes notice only when it is addressed: by a command with its name, by a mention, or by a reply to it.
In the team's own group it hears nothing but replies to what it has told there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User

from bot.messages import Inbound
from flows.turn import Attached, Corrected, Incoming, Pressed, Said, Unreadable

from .places import Place

CHANNEL = "telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
What = Literal["voice", "picture", "sticker", "location", "file", "other"]
# Looked through in this order: an animation is also a document, a venue also a location.
CONTENTS: tuple[tuple[What, tuple[str, ...]], ...] = (
    ("voice", ("voice", "audio", "video_note")),
    ("picture", ("photo", "video", "animation", "paid_media")),
    ("sticker", ("sticker", "dice")),
    ("location", ("location", "venue")),
    ("file", ("document",)),
    ("other", ("contact", "poll", "story", "game", "invoice", "giveaway", "checklist")),
)


@dataclass(frozen=True)
class Me:
    """The bot itself; its name is unknown while the server does not tell."""

    id: int
    name: str | None = None


@dataclass(frozen=True)
class Reach:
    """The bot was shut out of a chat, or let in again."""

    chat: int
    is_open: bool


@dataclass(frozen=True)
class Moved:
    """A group has become a supergroup and has a new number."""

    old: int
    new: int


@dataclass(frozen=True)
class TeamAnswer:
    """Somebody in the team's group has replied to something that it was told (`told`)."""

    group: int
    message: int
    person: int
    told: str
    text: str
    key: str


Taken = Inbound | Reach | Moved | TeamAnswer


def take(update: Update, me: Me, team: int | None = None) -> Taken | None:
    """What an update means to the assistant; None for what it need not answer. `team` is the number of the team's group."""
    if team is not None and update.effective_chat is not None and update.effective_chat.id == team:
        return _from_team(update, me)
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _reach(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.chat.type == "channel" or message.is_automatic_forward:
        return None
    if message.migrate_to_chat_id is not None:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    incoming = _content(message, me, is_edit=update.message is None)
    return _inbound(update.update_id, message, incoming) if incoming else None


def _from_team(update: Update, me: Me) -> Moved | TeamAnswer | None:
    """No command, press, edit or talk of the team's leads anywhere, so that nothing of anybody's is shown there."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    earlier = message.reply_to_message
    told = earlier.text if earlier and earlier.from_user and earlier.from_user.id == me.id else None
    if told is None or message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
        return None
    return TeamAnswer(message.chat.id, message.message_id, message.from_user.id, told, (message.text or "").strip(),
                      f"{CHANNEL}:{update.update_id}")


def is_anothers(query: CallbackQuery) -> bool:
    """Whether somebody else's buttons were pressed, which only a group lets one do."""
    asked = getattr(query.message, "reply_to_message", None)
    asker = asked.from_user if asked is not None else None
    return asker is not None and not asker.is_bot and asker.id != query.from_user.id


def _content(message: Message, me: Me, is_edit: bool) -> Incoming | None:
    if message.chat.type != "private" and not _is_addressed(message, me):
        return None
    if message.from_user is None or (message.from_user.is_bot and message.sender_chat is None):
        return None
    text = message.text if message.text is not None else message.caption
    file = None if is_edit else _file(message)
    if file is not None:
        written = text or ""
        return replace(file, caption=written if message.chat.type == "private" else _without_mention(written, me))
    if text is None:
        what = _what(message)
        return Unreadable(what) if what and not is_edit else None
    if message.chat.type != "private":
        text = _without_mention(text, me)
    return Corrected(text, None) if is_edit else Said(text)


def _file(message: Message) -> Attached | None:
    """A document, or a picture in its largest size; an animation only looks like a document."""
    if message.document is not None and message.animation is None:
        sent = message.document
        return Attached("file", sent.file_id, sent.file_name or "", sent.file_size or 0, album=message.media_group_id or "")
    if message.photo:
        photo = message.photo[-1]
        name = f"photo-{message.date:%Y-%m-%d-%H%M%S}-{message.message_id}.jpg"
        return Attached("picture", photo.file_id, name, photo.file_size or 0, album=message.media_group_id or "")
    return None


def _what(message: Message) -> What | None:
    return next((what for what, names in CONTENTS if any(getattr(message, name) for name in names)), None)


def _is_addressed(message: Message, me: Me) -> bool:
    earlier = message.reply_to_message
    # In a topic every message counts as a reply to the one that opened it.
    if earlier and earlier.from_user and earlier.from_user.id == me.id and not earlier.forum_topic_created:
        return True
    mentioned = {entity.user.id for entity in (*message.entities, *message.caption_entities) if entity.user}
    text = message.text or message.caption or ""
    return me.id in mentioned or (me.name is not None and _named(me.name).search(text) is not None)


def _named(name: str) -> re.Pattern[str]:
    """"@name" alone, or at the end of the command that opens the text."""
    return re.compile(rf"(?:\A/\w+|(?<![\w@/]))@{re.escape(name)}(?!\w)", re.IGNORECASE)


def _without_mention(text: str, me: Me) -> str:
    if me.name is None or text.startswith("/"):
        return text
    return _named(me.name).sub("", text).strip()


def _inbound(number: int, message: Message, incoming: Incoming) -> Inbound:
    assert message.from_user is not None, "messages without a sender are not taken in"
    place = _place(message, message.from_user)
    return Inbound(CHANNEL, str(place), str(number), incoming, message.from_user.language_code, str(message.message_id))


def _place(message: Message, person: User) -> Place:
    if message.chat.type == "private":
        return Place(message.chat.id)
    return Place(message.chat.id, person.id, message.message_thread_id if message.is_topic_message else None)


def _pressed(number: int, query: CallbackQuery) -> Inbound | None:
    message = query.message
    if not query.data or message is None or is_anothers(query):
        return None
    if isinstance(message, Message):
        place = _place(message, query.from_user)
    else:
        place = Place(message.chat.id, None if message.chat.type == "private" else query.from_user.id)
    return Inbound(CHANNEL, str(place), str(number), Pressed(query.data), query.from_user.language_code)


def _reach(change: ChatMemberUpdated) -> Reach | None:
    was, now = change.old_chat_member.status, change.new_chat_member.status
    shut = {"left", "kicked"}
    if change.chat.type == "channel" or (was in shut) == (now in shut):
        return None
    return Reach(change.chat.id, now not in shut)
