"""Calls for proposals as staff have published them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import checklist_call
from knowledge.checklist import Call, Item, Owner
from knowledge.dac import DacList
from locales import Spoken


async def calls_by_number(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, Call]:
    """Some calls."""
    if not numbers:
        return {}
    rows = await connection.execute(select(checklist_call).where(checklist_call.c.id.in_(numbers)))
    return {row.id: _call(row) for row in rows}


async def all_calls(connection: AsyncConnection) -> list[Call]:
    """Every version ever published, the newest first."""
    rows = await connection.execute(select(checklist_call).order_by(checklist_call.c.id.desc()))
    return [_call(row) for row in rows]


async def call_for(connection: AsyncConnection, country: str, today: date) -> Call | None:
    """The newest call that holds today and takes municipalities of that country."""
    calls = await all_calls(connection)
    return next((call for call in calls if call.holds(today) and call.admits(country, known_dac_list())), None)


def _call(row: Any) -> Call:
    return Call(row.id, _spoken(row.title), row.valid_from, row.valid_until, row.deadline, tuple(row.regions),
                row.partner_required, _spoken(row.submission), tuple(row.left_out), tuple(map(_item, row.added)))


def _spoken(kept: Mapping[str, str]) -> Spoken:
    return Spoken(tuple(kept.items()))


def _item(kept: Mapping[str, Any]) -> Item:
    return Item(kept["id"], "expectations", Owner(kept["owner"]), _spoken(kept["title"]), _spoken(kept["explanation"]))


@lru_cache(maxsize=1)
def known_dac_list() -> DacList:
    """The shipped list, read once: it tells only to which region a country belongs."""
    return DacList.load()
