"""Answers that come late: who asked in vain and agreed to be told hears the answer once there is one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conferences.reading import announced
from bot.messages import PULLED, Body
from bot.render import render
from bot.store.chats import NewMessage, add_messages
from bot.store.misses import Asker, take_askers
from flows.answers import article_turn
from flows.conference.view import Conference
from flows.known import Known
from flows.replies import Paragraph
from flows.state import State
from flows.world import World
from knowledge import Knowledge
from locales import _, shipped


async def tell_askers(connection: AsyncConnection, knowledge: Knowledge, article: str, misses: Collection[int],
                      now: datetime) -> int:
    """Lays the article's answer into the chats of those who wait for these misses; returns how many they are."""
    askers = await take_askers(connection, misses)
    known = await announced(connection)
    await add_messages(connection, [new for asker in askers for new in _messages(asker, knowledge, known, article, now)])
    return len(askers)


def _messages(asker: Asker, knowledge: Knowledge, known: tuple[Conference, ...], article: str,
              now: datetime) -> Sequence[NewMessage]:
    channel = asker.handle.partition(":")[0]
    sent_at = now if channel in PULLED else None
    return [NewMessage(asker.chat, "assistant", body, now, sent_at=sent_at)
            for body in _bodies(asker, channel, knowledge, known, article, now)]


def _bodies(asker: Asker, channel: str, knowledge: Knowledge, known: tuple[Conference, ...], article: str,
            now: datetime) -> list[Body]:
    language = shipped(asker.language) or "en"
    world = World(now, language, knowledge, channel=channel, known=Known(conferences=known))
    turn = article_turn(State(language), article, world)
    first, *others = turn.replies
    asked = Paragraph(_("You asked: “{question}” This is the answer:", question=asker.question), "strong")
    return [render(reply, language) for reply in (replace(first, paragraphs=(asked, *first.paragraphs)), *others)]
