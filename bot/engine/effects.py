"""Carries out what a turn asks for, inside the transaction that stores the turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.chatting import Announcing, apply_announcing
from bot.announcements.listening import Listening, apply_listening
from bot.cases.changing import apply_case_effect
from bot.conferences.applying import apply_conference_effect
from bot.conferences.leaving import end_all
from bot.inbox.talking import Talking, apply_talking
from bot.store import chats, schema
from bot.store.audit import record
from bot.store.chats import ChatRow
from bot.store.consents import record_consent
from bot.store.staff import CHAT_LINK_LASTS, new_link, staff_of_chat, use_link
from flows.case.effects import CaseEffect
from flows.conference.effects import ConferenceEffect
from flows.notices import Links
from flows.replies import say
from flows.state import State
from flows.turn import (
    Concluded,
    Effect,
    Forget,
    HearLater,
    KeepMiss,
    Rate,
    SignInStaff,
    Turn,
)
from locales import Text, _


async def apply_effects(connection: AsyncConnection, row: ChatRow, turn: Turn, now: datetime,
                        links: Links) -> tuple[ChatRow, Turn]:
    """Carries out the turn's effects; returns the chat's row and the turn as they are then.

    Erasing makes a new, empty chat under the old handle, so that the last word can be delivered.
    """
    for effect in turn.effects:
        if isinstance(effect, Forget):
            row = await _forget(connection, row, now)
            turn = replace(turn, state=State(turn.state.language, turn.state.chosen, offered=turn.state.offered))
        elif isinstance(effect, SignInStaff):
            turn = await _sign_in(connection, row, turn, effect, now)
        elif isinstance(effect, Talking):
            turn = await apply_talking(connection, row, turn, effect, now)
        elif isinstance(effect, CaseEffect):
            turn = await apply_case_effect(connection, row, turn, effect, now)
        elif isinstance(effect, ConferenceEffect):
            turn = await apply_conference_effect(connection, row, turn, effect, now, links)
        elif isinstance(effect, Announcing):
            turn = await apply_announcing(connection, row, turn, effect, now)
        elif isinstance(effect, Listening):
            await apply_listening(connection, row, effect, turn.state.language, now)
        else:
            await _apply(connection, row, turn, effect, now)
    return row, turn


async def _apply(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: Effect, now: datetime) -> None:
    language = turn.state.language
    match effect:
        case KeepMiss(text, articles, reason):
            await connection.execute(insert(schema.miss).values(
                text=text, language=language, articles=list(articles), reason=reason, at=now))
        case HearLater(text, consent):
            await record_consent(connection, row, "hear_later", consent, language, now)
            asked = await connection.scalar(select(func.max(schema.miss.c.id)).where(schema.miss.c.text == text))
            if asked is not None:
                await connection.execute(insert(schema.miss_asker).values(miss_id=asked, chat_id=row.id))
        case Rate(article, helped):
            await connection.execute(insert(schema.rating).values(article=article, helped=helped, language=language, at=now))
        case Concluded(flow, result):
            channel = row.handle.partition(":")[0]
            await connection.execute(insert(schema.conclusion).values(
                flow=flow, result=result, language=language, channel=channel, at=now))


async def _forget(connection: AsyncConnection, row: ChatRow, now: datetime) -> ChatRow:
    token = await connection.scalar(select(schema.chat.c.token_hash).where(schema.chat.c.id == row.id))
    await end_all(connection, row.person, now)
    await chats.forget_person(connection, row.person)
    fresh: dict[str, Any] = {"handle": row.handle, "language": row.language, "state": {}, "token_hash": token}
    await chats.create_chats(connection, [fresh], now)
    return (await chats.chats_by_handle(connection, [row.handle]))[row.handle]


async def _sign_in(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: SignInStaff, now: datetime) -> Turn:
    if not effect.code:
        return await _send_link(connection, row, turn, effect.base, now)
    staff = await use_link(connection, effect.code, now)
    if staff is None:
        return _with(turn, _("That code is not valid or has been used. Please ask for a new one."))
    await connection.execute(update(schema.staff).where(schema.staff.c.id == staff.id).values(chat_id=row.id))
    await record(connection, staff, "staff-chat", ("staff", staff.id), now)
    return _with(turn, _("This chat now belongs to {name} of the team.", name=staff.name))


async def _send_link(connection: AsyncConnection, row: ChatRow, turn: Turn, base: str, now: datetime) -> Turn:
    staff = await staff_of_chat(connection, row.id)
    if staff is None:
        return _with(turn, _("Please send /staff with the code from your sign-in page."))
    code = await new_link(connection, staff, now, CHAT_LINK_LASTS)
    await record(connection, staff, "staff-linked", ("staff", staff.id), now)
    return _with(turn, _("Your link to the staff desk, for one use within 15 minutes: {address}",
                         address=f"{base}/desk/sign-in/{code}"))


def _with(turn: Turn, text: Text) -> Turn:
    return replace(turn, replies=(*turn.replies, say(text)))
