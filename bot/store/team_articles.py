"""Answers that staff have written, and their corrections of shipped ones: drafts, in review, published.

Nothing is overwritten: changed words are a new row, and the old one stays. Each publication counts up the knowledge's
revision in its transaction, first of all, so that two changes never cross.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.articles import Article, Library, corrected, team_article
from knowledge.normal import latin, plain

from .phrases import knowledge_changed
from .schema import added_article, staff

LONGEST_ID = 40  # characters, all ASCII: a button carries the id, and Telegram gives it 64 bytes
State = Literal["draft", "review", "published"]


@dataclass(frozen=True)
class Words:
    """A title and an answer in one language, and the facts that they state."""

    language: str
    title: str
    answer: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Along:
    """What is kept with words: the English they translate, phrases to add and misses to settle when they are published."""

    english: str = ""
    phrases: tuple[str, ...] = ()
    misses: tuple[int, ...] = ()


@dataclass(frozen=True)
class Version:
    """One version of an article in one language; `removed_at` is set once it has been replaced, discarded or taken back."""

    id: int
    article: str
    words: Words
    state: State
    staff_id: int | None
    by: str
    at: datetime
    removed_at: datetime | None
    along: Along

    @property
    def holds(self) -> bool:
        """Whether people read these words."""
        return self.state == "published" and self.removed_at is None

    @property
    def is_pending(self) -> bool:
        """Whether these words wait to be finished or published."""
        return self.state != "published" and self.removed_at is None


async def write(connection: AsyncConnection, article: str, words: Words, staff_id: int | None, now: datetime, *,
                state: Literal["draft", "review"] = "draft", along: Along | None = None) -> Version:
    """Keeps words as a draft or for review, in place of any that wait in their language; "" makes a new article."""
    await knowledge_changed(connection)  # the lock under which a free name is found
    article = article or _id(words.title, set(await connection.scalars(select(added_article.c.article))))
    await _end(connection, article, words.language, added_article.c.state != "published", now)
    extra = along or Along()
    number = await connection.scalar(insert(added_article).values(
        article=article, language=words.language, title=words.title, answer=words.answer, facts=list(words.facts),
        staff_id=staff_id, at=now, state=state, english=extra.english, phrases=list(extra.phrases), misses=list(extra.misses),
    ).returning(added_article.c.id))
    return await _known(connection, int(number or 0))


async def publish(connection: AsyncConnection, number: int, staff_id: int | None, now: datetime) -> bool:
    """People read these words from the next message on; false if they do not wait any more."""
    await knowledge_changed(connection)
    waiting = await version(connection, number)
    if waiting is None or not waiting.is_pending:
        return False
    await _end(connection, waiting.article, waiting.words.language, added_article.c.state == "published", now)
    await connection.execute(update(added_article).where(added_article.c.id == number).values(
        state="published", publisher_id=staff_id, published_at=now))
    return True


async def move(connection: AsyncConnection, number: int, old: State, new: Literal["draft", "review"]) -> bool:
    """Hands a draft in for review, or back; false if that was done before."""
    moved = update(added_article).where(added_article.c.id == number, added_article.c.state == old,
                                        added_article.c.removed_at.is_(None)).values(state=new)
    return (await connection.execute(moved)).rowcount > 0


async def remove(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Discards what waits, or takes back what people read; false if that was done before."""
    await knowledge_changed(connection)
    standing = (added_article.c.id == number, added_article.c.removed_at.is_(None))
    return (await connection.execute(update(added_article).where(*standing).values(removed_at=now))).rowcount > 0


async def bring_back(connection: AsyncConnection, number: int, staff_id: int | None, now: datetime) -> bool:
    """Makes an earlier version hold again, as a new row; one that was never published waits again. False if it is not over."""
    old = await version(connection, number)
    if old is None or old.removed_at is None:
        return False
    new = await write(connection, old.article, old.words, staff_id, now, along=Along(old.along.english))
    return await publish(connection, new.id, staff_id, now) if old.state == "published" else True


async def version(connection: AsyncConnection, number: int) -> Version | None:
    """One version, or None."""
    row = (await connection.execute(VERSIONS.where(added_article.c.id == number))).one_or_none()
    return None if row is None else read(row)


async def versions(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Version]:
    """Versions, the newest first."""
    return [read(row) for row in await connection.execute(VERSIONS.where(*conditions).order_by(added_article.c.id.desc()))]


async def team_articles(connection: AsyncConnection, shipped: Library) -> list[Article]:
    """The articles that staff have written or corrected as they hold now, each in the languages it has."""
    found: dict[str, list[Version]] = {}
    for row in await versions(connection, added_article.c.removed_at.is_(None), added_article.c.state == "published"):
        found.setdefault(row.article, []).insert(0, row)
    return [_article(article, rows, shipped) for article, rows in found.items()]


VERSIONS = select(added_article, staff.c.name).outerjoin(staff, staff.c.id == added_article.c.staff_id)


def read(row: Row[tuple[object, ...]]) -> Version:
    """A row of VERSIONS."""
    words = Words(row.language, row.title, row.answer, tuple(row.facts) if isinstance(row.facts, list) else ())
    along = Along(row.english, tuple(row.phrases), tuple(row.misses))
    return Version(row.id, row.article, words, row.state, row.staff_id, row.name or "", row.at, row.removed_at, along)


def _article(article: str, rows: Iterable[Version], shipped: Library) -> Article:
    """Its words by language; the facts and the day are those of the newest words."""
    ordered = sorted(rows, key=lambda row: (row.words.language != "en", row.id))
    ways = {row.words.language: (row.words.title, row.words.answer) for row in ordered}
    newest = max(ordered, key=lambda row: row.id)
    facts = tuple(fact for fact in newest.words.facts if fact in shipped.facts)
    base, said = shipped.articles.get(article), _day(newest)
    return team_article(article, ways, said, facts) if base is None else corrected(base, ways, said, facts)


def _day(row: Version) -> date:
    return row.at.date()


async def _known(connection: AsyncConnection, number: int) -> Version:
    found = await version(connection, number)
    assert found is not None, "it was written in this transaction"
    return found


async def _end(connection: AsyncConnection, article: str, language: str, which: ColumnElement[bool], now: datetime) -> None:
    standing = (added_article.c.article == article, added_article.c.language == language, added_article.c.removed_at.is_(None))
    await connection.execute(update(added_article).where(*standing, which).values(removed_at=now))


def _id(title: str, taken: Collection[str]) -> str:
    """ "team-" and the title in small Latin letters, with a number where that is taken."""
    words = re.findall("[a-z0-9]+", latin(plain(title)))
    wanted = f"team-{'-'.join(words) or 'answer'}"
    number, found = 1, wanted[:LONGEST_ID].rstrip("-")
    while found in taken:
        number += 1
        found = f"{wanted[:LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
    return found
