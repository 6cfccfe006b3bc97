"""The knowledge that commands answer from: the shipped files and, where there is a store, what staff have added."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import Knowledge
from knowledge.dac import DacList
from knowledge.finding import Encode

from .opening import open_store

if TYPE_CHECKING:
    from bot.settings import Settings
    from flows.conference.view import Conference


def knowledge_now(chosen: Settings) -> Knowledge:
    """The knowledge as the running assistant has it; without a store, as it is shipped."""
    return asyncio.run(_with_additions(chosen)) if _is_kept(chosen) else Knowledge()


def dac_now(chosen: Settings) -> DacList:
    """The DAC List as the running assistant has it; without a store, as it is shipped."""
    return asyncio.run(_published(chosen)) if _is_kept(chosen) else DacList.load()


def encoding() -> Encode | None:
    """The sentence encoder as a function, or None without the extra `semantic`."""
    from knowledge.search.semantic import load_encoder

    encoder = load_encoder()
    if encoder is None:
        return None
    return lambda text: encoder.encode([text])[0]


def announced_now(chosen: Settings) -> tuple[Conference, ...]:
    """The conferences that staff have announced; without a store, none."""
    return asyncio.run(_announced(chosen)) if _is_kept(chosen) else ()


async def _announced(chosen: Settings) -> tuple[Conference, ...]:
    from bot.conferences.reading import announced

    async with open_store(chosen) as store, store.read() as connection:
        return await announced(connection)


def _is_kept(chosen: Settings) -> bool:
    return bool(chosen.database_url) or (chosen.data_dir / Path("assistant.sqlite")).exists()


async def _published(chosen: Settings) -> DacList:
    from bot.store.dac_versions import published

    async with open_store(chosen) as store, store.read() as connection:
        return await published(connection, DacList.load())


async def _with_additions(chosen: Settings) -> Knowledge:
    from bot.knowledge import LiveKnowledge
    from bot.store.phrases import knowledge_revision

    live = LiveKnowledge(Knowledge())
    async with open_store(chosen) as store, store.read() as connection:
        await live.refresh(connection, await knowledge_revision(connection))
    return live.knowledge
