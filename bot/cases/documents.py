"""Documents of a case in the store: kept for their person, attached to an item, removed, lent by a link."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_member, document, document_grant
from bot.store.chats import ChatRow
from bot.store.files import sweep_soon
from bot.store.schema import chat
from flows.case.effects import AttachFiles, GrantPaper, KeepFile, RemovePaper
from flows.case.filing import PLACE
from flows.case.overview import to_overview
from flows.case.view import Paper
from flows.replies import Reply, say
from knowledge.checklist import Side
from locales import _

from .events import record

LASTS = timedelta(days=1)
MOST_AT_ITEM = 20
LONGEST_CAPTION = 1000
MOST_BYTES_OF_CASE = 250 * 1024 * 1024


@dataclass(frozen=True)
class Lent:
    """What a link to a document leads to."""

    key: str
    name: str
    kind: str


async def keep(connection: AsyncConnection, row: ChatRow, effect: KeepFile, now: datetime) -> None:
    """Keeps a file for its person; the same one twice waits once."""
    mine = *_waiting(row.person), document.c.key == effect.file.key
    if await connection.scalar(select(document.c.id).where(*mine)) is None:
        file = effect.file
        await connection.execute(insert(document).values(
            person_id=row.person, key=file.key, name=file.name, kind=file.kind, size=file.size,
            caption=effect.caption[:LONGEST_CAPTION], at=now))


async def drop(connection: AsyncConnection, row: ChatRow, now: datetime) -> None:
    """Keeps none of the files that wait."""
    await connection.execute(delete(document).where(*_waiting(row.person)))
    await sweep_soon(connection, now)


async def attach(connection: AsyncConnection, person: int, member: tuple[int, str], effect: AttachFiles,
                 now: datetime) -> Reply | None:
    """Attaches what waits to an item; a reply where that cannot be, and then it goes on waiting."""
    at_item = document.c.partnership_id == effect.case, document.c.item == effect.item
    there = set(await connection.scalars(select(document.c.key).where(*at_item)))
    waiting = list(await connection.execute(select(document).where(*_waiting(person)).order_by(document.c.id)))
    new = [row for row in waiting if row.key not in there]
    if not waiting:
        return say(_("No document of yours waits for a point."), choices=(to_overview(effect.case),))
    full = await _full(connection, effect.case, len(there), new)
    if full is not None:
        return full
    number, side = member
    for row in waiting:
        if row not in new:  # the same content is there already
            await connection.execute(delete(document).where(document.c.id == row.id))
    for row in new:
        await connection.execute(update(document).where(document.c.id == row.id).values(
            partnership_id=effect.case, member_id=number, item=effect.item, side=side, at=now))
        await record(connection, effect.case, "document", effect.item, member, now, value=str(row.id))
    return None


async def remove(connection: AsyncConnection, member: tuple[int, str], effect: RemovePaper, now: datetime) -> None:
    """Takes a document of one's own side away."""
    item = await connection.scalar(delete(document).where(
        document.c.id == effect.paper, document.c.partnership_id == effect.case, document.c.side == member[1],
    ).returning(document.c.item))
    if item is not None:
        await record(connection, effect.case, "removed", item, member, now)
        await sweep_soon(connection, now)


async def lend(connection: AsyncConnection, member: int, effect: GrantPaper, now: datetime) -> None:
    """Keeps a link to a document of the case, by the key of its code."""
    there = select(document.c.id).where(document.c.id == effect.paper, document.c.partnership_id == effect.case)
    if await connection.scalar(there) is not None:
        await connection.execute(insert(document_grant).values(
            document_id=effect.paper, member_id=member, code_hash=effect.key, expires_at=now + LASTS))


async def lent(connection: AsyncConnection, key: str, now: datetime) -> Lent | None:
    """What a link leads to; None where it has run out, its member has left, or the document is removed."""
    query = (select(document.c.key, document.c.name, document.c.kind)
             .join(document_grant, document_grant.c.document_id == document.c.id)
             .join(case_member, case_member.c.id == document_grant.c.member_id)
             .where(document_grant.c.code_hash == key, document_grant.c.expires_at > now, case_member.c.left_at.is_(None)))
    row = (await connection.execute(query)).first()
    return Lent(row.key, row.name, row.kind) if row else None


async def papers_of(connection: AsyncConnection, cases: Collection[int]) -> dict[int, list[Paper]]:
    """The documents of some cases, the oldest first."""
    query = (select(document, case_member.c.name.label("by")).join(case_member, case_member.c.id == document.c.member_id)
             .where(document.c.partnership_id.in_(cases)).order_by(document.c.id))
    found: dict[int, list[Paper]] = {case: [] for case in cases}
    for row in await connection.execute(query):
        found[row.partnership_id].append(_paper(row))
    return found


async def names_waiting(connection: AsyncConnection, handle: str) -> tuple[str, ...]:
    """The names of the files that wait for an item, of the person behind a chat."""
    query = (select(document.c.name).join(chat, chat.c.person_id == document.c.person_id)
             .where(chat.c.handle == handle, document.c.partnership_id.is_(None)).order_by(document.c.id))
    return tuple(await connection.scalars(query))


async def _full(connection: AsyncConnection, case: int, there: int, new: list[Any]) -> Reply | None:
    if there + len(new) > MOST_AT_ITEM:
        text = _("A point takes no more than {most} documents, and there are {count} already. Please remove one first, or choose "
                 "another point. What you sent goes on waiting.", most=MOST_AT_ITEM, count=there)
        return say(text, choices=(PLACE, to_overview(case)))
    size = await connection.scalar(select(func.coalesce(func.sum(document.c.size), 0)).where(document.c.partnership_id == case))
    if int(size or 0) + sum(row.size for row in new) > MOST_BYTES_OF_CASE:
        text = _("A checklist takes at most {most} MB of documents. Please remove some first. What you sent goes on waiting.",
                 most=MOST_BYTES_OF_CASE // 1024 // 1024)
        return say(text, choices=(PLACE, to_overview(case)))
    return None


def _waiting(person: int) -> tuple[Any, Any]:
    return document.c.person_id == person, document.c.partnership_id.is_(None)


def _paper(row: Any) -> Paper:
    return Paper(row.id, row.item, row.name, row.kind, row.size, row.by, Side(row.side), row.at.date(), row.caption)
