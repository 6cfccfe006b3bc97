"""Whatever people do in whatever order: no place is sold twice, and nobody waits for a place that is free."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from bot.conferences.leaving import accept, withdraw
from bot.conferences.places import hold, settle
from bot.conferences.reading import conference_numbered
from bot.conferences.registering import register
from bot.conferences.timing import HANDLERS
from bot.store import jobs
from bot.store.chats import ChatRow
from bot.store.database import Store
from bot.store.schema import job
from flows.codes import key_of
from flows.conference.effects import Accept, Register, Withdraw
from flows.conference.view import Attendee, Conference, Quotas, Registration, Status
from flows.notices import Links
from tests.support.conferences import entered, of
from tests.support.store import store
from tests.support.strangers import strangers
from tests.support.talk import NOW, knowledge

__all__ = ["store"]


class Crowd:
    """People who register alone and in pairs, withdraw, accept, and let offers run out, at random."""

    def __init__(self, store: Store, one: Conference, rows: list[ChatRow], seed: int) -> None:
        self.store, self.one, self.random, self.now = store, one, Random(seed), NOW
        self.rows, self.coming, self.codes = {row.id: row for row in rows}, list(rows), 0

    async def does_something(self) -> None:
        """One of them, whoever it is."""
        await self.random.choice((self._comes, self._comes, self._comes, self._goes, self._accepts, self._time_passes))()

    async def _comes(self) -> None:
        if not self.coming:
            return
        self.codes += 1
        invites, joins = self.random.choice((("", ""), (f"P{self.codes}", ""), ("", f"P{self.random.randint(1, self.codes)}")))
        side, country = self.random.choice((("german", "DE"), ("south", "VN")))
        guests = tuple(Attendee(f"Guest {number}") for number in range(self.random.randint(1, 3)))
        wanted = Register(self.one.id, f"C{self.codes}", side, "Town", country, guests, (), "test",
                          pair=key_of(joins) if joins else "", partner_comes=bool(invites), invite=invites)
        async with self.store.write() as connection:
            await register(connection, self.coming.pop(), wanted, "en", self.now, Links())

    async def _goes(self) -> None:
        mine = await self._somebody(*(status for status in Status if status.counts))
        if mine:
            async with self.store.write() as connection:
                await withdraw(connection, self.rows[mine.chat], Withdraw(mine.id), self.now)

    async def _accepts(self) -> None:
        mine = await self._somebody(Status.OFFERED)
        if mine:
            async with self.store.write() as connection:
                await accept(connection, self.rows[mine.chat], Accept(mine.id), self.now, Links())

    async def _time_passes(self) -> None:
        self.now += timedelta(hours=self.random.choice((1, 30, 100)))
        async with self.store.write() as connection:
            for due in await jobs.claim(connection, "me", HANDLERS.keys(), self.now):
                await jobs.finish(connection, due, "me")
                await HANDLERS[due.kind](connection, due, knowledge(), self.now)

    async def _somebody(self, *statuses: Status) -> Registration | None:
        found = [mine for mine in await of(self.store, self.one) if mine.status in statuses]
        return self.random.choice(found) if found else None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_places_are_neither_sold_twice_nor_left_empty(store: Store, seed: int) -> None:
    one = await entered(store, places=7, quotas=Quotas(german=4))
    crowd = Crowd(store, one, await strangers(store, 40), seed)
    for _step in range(50):
        await crowd.does_something()
        kept = await of(store, one)
        seated = [mine for mine in kept if mine.status.takes_places]
        async with store.write() as connection:
            found = await conference_numbered(connection, one.id)
            assert found is not None
            assert found.taken <= 7
            assert sum(mine.people for mine in seated if mine.side == "german") <= 4
            assert await settle(connection, await hold(connection, one.id), crowd.now) == []
            offers = set(await connection.scalars(select(job.c.subject).where(job.c.kind == "conference-offer")))
        assert offers == {mine.id for mine in kept if mine.status is Status.OFFERED}
        assert all(mine.partner is None or mine.partner.status.counts for mine in kept)
