"""The engine: what channels submit to, and the few tasks that keep it going."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.chatting import office_of
from bot.announcements.rate import SharedRate, Window
from bot.cases.reading import cases_of, invitation_behind
from bot.conferences.reading import access_behind, conferences_for, pair_behind
from bot.documents.sweeping import Sweeping
from bot.documents.taking import Taking
from bot.knowledge import LiveKnowledge
from bot.messages import Inbound, Message, Sender
from bot.noticeboard import Noticeboard
from bot.privacy.holdings import profile_of
from bot.store import schema
from bot.store.database import Store
from bot.store.faults import keep_faults
from bot.store.files import SWEEP
from bot.store.phrases import KNOWLEDGE
from bot.store.revisions import revisions
from bot.store.settings import SETTINGS
from flows.files import Unfit
from flows.known import (
    AccessWanted,
    CasesWanted,
    ConferencesWanted,
    FileWanted,
    InvitationWanted,
    Known,
    OfficeWanted,
    PairWanted,
    ProfileWanted,
    Vector,
    VectorWanted,
    Wanted,
)

from .brain import Brain, Fetched
from .committer import Committer, Pending, Results
from .conversations import StoredConversations
from .doubt import Doubts
from .group import GroupCommit
from .jobs import HANDLERS, work_off
from .postman import Postman
from .presence import StoredPresence
from .unsent import SILENCE, anything_unsent, beat, claim_unsent

log = structlog.get_logger()
LOOK_EVERY = 0.5  # seconds between looks for unsent messages of others


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


class Engine:
    """Turns inbound messages into durable replies and sends them."""

    def __init__(self, store: Store, brain: Brain, live: LiveKnowledge, senders: Mapping[str, Sender],
                 now: Callable[[], datetime] = utc_now, rate: float = 30.0, taking: Taking | None = None) -> None:
        self.store, self.brain, self.live, self.now, self.taking = store, brain, live, now, taking
        self._chores = HANDLERS | ({SWEEP: Sweeping(taking.shelf)} if taking else {})
        self.replica = secrets.token_hex(8)
        self.board = Noticeboard()
        self.rate, self.window = SharedRate(rate), Window(rate)
        self._beaten_at = -SILENCE.total_seconds()
        results = Results()
        self.postman = Postman(results, senders, self.window)
        self.doubts = Doubts()
        commit = GroupCommit(store, brain, self.replica, self.doubts, self.postman.deliver, self._fetch, self._refresh, self.rate,
                             now)
        self.committer = Committer(commit, results)
        self.presence = StoredPresence(store, now)
        self.conversations = StoredConversations(store, self.committer, now)
        self._tasks: list[asyncio.Task[None]] = []
        self._fetching: set[asyncio.Task[None]] = set()
        self._leads = False

    async def submit(self, inbound: Inbound) -> tuple[Message, ...]:
        """The replies to a message, once all is committed; delivered twice, it changes nothing."""
        return await self.committer.submit(inbound)

    async def start(self, *, beside: bool = False) -> None:
        """Takes over what an earlier run left unsent, and begins.

        `beside` leaves everything to the assistant that runs on the same store: for an engine that sends nothing itself.
        """
        self._leads = not beside
        if self._leads:
            await self._take_the_lead()
        self._tasks = [asyncio.create_task(work) for work in (self.committer.run(), self._tick(), self.conversations.watch())]

    async def _take_the_lead(self) -> None:
        async with self.store.write() as connection:
            if self.store.is_sqlite:  # the one process that may run: claims of earlier runs are void
                await connection.execute(delete(schema.replica))
            await self._beat(connection)
            if self.postman.senders:  # before the first message comes in: it may prove that a reply arrived
                await self.doubts.look(connection, tuple(self.postman.senders))

    @property
    def is_fresh(self) -> bool:
        """Whether no other replica can have taken this one for dead."""
        time = asyncio.get_running_loop().time()
        return self.store.is_sqlite or time - self._beaten_at < SILENCE.total_seconds() - 1

    async def _beat(self, connection: AsyncConnection) -> None:
        began = asyncio.get_running_loop().time()
        await beat(connection, self.replica, self.now())
        self._beaten_at = began

    async def stop(self) -> None:
        """Finishes what is in hand."""
        await self.postman.stop()
        self.committer.stop()
        committing, *others = self._tasks
        for task in others:
            task.cancel()
        await asyncio.wait([committing], timeout=10)
        committing.cancel()  # the database is away: what is not committed has not been acknowledged either
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _fetch(self, pending: Pending, wanted: Wanted) -> None:
        self.committer.hold(pending)
        task = asyncio.create_task(self._fetched(pending, wanted))
        self._fetching.add(task)
        task.add_done_callback(self._fetching.discard)

    async def _fetched(self, pending: Pending, wanted: Wanted) -> None:
        try:
            if isinstance(wanted, FileWanted):
                await self._take_file(pending, wanted)
            elif isinstance(wanted, VectorWanted):
                await self._take_vector(pending.fetched, wanted.text)
            else:
                async with self.store.read() as connection:
                    fetched = pending.fetched
                    fetched.known = await self.fetch(connection, fetched.known, pending.inbound.handle, wanted)
        finally:
            self.committer.again(pending)

    async def fetch(self, connection: AsyncConnection, known: Known, handle: str, wanted: Wanted) -> Known:
        """What is known with what a turn wants from the store."""
        match wanted:
            case ProfileWanted():
                return replace(known, profile=await profile_of(connection, handle))
            case OfficeWanted():
                return replace(known, office=await office_of(connection, handle, self.brain.second_above))
            case CasesWanted():
                return replace(known, cases=await cases_of(connection, handle, self.brain.knowledge.checklist, self.now()))
            case InvitationWanted(key=key):
                behind = await invitation_behind(connection, key, self.now())
                return replace(known, invitations={**known.invitations, key: behind})
            case ConferencesWanted():
                return replace(known, conferences=await conferences_for(connection, handle))
            case PairWanted(key=key):
                return replace(known, pairs={**known.pairs, key: await pair_behind(connection, key)})
            case AccessWanted(key=key):
                return replace(known, access={**known.access, key: await access_behind(connection, key)})
        raise TypeError(f"nothing in the store answers {type(wanted).__name__}")

    async def _take_file(self, pending: Pending, wanted: FileWanted) -> None:
        fetched, found = pending.fetched, Unfit("unreachable", wanted.name)
        fetched.known = replace(fetched.known, files={**fetched.known.files, wanted.reference: found})
        if self.taking is not None:
            sender = self.postman.senders.get(pending.inbound.channel)
            taken = await self.taking.take(pending.inbound, wanted, sender)
            fetched.known = replace(fetched.known, files={**fetched.known.files, wanted.reference: taken})

    async def _take_vector(self, fetched: Fetched, text: str) -> None:
        known = fetched.known
        fetched.known = replace(known, vectors={**known.vectors, text: None})  # if the encoder fails, the words alone decide
        fetched.known = replace(known, vectors={**known.vectors, text: await self._vector(text)})

    async def _vector(self, text: str) -> Vector | None:
        return None if self.live.encoding is None else await self.live.encoding.vector(text)

    async def _refresh(self, connection: AsyncConnection) -> None:
        """What staff have added to the knowledge or set works from the next message on, on every replica."""
        numbers = await revisions(connection)
        await self.live.refresh(connection, numbers.get(KNOWLEDGE, 0))
        await self.board.refresh(connection, numbers.get(SETTINGS, 0))
        self.brain.knowledge, self.brain.notices = self.live.knowledge, self.board.notices  # the desk may have been faster

    async def _tick(self) -> None:
        last_beat = 0.0
        while True:
            try:
                loop_time = asyncio.get_running_loop().time()
                if not self.store.is_sqlite and loop_time - last_beat >= 1:
                    last_beat = loop_time
                    async with self.store.write() as connection:
                        await self._beat(connection)
                if self._leads:
                    async with self.store.read() as connection:
                        await self._refresh(connection)
                    await work_off(self.store, self.replica, self.brain.knowledge, self.now(), self._chores)
                await keep_faults(self.store, self.replica)
                await self._take_over()
            except Exception:
                log.exception("tick failed")
            await asyncio.sleep(LOOK_EVERY)

    async def _take_over(self) -> None:
        channels = tuple(self.postman.senders)
        if not channels:
            return
        async with self.store.read() as connection:
            await self.doubts.look(connection, channels)
            if not await anything_unsent(connection, channels):
                return
        async with self.store.write() as connection:
            messages = await claim_unsent(connection, self.replica, channels, self.doubts.still_waiting)
        self.postman.deliver(messages)
