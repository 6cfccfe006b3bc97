"""How long what is kept, and what the next cleaning deletes."""

from __future__ import annotations

from aiohttp import web

from bot.privacy.register import REGISTER

from .kinds import TABLES
from .visit import Visit


async def shown(visit: Visit) -> web.Response:
    """/desk/terms."""
    rehearsal = visit.office.rehearsal
    async with visit.office.store.read() as connection:
        await rehearsal.look(connection, visit.now)
    counts = rehearsal.counts
    names = {name: visit.say(TABLES[name]) if name in TABLES else name for name in REGISTER}
    order = sorted(REGISTER, key=lambda name: (-counts.get(name, 0), name not in TABLES, names[name].casefold()))
    return visit.page("terms.html", register=REGISTER, names=names, order=order, counts=counts, at=rehearsal.at)
