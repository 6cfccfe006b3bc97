"""One group of messages from reading to commit: the same few statements whether it holds one message or five hundred."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.rate import SharedRate
from bot.messages import PULLED, Body, Message
from bot.render import render
from bot.store import chats
from bot.store.chats import ChatRow, NewMessage
from bot.store.counts import Counted, add_counts
from bot.store.database import Store
from flows.counting import Count
from flows.known import Wanted
from flows.state import State
from flows.turn import Attached, Corrected, Pressed, Said, Turn

from .brain import Brain
from .committer import Marks, Pending
from .doubt import Doubts, settle
from .effects import apply_effects

Later = Callable[[Pending, Wanted], None]


@dataclass
class Work:
    """A message with the chat it belongs to and the turn it led to."""

    pending: Pending
    row: ChatRow | None
    state: State
    turn: Turn


@dataclass(frozen=True)
class GroupCommit:
    """Commits groups of messages; `deliver` gets what has to be sent, `later` what something has to be fetched for."""

    store: Store
    brain: Brain
    replica: str
    doubts: Doubts
    deliver: Callable[[list[Message]], None]
    later: Later
    refresh: Callable[[AsyncConnection], Awaitable[None]]
    rate: SharedRate
    now: Callable[[], datetime]

    async def __call__(self, group: list[Pending], marks: Marks) -> list[Pending]:
        """Makes the group durable; returns those whose chat somebody else changed meanwhile."""
        works = await self._read(group) if group else []
        if not works and not marks:
            return []
        try:
            messages, conflicts = await self._write(works, marks)
        except IntegrityError:
            if any(work.pending.tries > 2 for work in works):
                raise
            for work in works:
                work.pending.tries += 1
            async with self.store.write() as connection:
                await self._mark(connection, marks)
            return [work.pending for work in works]
        for work, replies in messages:
            work.pending.done.set_result(tuple(replies))
        self.deliver([reply for _work, replies in messages for reply in replies if reply.channel not in PULLED])
        return conflicts

    async def _read(self, group: list[Pending]) -> list[Work]:
        """Answers duplicates at once; for the others, the chat's state and the turn."""
        async with self.store.read() as connection:
            await self.refresh(connection)
            known = await chats.claimed(connection, [pending.inbound.unique_key for pending in group])
            earlier = await chats.replies_to(connection, list(known.values())) if known else {}
            rows = await chats.chats_by_handle(connection, [pending.inbound.handle for pending in group])
            retried = [known[pending.inbound.unique_key] for pending in group
                       if pending.tries and pending.inbound.unique_key in known]
            lost = await chats.unsent_replies(connection, retried, self.replica) if retried else []
            for pending in group:
                await self._find_corrected(connection, pending)
                await self._find_label(connection, pending, rows.get(pending.inbound.handle))
        self.deliver(lost)  # committed, though the answer to the commit was lost
        works: list[Work] = []
        for pending in group:
            number = known.get(pending.inbound.unique_key)
            if number is not None and not pending.done.done():
                pending.done.set_result(tuple(earlier[number]))
            elif number is None:
                works.extend(self._turn(pending, rows.get(pending.inbound.handle)))
        return works

    async def _find_corrected(self, connection: AsyncConnection, pending: Pending) -> None:
        inbound = pending.inbound
        if isinstance(inbound.incoming, Corrected) and inbound.external and pending.fetched.answered is None:
            pending.fetched.answered = await chats.answered_key(connection, inbound.handle, inbound.external)

    async def _find_label(self, connection: AsyncConnection, pending: Pending, row: ChatRow | None) -> None:
        """What a button of long ago was called, for the transcript."""
        incoming = pending.inbound.incoming
        if not isinstance(incoming, Pressed) or row is None or pending.fetched.label is not None:
            return
        if incoming.choice not in dict(self.brain.state(row, None).offered):
            pending.fetched.label = await chats.label_of(connection, row.id, incoming.choice)

    def _turn(self, pending: Pending, row: ChatRow | None) -> Iterable[Work]:
        state = self.brain.state(row, pending.inbound.hint)
        try:
            yield Work(pending, row, state, self.brain.turn(pending.inbound, state, pending.fetched, self.now()))
        except Wanted as wanted:
            self.later(pending, wanted)

    async def _write(self, works: list[Work], marks: Marks) -> tuple[list[tuple[Work, list[Message]]], list[Pending]]:
        async with self.store.write() as connection:
            now = self.now()
            current = await chats.unchanged(connection, {work.row.id: work.row.version for work in works if work.row})
            conflicts = [work.pending for work in works if work.row and work.row.id not in current]
            works = [work for work in works if work.row is None or work.row.id in current]
            new = {id(work) for work in works if work.row is None}
            await self._create(connection, [work for work in works if work.row is None], now)
            stored = await self._store_turns(connection, works, now)
            seen = [_row(work).id for work in works if _proves_arrival(work) and self._may_be_in_doubt(work)]
            if seen:
                await settle(connection, seen, self.replica, now)
            await self._mark(connection, marks)
            await add_counts(connection, [counted for work in works for counted in _counted(work, new)], now.date())
            pushed = sum(message.channel not in PULLED for _work, replies in stored for message in replies)
            if pushed:  # announcements leave these slots free; last, since every replica waits for this row
                await self.rate.debit(connection, pushed)
        return stored, conflicts

    def _may_be_in_doubt(self, work: Work) -> bool:
        """With several replicas, the one that was sending may have died a moment ago without anybody knowing yet."""
        return not self.store.is_sqlite or _row(work).id in self.doubts

    async def _create(self, connection: AsyncConnection, works: list[Work], now: datetime) -> None:
        if not works:
            return
        fresh = [{"handle": work.pending.inbound.handle, "language": work.state.language, "state": {}} for work in works]
        await chats.create_chats(connection, fresh, now)
        rows = await chats.chats_by_handle(connection, [work.pending.inbound.handle for work in works])
        for work in works:
            work.row = rows[work.pending.inbound.handle]

    async def _store_turns(self, connection: AsyncConnection, works: list[Work],
                           now: datetime) -> list[tuple[Work, list[Message]]]:
        if not works:
            return []
        for work in works:
            work.row, work.turn = await apply_effects(connection, _row(work), work.turn, now, self.brain.links)
        await chats.save_states(connection, [
            {"number": _row(work).id, "state": work.turn.state.to_json(), "language": work.turn.state.language, "seen_at": now}
            for work in works])
        taken = await chats.add_messages(connection, [_taken_in(work, now) for work in works])
        outgoing = [(work, body, number) for work, number in zip(works, taken, strict=True) for body in _bodies(work)]
        numbers = await chats.add_messages(connection, [self._reply(work, body, number, now) for work, body, number in outgoing])
        stored: dict[int, list[Message]] = {id(work): [] for work in works}
        for (work, body, _inbound), number in zip(outgoing, numbers, strict=True):
            stored[id(work)].append(Message(number, _row(work).id, work.pending.inbound.handle, "assistant", body))
        return [(work, stored[id(work)]) for work in works]

    def _reply(self, work: Work, body: Body, inbound: int, now: datetime) -> NewMessage:
        pulled = work.pending.inbound.channel in PULLED
        return NewMessage(_row(work).id, "assistant", body, now, reply_to=inbound, sent_at=now if pulled else None,
                          owner=None if pulled else self.replica)

    async def _mark(self, connection: AsyncConnection, marks: Marks) -> None:
        now = self.now()
        if marks.sent:
            await chats.mark_sent(connection, marks.sent, now)
        for number, why in marks.failed:
            await chats.mark_failed(connection, number, why, now)
        for chat in marks.blocked:
            await chats.mark_blocked(connection, chat, now)


