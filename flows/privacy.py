"""Erasing all that is held on a person, after one question."""

from __future__ import annotations

from locales import _

from .dialogue import Chat
from .kinds import OneOf, YesNo


async def forget(chat: Chat) -> bool:
    """Whether the person really wants everything erased."""
    sure = await chat.ask("sure", _("This deletes everything kept about you: this conversation, your enquiries and "
                                    "your subscriptions. It cannot be undone. Delete it?"), OneOf(YesNo))
    return sure is YesNo.YES
