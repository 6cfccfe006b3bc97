"""Versions of the DAC List that staff have uploaded: drafts until published, and never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.dac import DacList, Recipient

from .editing_tables import dac_version
from .phrases import knowledge_changed
from .schema import staff


@dataclass(frozen=True)
class Upload:
    """A whole list, from which day it holds, and where it is from."""

    listed: Mapping[str, Recipient]
    valid_from: date
    list_date: date
    source: str


@dataclass(frozen=True)
class Version:
    """An uploaded list; `state` is draft, published or withdrawn."""

    id: int
    upload: Upload
    state: str
    staff_id: int | None
    by: str
    at: datetime
    published_at: datetime | None


async def keep_draft(connection: AsyncConnection, upload: Upload, staff_id: int, now: datetime) -> int:
    """Keeps an uploaded list; nothing answers by it yet. Returns its number."""
    rows = [[country, one.income_group, one.region] for country, one in sorted(upload.listed.items())]
    number = await connection.scalar(insert(dac_version).values(
        list_date=upload.list_date, valid_from=upload.valid_from, source=upload.source, rows=rows, state="draft",
        staff_id=staff_id, at=now).returning(dac_version.c.id))
    return int(number or 0)


async def publish(connection: AsyncConnection, number: int, staff_id: int, now: datetime) -> bool:
    """Lets the assistant answer by this list from its day on; false if it does already."""
    return await _turn(connection, number, ("draft", "withdrawn"), state="published", publisher_id=staff_id, published_at=now)


async def withdraw(connection: AsyncConnection, number: int) -> bool:
    """The list before holds again; false if this one does not hold."""
    return await _turn(connection, number, ("published",), state="withdrawn")


async def versions(connection: AsyncConnection) -> list[Version]:
    """All that was uploaded, the latest to hold first."""
    rows = await connection.execute(_VERSIONS.order_by(dac_version.c.valid_from.desc(), dac_version.c.id.desc()))
    return [_version(row) for row in rows]


async def version(connection: AsyncConnection, number: int) -> Version | None:
    """One of them, or None."""
    row = (await connection.execute(_VERSIONS.where(dac_version.c.id == number))).one_or_none()
    return None if row is None else _version(row)


async def published(connection: AsyncConnection, shipped: DacList) -> DacList:
    """The list as it answers now: the shipped one and what was published after it."""
    query = _VERSIONS.where(dac_version.c.state == "published").order_by(dac_version.c.valid_from, dac_version.c.id)
    return followed(shipped, [_version(row).upload for row in await connection.execute(query)])


def followed(shipped: DacList, uploads: Sequence[Upload]) -> DacList:
    """A list and those that follow it, in the order of their days."""
    found = shipped
    for one in uploads:
        found = found.followed_by(one.listed, one.valid_from, one.list_date, one.source)
    return found


_VERSIONS = select(dac_version, staff.c.name).outerjoin(staff, staff.c.id == dac_version.c.staff_id)


def _version(row: Row[tuple[object, ...]]) -> Version:
    listed = {country: Recipient(group, region) for country, group, region in row.rows}
    upload = Upload(listed, row.valid_from, row.list_date, row.source)
    return Version(row.id, upload, row.state, row.staff_id, row.name or "", row.at, row.published_at)


async def _turn(connection: AsyncConnection, number: int, states: tuple[str, ...], **values: object) -> bool:
    """The knowledge's revision is counted up first, so that two changes never cross."""
    await knowledge_changed(connection)
    turned = update(dac_version).where(dac_version.c.id == number, dac_version.c.state.in_(states)).values(**values)
    return (await connection.execute(turned)).rowcount > 0
