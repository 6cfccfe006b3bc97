"""Announcements, each brought as far as its script says: sent with what came of it, on its way, waiting for approval, a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.store.announcement_tables import announcement, delivery
from bot.store.schema import chat

from .player import OffScript
from .scene import Scene
from .scripts import script
from .stage import Stage

PATIENCE = 10.0  # seconds until an announcement must be out
PRESSES = ("more", "more", "not_interested", "more", "leave")  # by the first who get it


def scenes() -> Iterator[Scene]:
    """Each on its day; what is on its way comes last, since it takes its people's time of day."""
    for said in script("announcements"):
        yield Scene(said["days_ago"], 13, partial(_bring, said))


async def _bring(said: dict[str, Any], stage: Stage) -> None:
    number = await _compose(said, stage)
    if said["state"] == "draft":
        return
    submitted = await stage.editor.sends(f"/announcements/{number}/submit")
    if said["state"] == "cancelled":
        await stage.editor.sends(f"/announcements/{number}/cancel")
    elif said["state"] != "proposed" and "proposed" in submitted:
        await stage.admin.sends(f"/announcements/{number}/approve")
    if said["state"] == "done":
        async with stage.sending():
            await _is_out(stage, number)
        await _press(stage, number, said)


async def _compose(said: dict[str, Any], stage: Stage) -> int:
    form = {f"text.{language}": text for language, text in said["texts"].items()}
    form |= {f"button.{name}": "on" for name in said["buttons"]}
    form |= {"topic": said["topic"]} | ({f"side.{said['side']}": "on"} if "side" in said else {})
    if said["state"] == "running":
        form["local_start"] = _half_way(stage.clock()).isoformat(timespec="minutes")
    return int((await stage.editor.sends("/announcements/new", **form)).rpartition("/")[2])


def _half_way(now: datetime) -> datetime:
    """A local time that the clocks of Europe and Asia have passed and those of the Americas have not."""
    return (now - timedelta(hours=1)).astimezone(UTC).replace(tzinfo=None)


async def _is_out(stage: Stage, number: int) -> None:
    """Waits for the sending, which keeps its own time."""
    try:
        async with asyncio.timeout(PATIENCE):
            while await _state(stage, number) != "done":
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise OffScript(f"Announcement {number} is not out after {PATIENCE:g} s.") from None


async def _state(stage: Stage, number: int) -> str:
    async with stage.store.read() as connection:
        return await connection.scalar(select(announcement.c.state).where(announcement.c.id == number)) or ""


async def _press(stage: Stage, number: int, said: dict[str, Any]) -> None:
    """Some press a button under it, one leaves by it."""
    await stage.passes(hours=2)
    query = (select(chat.c.handle, chat.c.language).join(delivery, delivery.c.chat_id == chat.c.id)
             .where(delivery.c.announcement_id == number, delivery.c.state == "sent").order_by(chat.c.id).limit(len(PRESSES)))
    async with stage.store.read() as connection:
        readers = (await connection.execute(query)).all()
    for reader, press in zip(readers, PRESSES, strict=False):
        if press in (*said["buttons"], "leave"):
            channel, _colon, address = reader.handle.partition(":")
            await stage.person(channel, address, reader.language).taps(f"/heard {number} {press} {said['topic']}")
