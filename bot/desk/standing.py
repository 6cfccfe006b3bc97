"""How an article stands in each language: shipped or the team's words, what waits, and which translations are stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import added_article
from bot.store.team_articles import Version, versions
from knowledge.articles import Article, in_words
from locales import SOURCE_LANGUAGE, languages

from .visit import Visit
from .wording import print_of


@dataclass(frozen=True)
class Standing:
    """An article in one language: what people read (empty where they read another language), and what waits."""

    language: str
    title: str
    answer: str
    origin: Literal["shipped", "team", "missing"]
    live: Version | None = None
    pending: Version | None = None
    is_stale: bool = False


def standings(shipped: Article | None, unremoved: Iterable[Version]) -> list[Standing]:
    """Every language, English first; `unremoved` are the article's versions that hold or wait."""
    live = {version.words.language: version for version in unremoved if version.holds}
    pending = {version.words.language: version for version in unremoved if version.is_pending}
    ordered = sorted(languages(), key=lambda code: (code != SOURCE_LANGUAGE, code))
    english = _english(shipped, live.get(SOURCE_LANGUAGE))
    return [_standing(code, shipped, live.get(code), pending.get(code), english) for code in ordered]


async def unremoved(connection: AsyncConnection, article: str = "") -> Sequence[Version]:
    """The versions that hold or wait, of one article or of all."""
    which = (added_article.c.article == article,) if article else ()
    return await versions(connection, added_article.c.removed_at.is_(None), *which)


async def english_now(connection: AsyncConnection, visit: Visit, article: str) -> tuple[str, str]:
    """Title and answer as English readers see them; empty where there is no English."""
    current = await unremoved(connection, article) if article else ()
    live = next((one for one in current if one.holds and one.words.language == SOURCE_LANGUAGE), None)
    return _english(visit.office.live.base.library.articles.get(article), live)


def _standing(code: str, shipped: Article | None, live: Version | None, pending: Version | None,
              english: tuple[str, str]) -> Standing:
    if live is not None:
        stale = code != SOURCE_LANGUAGE and live.along.english not in ("", print_of(*english))
        return Standing(code, live.words.title, live.words.answer, "team", live, pending, stale)
    if shipped is None:
        return Standing(code, "", "", "missing", None, pending)
    source, spoken = in_words(shipped, SOURCE_LANGUAGE), in_words(shipped, code)
    if code != SOURCE_LANGUAGE and spoken == source:
        return Standing(code, "", "", "missing", None, pending)
    return Standing(code, *spoken, "shipped", None, pending, code != SOURCE_LANGUAGE and source != english)


def _english(shipped: Article | None, live: Version | None) -> tuple[str, str]:
    if live is not None:
        return live.words.title, live.words.answer
    return in_words(shipped, SOURCE_LANGUAGE) if shipped is not None else ("", "")
