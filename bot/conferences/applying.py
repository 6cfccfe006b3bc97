"""Carries out what a turn asks for about conferences, in the transaction that stores the turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.chats import ChatRow
from flows.conference import effects as asked
from flows.conference.effects import ConferenceEffect
from flows.conversation import offered
from flows.notices import Links
from flows.replies import Reply
from flows.turn import Turn

from .amending import detail
from .leaving import accept, withdraw
from .listening import be_told, take_feedback
from .pairing import invite_partner, join_pair
from .registering import register


async def apply_conference_effect(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: ConferenceEffect, now: datetime,
                                  links: Links) -> Turn:
    """Carries one effect out; returns the turn with what there is to say about how it went."""
    reply = await _done(connection, row, effect, turn.state.language, now, links)
    if reply is None:
        return turn
    whole = replace(turn, replies=(*turn.replies, reply))
    return replace(whole, state=replace(whole.state, offered=offered(whole)))


async def _done(connection: AsyncConnection, row: ChatRow, effect: ConferenceEffect, language: str, now: datetime,
                links: Links) -> Reply | None:
    match effect:
        case asked.Register():
            return await register(connection, row, effect, language, now, links)
        case asked.Detail():
            return await detail(connection, row, effect, now, links)
        case asked.Accept():
            return await accept(connection, row, effect, now, links)
        case asked.Withdraw():
            return await withdraw(connection, row, effect, now)
        case asked.InvitePartner():
            return await invite_partner(connection, row, effect, now)
        case asked.JoinPair():
            return await join_pair(connection, row, effect, now)
        case asked.Interested():
            await be_told(connection, row, effect, now)
            return None
        case asked.GiveFeedback():
            return await take_feedback(connection, row, effect, language, now)
