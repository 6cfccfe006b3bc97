"""The inbox as a list: one query for all filters, whose cost does not grow with the messages outside of enquiries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.inbox_tables import enquiry_assignee, enquiry_entry, enquiry_read, enquiry_tag, folded
from bot.store.schema import enquiry, staff


@dataclass(frozen=True)
class Wish:
    """What somebody of the team looks for; empty is everything. `who` is "mine", "nobody" or empty."""

    status: str = ""
    who: str = ""
    unread: bool = False
    language: str = ""
    country: str = ""
    tag: str = ""
    text: str = ""


MOST_AT_HAND = 500  # enquiries that a search names one by one
SEEN = func.coalesce(enquiry_read.c.entry, 0)
TAGS = (select(func.aggregate_strings(enquiry_tag.c.tag, ", ")).where(enquiry_tag.c.enquiry_id == enquiry.c.id)
        .scalar_subquery())


async def wished(connection: AsyncConnection, wish: Wish, member: int) -> Select[Any]:
    """The query for the enquiries that meet a wish, as a member of the team sees them; without an order."""
    query = (select(enquiry, staff.c.name.label("assignee"), (enquiry.c.heard_entry > SEEN).label("unread"), TAGS.label("tags"))
             .select_from(enquiry)
             .outerjoin(enquiry_read, and_(enquiry_read.c.enquiry_id == enquiry.c.id, enquiry_read.c.staff_id == member))
             .outerjoin(enquiry_assignee, enquiry_assignee.c.enquiry_id == enquiry.c.id)
             .outerjoin(staff, staff.c.id == enquiry_assignee.c.staff_id))
    return query.where(*_conditions(wish, member), *([await _says(connection, wish.text)] if wish.text else []))


def _conditions(wish: Wish, member: int) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if wish.status:
        wanted.append(enquiry.c.talk_since.is_not(None) if wish.status == "talk" else enquiry.c.status == wish.status)
    if wish.who:
        wanted.append(enquiry_assignee.c.staff_id == member if wish.who == "mine" else enquiry_assignee.c.staff_id.is_(None))
    if wish.unread:
        wanted.append(enquiry.c.heard_entry > SEEN)
    if wish.tag:
        wanted.append(enquiry.c.id.in_(select(enquiry_tag.c.enquiry_id).where(enquiry_tag.c.tag == wish.tag)))
    if wish.language:
        wanted.append(enquiry.c.language == wish.language)
    if wish.country:
        wanted.append(enquiry.c.country == wish.country)
    return wanted


async def _says(connection: AsyncConnection, text: str) -> ColumnElement[bool]:
    """Whether the question, the address or anything written about it holds the text.

    Transcripts are looked through once here, not for the number of rows and again for the rows, unless very many hold it.
    """
    said = folded(text)
    entries = select(enquiry_entry.c.enquiry_id).where(enquiry_entry.c.searched.contains(said, autoescape=True)).distinct()
    few = (await connection.scalars(entries.limit(MOST_AT_HAND + 1))).all()
    return or_(enquiry.c.searched.contains(said, autoescape=True), enquiry.c.contact.icontains(said, autoescape=True),
               enquiry.c.id.in_(few if len(few) <= MOST_AT_HAND else entries))


async def countries(connection: AsyncConnection) -> Sequence[str]:
    """The countries that enquiries come from."""
    return (await connection.scalars(select(enquiry.c.country).distinct().where(enquiry.c.country != ""))).all()


async def tags(connection: AsyncConnection) -> Sequence[str]:
    """All tags in use, in their order."""
    return (await connection.scalars(select(enquiry_tag.c.tag).distinct().order_by(enquiry_tag.c.tag))).all()


async def unread(connection: AsyncConnection, members: Collection[int]) -> dict[int, int]:
    """How many open enquiries hold something new, for each of these members: one query for all."""
    query = (select(staff.c.id, func.count(enquiry.c.id).label("new")).select_from(staff)
             .join(enquiry, enquiry.c.status == "open")
             .outerjoin(enquiry_read, and_(enquiry_read.c.enquiry_id == enquiry.c.id, enquiry_read.c.staff_id == staff.c.id))
             .where(staff.c.id.in_(members), enquiry.c.heard_entry > SEEN).group_by(staff.c.id))
    found = {row.id: row.new for row in await connection.execute(query)}
    return {member: found.get(member, 0) for member in members}


async def is_unread(connection: AsyncConnection, number: int, member: int) -> bool:
    """Whether the person has written what this member has not seen."""
    query = (select(enquiry.c.id).outerjoin(enquiry_read, and_(enquiry_read.c.enquiry_id == enquiry.c.id,
                                                               enquiry_read.c.staff_id == member))
             .where(enquiry.c.id == number, enquiry.c.heard_entry > SEEN))
    return await connection.scalar(query) is not None


async def mark_read(connection: AsyncConnection, number: int, member: int, entry: int) -> None:
    """This member has seen an enquiry's entries up to this one."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    seen = dialect.insert(enquiry_read).values(enquiry_id=number, staff_id=member, entry=entry)
    await connection.execute(seen.on_conflict_do_update(
        index_elements=["enquiry_id", "staff_id"], set_={"entry": seen.excluded.entry}))


async def entries_after(connection: AsyncConnection, floor: int) -> list[tuple[int, str]]:
    """The numbers of entries above one, with their enquiry's reference."""
    rows = await connection.execute(
        select(enquiry_entry.c.id, enquiry.c.reference).join(enquiry)
        .where(enquiry_entry.c.id > floor).order_by(enquiry_entry.c.id).limit(1000))
    return [(row.id, row.reference) for row in rows]


async def newest_entry(connection: AsyncConnection) -> int:
    """The highest number of an entry so far."""
    return await connection.scalar(select(func.max(enquiry_entry.c.id))) or 0
