"""Reading and writing conversations, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Body, Message

from .files import sweep_soon
from .gone import count_as_left
from .partnerships import drop_empty
from .schema import chat, message, person

MOST_LOOKED_THROUGH = 200  # messages, for the label of an old button


@dataclass(frozen=True)
class ChatRow:
    """A conversation as it was read."""

    id: int
    person: int
    handle: str
    language: str
    state: Mapping[str, Any]
    version: int


@dataclass(frozen=True)
class NewMessage:
    """A message to store; `sent_at` is empty for one that still has to go out, `owner` names who sends it."""

    chat: int
    author: str
    body: Body
    at: datetime
    key: str | None = None
    external: str | None = None
    answered: str | None = None
    reply_to: int | None = None
    sent_at: datetime | None = None
    owner: str | None = None


async def chats_by_handle(connection: AsyncConnection, handles: Collection[str]) -> dict[str, ChatRow]:
    """The chats of these handles that exist."""
    rows = await connection.execute(select(chat).where(chat.c.handle.in_(handles)))
    return {row.handle: ChatRow(row.id, row.person_id, row.handle, row.language, row.state, row.version) for row in rows}


async def create_chats(connection: AsyncConnection, fresh: Sequence[Mapping[str, Any]], now: datetime) -> list[int]:
    """Stores new chats, each with a person of its own; returns their numbers in order."""
    people = await connection.scalars(
        insert(person).returning(person.c.id, sort_by_parameter_order=True), [{"created_at": now} for _ in fresh])
    rows = [{"version": 0, "token_hash": None, "created_at": now, "seen_at": now, **values, "person_id": owner}
            for values, owner in zip(fresh, people.all(), strict=True)]
    return list(await connection.scalars(insert(chat).returning(chat.c.id, sort_by_parameter_order=True), rows))


async def unchanged(connection: AsyncConnection, versions: Mapping[int, int]) -> set[int]:
    """Locks these chats and tells which still have the version that was read."""
    rows = await connection.execute(
        select(chat.c.id, chat.c.version).where(chat.c.id.in_(versions)).order_by(chat.c.id).with_for_update())
    return {row.id for row in rows if row.version == versions[row.id]}


async def save_states(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores states; each row holds `number`, `state`, `language` and `seen_at`."""
    statement = update(chat).where(chat.c.id == bindparam("number")).values(
        state=bindparam("state"), language=bindparam("language"), seen_at=bindparam("seen_at"), version=chat.c.version + 1,
        blocked_at=None)
    await connection.execute(statement, list(rows))


async def add_messages(connection: AsyncConnection, messages: Sequence[NewMessage]) -> list[int]:
    """Stores messages and returns their numbers in order.

    Raises sqlalchemy.exc.IntegrityError if an inbound key was claimed by somebody else meanwhile.
    """
    if not messages:
        return []
    rows = [{
        "chat_id": new.chat, "author": new.author, "body": new.body.to_json(), "at": new.at, "key": new.key,
        "external": new.external, "answered": new.answered, "reply_to": new.reply_to, "sent_at": new.sent_at, "owner": new.owner,
        "failure": None,
    } for new in messages]
    return list(await connection.scalars(insert(message).returning(message.c.id, sort_by_parameter_order=True), rows))


async def claimed(connection: AsyncConnection, keys: Collection[str]) -> dict[str, int]:
    """Which of these inbound keys were taken in before, with the number of that message."""
    rows = await connection.execute(select(message.c.key, message.c.id).where(message.c.key.in_(keys)))
    return {row.key: row.id for row in rows}


async def replies_to(connection: AsyncConnection, inbound: Collection[int]) -> dict[int, list[Message]]:
    """The replies that earlier inbound messages led to."""
    rows = await connection.execute(
        select(message, chat.c.handle).join(chat).where(message.c.reply_to.in_(inbound)).order_by(message.c.id))
    found: dict[int, list[Message]] = {number: [] for number in inbound}
    for row in rows:
        found[row.reply_to].append(_message(row))
    return found


async def unsent_replies(connection: AsyncConnection, inbound: Collection[int], owner: str) -> list[Message]:
    """Replies to these messages that this process is to send and has not sent."""
    rows = await connection.execute(
        select(message, chat.c.handle).join(chat)
        .where(message.c.reply_to.in_(inbound), message.c.sent_at.is_(None), message.c.owner == owner).order_by(message.c.id))
    return [_message(row) for row in rows]


async def answered_key(connection: AsyncConnection, handle: str, external: str) -> str | None:
    """The question that a message, by its channel's own number, had answered."""
    query = (select(message.c.answered).join(chat)
             .where(chat.c.handle == handle, message.c.external == external, message.c.answered.is_not(None))
             .order_by(message.c.id.desc()).limit(1))
    found: str | None = await connection.scalar(query)
    return found


async def label_of(connection: AsyncConnection, number: int, choice: str) -> str | None:
    """What a button of one of a chat's newest messages was called, by its id."""
    bodies = await connection.scalars(select(message.c.body).where(message.c.chat_id == number, message.c.author != "person")
                                      .order_by(message.c.id.desc()).limit(MOST_LOOKED_THROUGH))
    buttons = (button for body in bodies for button in Body.from_json(body).buttons)
    return next((button.label for button in buttons if button.id == choice), None)


async def messages_since(connection: AsyncConnection, handle: str, after: int, most: int = 200) -> list[Message]:
    """A chat's messages after a number, oldest first."""
    rows = await connection.execute(
        select(message, chat.c.handle).join(chat).where(chat.c.handle == handle, message.c.id > after)
        .order_by(message.c.id).limit(most))
    return [_message(row) for row in rows]


async def mark_sent(connection: AsyncConnection, numbers: Collection[int], now: datetime) -> None:
    """These messages are out."""
    await connection.execute(update(message).where(message.c.id.in_(numbers)).values(sent_at=now, owner=None))


async def mark_failed(connection: AsyncConnection, number: int, why: str, now: datetime) -> None:
    """This message will never go out."""
    await connection.execute(
        update(message).where(message.c.id == number).values(sent_at=now, owner=None, failure=why[:300]))


async def mark_blocked(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """The person can no longer be reached: what waits for them is given up."""
    await connection.execute(update(chat).where(chat.c.id == chat_id).values(blocked_at=now))
    await connection.execute(update(message).where(message.c.chat_id == chat_id, message.c.sent_at.is_(None))
                             .values(sent_at=now, owner=None, failure="blocked"))


async def forget_person(connection: AsyncConnection, number: int) -> None:
    """Erases a person; chats, messages, enquiries, consents, subscriptions and notes go along, a case with its last one."""
    await count_as_left(connection, chat.c.person_id == number)
    await connection.execute(delete(person).where(person.c.id == number))
    await drop_empty(connection)
    await sweep_soon(connection, datetime.now(UTC))


def _message(row: Any) -> Message:
    return Message(row.id, row.chat_id, row.handle, row.author, Body.from_json(row.body))
