"""Puts an engine together from settings and a store; `run` and `chat` use the same one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.documents.shelf import Shelf
from bot.documents.taking import Taking
from bot.encoding import Encoding
from bot.knowledge import LiveKnowledge
from bot.messages import Sender
from bot.settings import Settings
from bot.store.database import Store
from flows.notices import Links
from knowledge import Knowledge
from locales import shipped

from .brain import Brain
from .engine import Engine


def assembled(settings: Settings, store: Store, senders: Mapping[str, Sender]) -> Engine:
    """An engine with all knowledge read; not started yet."""
    knowledge = Knowledge()
    encoding = Encoding() if Encoding.is_installed() else None
    links = Links(settings.privacy_url, settings.imprint_url, settings.base_url)
    brain = Brain(knowledge, shipped(settings.default_language) or "en", links, semantic=encoding is not None,
                  second_above=settings.second_approval_above, patience=timedelta(hours=settings.team_reply_hours))
    knowledge.matcher.language_of("", "en")  # reads the phrases now, not at the first question
    return Engine(store, brain, LiveKnowledge(knowledge, encoding), senders, rate=settings.broadcast_rate,
                  taking=Taking(Shelf(settings.documents)))
