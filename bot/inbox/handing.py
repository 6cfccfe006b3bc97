"""Turns that somebody of the team begins: the person's conversation changes hands, and the person sees it.

They are taken inside the team's own transaction; a message of the person's that is being worked on at the same time is
worked on again with the new state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.brain import Brain
from bot.messages import PULLED, Body
from bot.render import render
from bot.store.chats import ChatRow, NewMessage, add_messages
from bot.store.schema import chat
from flows.conversation import offered
from flows.known import Known, Wanted
from flows.replies import Reply
from flows.state import State
from flows.turn import Turn
from flows.world import World

Act = Callable[[State, World], Turn]


class Assistant(Protocol):
    """What of the engine such a turn needs."""

    brain: Brain

    async def fetch(self, connection: AsyncConnection, known: Known, handle: str, wanted: Wanted) -> Known:
        """What is known with what the turn wants."""


@dataclass(frozen=True)
class TeamTurns:
    """Takes such turns."""

    assistant: Assistant

    async def take(self, connection: AsyncConnection, number: int, author: str, act: Act, now: datetime) -> tuple[str, ...]:
        """Changes a chat's state and lays what there is to say into it; returns the words. Without a chat, nothing happens."""
        row = await _held(connection, number)
        if row is None:
            return ()
        state = self.assistant.brain.state(row, None)
        turn = await self._turn(connection, row, state, act, now)
        kept = replace(turn.state, offered=offered(turn)).to_json()
        await connection.execute(update(chat).where(chat.c.id == row.id).values(state=kept, version=chat.c.version + 1))
        return await lay(connection, row.id, row.handle, author, turn.replies, state.language, now)

    async def _turn(self, connection: AsyncConnection, row: ChatRow, state: State, act: Act, now: datetime) -> Turn:
        known = Known()
        while True:
            try:
                return act(state, self.assistant.brain.world(row.handle.partition(":")[0], state, known, now))
            except Wanted as wanted:
                known = await self.assistant.fetch(connection, known, row.handle, wanted)


async def lay(connection: AsyncConnection, number: int, handle: str, author: str, replies: tuple[Reply, ...], language: str,
              now: datetime) -> tuple[str, ...]:
    """Lays replies into a chat, to be sent by whoever sends for that channel; returns their words."""
    sent_at = now if handle.partition(":")[0] in PULLED else None
    bodies: list[Body] = [render(reply, language) for reply in replies]
    await add_messages(connection, [NewMessage(number, author, body, now, sent_at=sent_at) for body in bodies])
    return tuple(body.text for body in bodies)


async def _held(connection: AsyncConnection, number: int) -> ChatRow | None:
    row = (await connection.execute(select(chat).where(chat.c.id == number).with_for_update())).first()
    return None if row is None else ChatRow(row.id, row.person_id, row.handle, row.language, row.state, row.version)
