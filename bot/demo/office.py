"""What the team does at the desk besides answering people: forms with their fields, sent as the script says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.store.schema import added_article, added_phrase, miss

from .scene import Scene
from .scripts import script
from .stage import Stage

FIRST_ADDRESS = 907001
NEWEST = {
    "answer": select(added_article.c.id).order_by(added_article.c.id.desc()),
    "article": select(added_article.c.article).order_by(added_article.c.id.desc()),
    "phrase": select(added_phrase.c.id).order_by(added_phrase.c.id.desc()),
}


def scenes() -> Iterator[Scene]:
    """Each form, and who asks in vain what it is about."""
    for number, said in enumerate(script("office")):
        if "about" in said:
            yield Scene(said["days_ago"] + 2, 11, partial(_asks, said["about"], str(FIRST_ADDRESS + number)))
        yield Scene(said["days_ago"], 15, partial(_sends, said))


async def _asks(about: dict[str, str], address: str, stage: Stage) -> None:
    """Somebody who wants to hear the answer later, where that is offered."""
    await stage.person("telegram", address, about["language"]).plays(about["text"], "?[/later")


async def _sends(said: dict[str, Any], stage: Stage) -> None:
    known = await _known(said.get("about"), stage)
    fields = {name: _filled(value, known) for name, value in said["fields"].items()}
    await stage.team[said["by"]].sends(_filled(said["path"], known), **fields)


async def _known(about: dict[str, str] | None, stage: Stage) -> Mapping[str, str]:
    """What the script's braces stand for."""
    async with stage.store.read() as connection:
        known = {name: str(await connection.scalar(query.limit(1)) or "") for name, query in NEWEST.items()}
        asked = select(miss.c.id).where(miss.c.text == about["text"], miss.c.settled_at.is_(None)) if about else None
        misses = list(await connection.scalars(asked.order_by(miss.c.id))) if asked is not None else []
    known |= {"source": next(iter(stage.engine.brain.knowledge.library.sources))}
    return known | {"misses": " ".join(map(str, misses)), "miss": str(next(iter(misses), ""))}


def _filled(text: str, known: Mapping[str, str]) -> str:
    """The text with the script's braces filled; others are the desk's own."""
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text
