"""Answers that staff have written at run time. Nothing is overwritten: changed words are a new row, and the old one stays.

Each change counts up the knowledge's revision in its transaction, first of all, so that two changes never cross.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.articles import Article, team_article
from knowledge.normal import latin, plain
from locales import Spoken

from .phrases import knowledge_changed
from .schema import added_article, staff

LONGEST_ID = 40  # characters, all ASCII: a button carries the id, and Telegram gives it 64 bytes


VERSIONS = select(added_article, staff.c.name).outerjoin(staff, staff.c.id == added_article.c.staff_id)
"""Every version that there ever was, with who wrote it."""


@dataclass(frozen=True)
class Words:
    """A title and an answer in one language."""

    language: str
    title: str
    answer: str


@dataclass(frozen=True)
class TeamAnswer:
    """One version of an article in one language; `removed_at` is set once it has been replaced or taken back."""

    id: int
    article: str
    words: Words
    by: str
    at: datetime
    removed_at: datetime | None


async def add_answer(connection: AsyncConnection, words: Words, staff_id: int | None, now: datetime) -> str:
    """Adds an article; returns its id, made of the title."""
    await knowledge_changed(connection)
    article = _id(words.title, set(await connection.scalars(select(added_article.c.article))))
    await _insert(connection, article, words, staff_id, now)
    return article


async def edit_answer(connection: AsyncConnection, number: int, words: Words, staff_id: int | None, now: datetime) -> bool:
    """New words for the article of a version, in place of any in their language; false if it was changed before."""
    await knowledge_changed(connection)
    old = await team_answer(connection, number)
    if old is None or old.removed_at is not None:
        return False
    await _take_back(connection, old.article, words.language, now)
    await _insert(connection, old.article, words, staff_id, now)
    return True


async def remove_answer(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Takes an article's words of one language back; false if that was done before."""
    await knowledge_changed(connection)
    old = await team_answer(connection, number)
    if old is None or old.removed_at is not None:
        return False
    await _take_back(connection, old.article, old.words.language, now)
    return True


async def bring_back(connection: AsyncConnection, number: int, staff_id: int | None, now: datetime) -> bool:
    """Makes an earlier version the one that holds, as a new row; false if there is none or it holds already."""
    await knowledge_changed(connection)
    old = await team_answer(connection, number)
    if old is None or old.removed_at is None:
        return False
    await _take_back(connection, old.article, old.words.language, now)
    await _insert(connection, old.article, old.words, staff_id, now)
    return True


async def team_answer(connection: AsyncConnection, number: int) -> TeamAnswer | None:
    """One version, or None."""
    row = (await connection.execute(VERSIONS.where(added_article.c.id == number))).one_or_none()
    return None if row is None else _version(row)


async def team_articles(connection: AsyncConnection) -> list[Article]:
    """The articles as they hold now, each in the languages it has, with the day of its oldest words."""
    query = select(added_article).where(added_article.c.removed_at.is_(None)).order_by(added_article.c.id)
    found: dict[str, dict[str, Row[tuple[object, ...]]]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.article, {})[row.language] = row
    return [
        team_article(article, Spoken(tuple((language, row.title) for language, row in rows.items())),
                     Spoken(tuple((language, row.answer) for language, row in rows.items())),
                     min(row.at for row in rows.values()).date())
        for article, rows in found.items()
    ]  # fmt: skip


def _version(row: Row[tuple[object, ...]]) -> TeamAnswer:
    return TeamAnswer(row.id, row.article, Words(row.language, row.title, row.answer), row.name or "", row.at, row.removed_at)


async def _insert(connection: AsyncConnection, article: str, words: Words, staff_id: int | None, now: datetime) -> None:
    await connection.execute(insert(added_article).values(
        article=article, language=words.language, title=words.title, answer=words.answer, facts=[], staff_id=staff_id, at=now))


async def _take_back(connection: AsyncConnection, article: str, language: str, now: datetime) -> None:
    holding = (added_article.c.article == article, added_article.c.language == language, added_article.c.removed_at.is_(None))
    await connection.execute(update(added_article).where(*holding).values(removed_at=now))


def _id(title: str, taken: Collection[str]) -> str:
    """ "team-" and the title in small Latin letters, with a number where that is taken."""
    words = re.findall("[a-z0-9]+", latin(plain(title)))
    wanted = f"team-{'-'.join(words) or 'answer'}"
    number, found = 1, wanted[:LONGEST_ID].rstrip("-")
    while found in taken:
        number += 1
        found = f"{wanted[:LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
    return found
