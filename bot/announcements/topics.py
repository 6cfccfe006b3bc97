"""Which subscriptions an announcement's topic reaches."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists

from bot.store.schema import chat, subscription
from flows.subscriptions import covered


def subscribed(topic: str) -> ColumnElement[bool]:
    """Whether the chat of the row wants to hear about the topic, now."""
    return subscribed_to(covered(topic))


def subscribed_to(topics: Sequence[str]) -> ColumnElement[bool]:
    """Whether the chat of the row wants to hear about one of these topics."""
    return exists().where(subscription.c.chat_id == chat.c.id, subscription.c.topic.in_(topics)).correlate(chat)
