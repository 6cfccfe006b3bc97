"""From rows to messages: everybody once, in their language, at the pace allowed, and nobody who has left."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import delete, select, update

from bot.announcements.report import failures
from bot.announcements.store import cancel, pause, resume
from bot.messages import Attachment, Blocked, NotYet, Refused, TooFast
from bot.store.announcement_tables import announcement_file
from bot.store.database import Store
from bot.store.schema import chat, message, subscription
from tests.support.announcing import Noting, now, queue, replica_of, states, status, subscribers, until_done


async def test_everybody_who_subscribed_hears_once(any_store: Store) -> None:
    await subscribers(any_store, 300)
    await subscribers(any_store, 10, 1001, topic="calls")
    channel = Noting(0.01)
    number = await queue(any_store)
    async with replica_of(any_store, channel):
        done = await until_done(any_store, number)
    assert sorted(map(int, channel.addresses)) == list(range(1, 301))
    assert (done.total, done.sent, done.waiting) == (300, 300, 0)
    assert await states(any_store, number) == {"sent": 300}


async def test_two_replicas_share_the_recipients_and_the_rate(postgres_store: Store) -> None:
    await subscribers(postgres_store, 400)
    one, other = Noting(0.01), Noting(0.01)
    number = await queue(postgres_store)
    async with replica_of(postgres_store, one, 100, "one"), replica_of(postgres_store, other, 100, "other"):
        await until_done(postgres_store, number)
    assert sorted(map(int, one.addresses + other.addresses)) == list(range(1, 401))
    assert len(one.sent) > 50 < len(other.sent)
    times = sorted(time for time, _notice in one.sent + other.sent)
    assert (len(times) - 1) / (times[-1] - times[0]) < 110  # a stalled replica gives its slots back, which others then use


async def test_each_reads_their_own_language_or_the_fallback(store: Store) -> None:
    await subscribers(store, 1, 1, language="es")
    await subscribers(store, 1, 2, language="fr")
    channel = Noting()
    number = await queue(store, {"es": "Hola, {name}", "de": "Guten Tag"}, fallback="de", buttons=["more"])
    async with replica_of(store, channel):
        await until_done(store, number)
    bodies = {notice.address: notice.body for _time, notice in channel.sent}
    assert {address: body.language for address, body in bodies.items()} == {"1": "es", "2": "de"}
    assert [button.id for button in bodies["2"].buttons] == [f"/heard {number} more general", f"/heard {number} leave general"]


async def test_who_leaves_while_it_runs_is_not_written_to(any_store: Store) -> None:
    await subscribers(any_store, 60)
    channel = Noting()
    number = await queue(any_store)
    async with replica_of(any_store, channel, 20):
        await asyncio.sleep(0.8)
        async with any_store.write() as connection:
            gone = select(chat.c.id).where(chat.c.handle.in_([f"telegram:{address}" for address in range(41, 61)]))
            await connection.execute(delete(subscription).where(subscription.c.chat_id.in_(gone)))
        done = await until_done(any_store, number)
    assert sorted(map(int, channel.addresses)) == list(range(1, 41))
    assert (done.sent, done.left) == (40, 20)


async def test_what_a_channel_refuses_is_accounted_for(any_store: Store) -> None:
    await subscribers(any_store, 50)
    channel = Noting(errors={
        "1": [Blocked()], "2": [Refused("Bad Request: chat not found")], "3": [ConnectionError("reset")], "4": [NotYet(0.2)]})
    number = await queue(any_store)
    async with replica_of(any_store, channel):
        done = await until_done(any_store, number)
    assert (done.sent, done.blocked, done.failed) == (48, 1, 1)
    assert len(channel.addresses) == len(set(channel.addresses)) == 48
    async with any_store.read() as connection:
        assert await failures(connection, number) == [("Bad Request: chat not found", 1)]
        assert await connection.scalar(select(chat.c.blocked_at).where(chat.c.handle == "telegram:1")) is not None


async def test_all_replicas_are_silent_for_as_long_as_telegram_asks(postgres_store: Store) -> None:
    await subscribers(postgres_store, 200)
    one, other = Noting(errors={"20": [TooFast(1.5)]}), Noting(errors={"20": [TooFast(1.5)]})
    number = await queue(postgres_store)
    async with replica_of(postgres_store, one, 100, "one"), replica_of(postgres_store, other, 100, "other"):
        done = await until_done(postgres_store, number)
    times = sorted(time for time, _notice in one.sent + other.sent)
    longest = max(later - earlier for earlier, later in pairwise(times))
    assert 1.0 < longest < 3.0
    assert done.sent == len(times) == 200


async def test_pause_resume_and_cancel_act_within_a_moment(any_store: Store) -> None:
    await subscribers(any_store, 200)
    channel = Noting()
    number = await queue(any_store)
    async with replica_of(any_store, channel, 50):
        await asyncio.sleep(1.2)
        async with any_store.write() as connection:
            assert await pause(connection, number, now())
        await asyncio.sleep(0.7)
        before = len(channel.sent)
        await asyncio.sleep(0.7)
        assert 0 < before == len(channel.sent) < 200
        async with any_store.write() as connection:
            assert await resume(connection, number, now())
        await asyncio.sleep(1.5)
        assert before < len(channel.sent)
        async with any_store.write() as connection:
            assert await cancel(connection, number, now())
        await asyncio.sleep(0.7)
        before = len(channel.sent)
        await asyncio.sleep(0.7)
        assert before == len(channel.sent) < 200
    last = await status(any_store, number)
    assert (last.state, last.sent, last.waiting) == ("cancelled", before, 200 - before)


async def test_web_chats_get_it_stored_without_waiting_for_slots(any_store: Store) -> None:
    await subscribers(any_store, 700, channel="web")
    number = await queue(any_store)
    async with replica_of(any_store, Noting(), 1.0):
        done = await until_done(any_store, number, timeout=20)
    async with any_store.read() as connection:
        stored = list(await connection.execute(select(message.c.chat_id, message.c.body, message.c.sent_at)))
    assert done.sent == len(stored) == len({row.chat_id for row in stored}) == 700
    assert stored[0].body["paragraphs"] == [["plain", "News for you"]]


async def test_who_has_just_spoken_gets_it_a_second_later(store: Store) -> None:
    await subscribers(store, 2)
    async with store.write() as connection:
        await connection.execute(update(chat).where(chat.c.handle == "telegram:1").values(seen_at=now() + timedelta(seconds=1)))
    channel = Noting()
    number = await queue(store)
    async with replica_of(store, channel):
        await until_done(store, number)
    (first, to_first), (second, _to_second) = channel.sent
    assert to_first.address == "2"
    assert second - first > 1


async def test_two_announcements_to_one_chat_stand_a_second_apart(any_store: Store) -> None:
    await subscribers(any_store, 3)
    channel = Noting()
    numbers = [await queue(any_store), await queue(any_store)]
    async with replica_of(any_store, channel):
        for number in numbers:
            await until_done(any_store, number)
    for address in "123":
        first, second = (time for time, notice in channel.sent if notice.address == address)
        assert second - first > 0.9


async def test_a_file_is_uploaded_once_and_named_from_then_on(any_store: Store) -> None:
    await subscribers(any_store, 30)
    channel = Noting(0.05)
    number = await queue(any_store, content=b"%PDF", file="programme.pdf")
    async with replica_of(any_store, channel):
        await until_done(any_store, number)
    attached = [notice.attachment for _time, notice in channel.sent]
    assert attached[0] == Attachment("document", "programme.pdf", b"%PDF")
    assert set(attached[1:]) == {Attachment("document", "programme.pdf", b"", "file-1")}
    async with any_store.read() as connection:
        assert await connection.scalar(select(announcement_file.c.file_id)) == "file-1"


async def test_nothing_goes_out_before_its_time(store: Store) -> None:
    await subscribers(store, 5)
    channel = Noting()
    begin = now() + timedelta(seconds=2)
    number = await queue(store, start=begin)
    async with replica_of(store, channel):
        await asyncio.sleep(1)
        assert ((await status(store, number)).state, channel.sent) == ("scheduled", [])
        await until_done(store, number)
    assert len(channel.sent) == 5
    assert now() > begin
