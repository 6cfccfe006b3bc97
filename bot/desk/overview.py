"""The first page: what waits, what was not understood lately, and in which languages people write."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web
from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import chat, enquiry, miss

from .reasons import REASONS
from .visit import Visit

LATELY = timedelta(days=30)
OLDEST = 5


async def overview(visit: Visit) -> web.Response:
    """/desk."""
    since = visit.now - LATELY
    async with visit.office.store.read() as connection:
        waiting = await connection.scalar(select(func.count()).where(enquiry.c.status == "open")) or 0
        oldest = list(await connection.execute(
            select(enquiry).where(enquiry.c.status == "open").order_by(enquiry.c.opened_at, enquiry.c.id).limit(OLDEST)))
        reasons = await _counts(connection, miss.c.reason, miss.c.at > since)
        unsettled = await connection.scalar(select(func.count()).where(miss.c.settled_at.is_(None))) or 0
        chats = await _counts(connection, chat.c.language, chat.c.seen_at > since)
        missed = await _counts(connection, miss.c.language, miss.c.at > since)
    languages = sorted({*chats, *missed}, key=lambda code: (-chats.get(code, 0), -missed.get(code, 0), code))
    return visit.page("overview.html", waiting=waiting, oldest=oldest, unsettled=unsettled,
                      reasons=[(reason, reasons.get(reason, 0)) for reason in REASONS], reason_names=REASONS,
                      languages=[(code, chats.get(code, 0), missed.get(code, 0)) for code in languages])


async def _counts(connection: AsyncConnection, column: Column[str], condition: ColumnElement[bool]) -> dict[str, int]:
    rows = await connection.execute(select(column, func.count()).where(condition).group_by(column))
    return {row[0]: row[1] for row in rows}
