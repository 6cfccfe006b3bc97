"""What the team teaches the assistant: phrases, an answer in two languages, and questions settled without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import Column, func, select

from bot.store.schema import added_article, added_phrase, miss

from .scene import Scene
from .scripts import script
from .stage import Stage

FIRST_ADDRESS = 907001
FIELDS = ("article", "language", "phrase", "title", "answer", "phrases")


def scenes() -> Iterator[Scene]:
    """One after the other, and who asks the questions in vain."""
    for number, said in enumerate(script("teaching")):
        if "miss" in said:
            yield Scene(said["days_ago"] + 2, 11, partial(_asks, said, str(FIRST_ADDRESS + number)))
        yield Scene(said["days_ago"], 15, partial(_teach, said))


async def _asks(said: dict[str, Any], address: str, stage: Stage) -> None:
    """Somebody who wants to hear the answer later."""
    await stage.person("telegram", address, said["language"]).plays(said["miss"], "?[/later")


async def _teach(said: dict[str, Any], stage: Stage) -> None:
    """One form of the desk."""
    misses = await _misses(stage, said["miss"]) if "miss" in said else []
    texts: dict[str, str] = {name: said[name] for name in FIELDS if name in said}
    if misses:
        texts["misses"] = " ".join(map(str, misses))
    await stage.editor.sends(await _address(said["do"], misses, stage), **texts)


async def _address(do: str, misses: list[int], stage: Stage) -> str:
    match do:
        case "phrase":
            return "/phrases"
        case "take-back":
            return f"/phrases/{await _last(stage, added_phrase.c.id)}/remove"
        case "edit":
            return f"/answers/{await _last(stage, added_article.c.id)}"
        case _:
            return f"/misses/{misses[0]}/{do}"


async def _misses(stage: Stage, text: str) -> list[int]:
    async with stage.store.read() as connection:
        found = await connection.scalars(select(miss.c.id).where(
            miss.c.text == text, miss.c.settled_at.is_(None)).order_by(miss.c.id))
        return list(found)


async def _last(stage: Stage, number: Column[int]) -> int:
    async with stage.store.read() as connection:
        return await connection.scalar(select(func.max(number))) or 0