def _counted(work: Work, new: Collection[int]) -> Iterable[Counted]:
    """What statistics may know of a message."""
    opened = (Count("chat"),) if id(work) in new else ()
    for count in (Count("message"), *opened, *work.turn.counts):
        yield Counted(count, work.turn.state.language, work.pending.inbound.channel)


def _proves_arrival(work: Work) -> bool:
    """Only who has seen the last reply can answer its question or press its buttons."""
    incoming = work.pending.inbound.incoming
    pressed = isinstance(incoming, Pressed) and incoming.choice in dict(work.state.offered)
    return pressed or work.turn.answered is not None


def _row(work: Work) -> ChatRow:
    assert work.row is not None, "a chat is created before its turn is stored"
    return work.row


def _bodies(work: Work) -> list[Body]:
    return [render(reply, work.turn.state.language) for reply in work.turn.replies]


def _taken_in(work: Work, now: datetime) -> NewMessage:
    inbound = work.pending.inbound
    body = Body((("plain", _shown(work)),), work.state.language)
    return NewMessage(_row(work).id, "person", body, now, inbound.unique_key, inbound.external, work.turn.answered, sent_at=now)


def _shown(work: Work) -> str:
    """A person's message as the transcript shows it: the text, or the label of the pressed button."""
    incoming = work.pending.inbound.incoming
    match incoming:
        case Said(text) | Corrected(text):
            return text[:4000]
        case Pressed(choice):
            return dict(work.state.offered).get(choice) or work.pending.fetched.label or "•"
        case Attached(name=name, caption=caption):
            return f"📎 {name}\n{caption}".strip()[:4000]
        case _:
            return "•"
