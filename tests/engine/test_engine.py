"""From a message to a durable reply, on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.store.schema import added_phrase, chat, consent, enquiry, message, miss, person, revision, subscription
from tests.support.engine import NotingSender, Party, party


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Party]:
    async with party(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as started:
        yield started


async def count(assistant: Party, table: object) -> int:
    async with assistant.store.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]  # any table


async def until(condition: object, seconds: float = 5.0) -> None:
    """Waits for a condition that is not awaited on anywhere."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():  # type: ignore[operator]  # any callable
        assert asyncio.get_running_loop().time() < deadline, "it did not come to pass"
        await asyncio.sleep(0.02)


async def test_a_dialogue_goes_on_from_message_to_message(assistant: Party) -> None:
    assert "Who is asking?" in await assistant.say("/check")
    assert "Which country" in await assistant.press("side:south")
    assert "partner municipality in Germany" in await assistant.say("Kenya")


async def test_replies_are_sent_after_the_commit_and_marked(assistant: Party) -> None:
    await assistant.say("/check")
    await until(lambda: assistant.sender.sent["1"])

    async def unsent() -> int:
        async with assistant.store.read() as connection:
            return int(await connection.scalar(select(func.count()).where(message.c.sent_at.is_(None))) or 0)

    for _try in range(100):
        if await unsent() == 0:
            break
        await asyncio.sleep(0.02)
    assert await unsent() == 0


async def test_a_message_delivered_twice_changes_nothing_and_gets_the_same_reply(assistant: Party) -> None:
    first = await assistant.say("/check", key="u1")
    stored = await count(assistant, message)
    assert await assistant.say("/check", key="u1") == first
    assert await count(assistant, message) == stored


async def test_two_copies_at_the_same_moment_are_one(assistant: Party) -> None:
    replies = await asyncio.gather(*(assistant.say("/check", key="u1") for _copy in range(5)))
    assert len(set(replies)) == 1
    assert await count(assistant, message) == 2


async def test_many_chats_are_committed_together_and_do_not_mix(assistant: Party) -> None:
    await asyncio.gather(*(assistant.say("/check", address=str(number)) for number in range(60)))
    countries = ["Kenya", "Peru"] * 30
    await asyncio.gather(*(assistant.press("side:south", address=str(number)) for number in range(60)))
    await asyncio.gather(*(assistant.say(country, address=str(number)) for number, country in enumerate(countries)))
    verdicts = await asyncio.gather(*(assistant.press("partner:none", address=str(number)) for number in range(60)))
    assert all(f"{country}: on the DAC List" in verdict for country, verdict in zip(countries, verdicts, strict=True))


async def test_messages_of_one_chat_keep_their_order(assistant: Party) -> None:
    lines = ["/check", "1", "Kenya", "no, none"]
    replies = await asyncio.gather(*(assistant.say(line) for line in lines))
    assert "Not yet" in replies[-1]


async def test_an_edit_finds_the_answer_it_gave(assistant: Party) -> None:
    await assistant.say("/check", key="10")
    await assistant.press("side:south")
    await assistant.say("Kenya", key="12")
    await assistant.press("partner:none")
    assert "Chile: no longer on the DAC List since 2018." in await assistant.correct("Chile", "m12")
    assert "partner municipality in Germany" in await assistant.correct("Peru", "m12"), "that answer was not visited any more"


async def test_a_blocked_chat_is_marked_and_not_tried_again(assistant: Party) -> None:
    assistant.sender.blocked.add("1")
    await assistant.say("/check")
    await assistant.say("1")

    async def marked() -> bool:
        async with assistant.store.read() as connection:
            return await connection.scalar(select(chat.c.blocked_at)) is not None

    for _try in range(100):
        if await marked():
            break
        await asyncio.sleep(0.02)
    assert await marked()
    assert assistant.sender.sent["1"] == []


async def test_a_lost_connection_is_tried_again(assistant: Party) -> None:
    assistant.sender.failures = 1
    await assistant.say("/check")
    await until(lambda: assistant.sender.sent["1"])


async def test_what_was_committed_and_not_sent_is_sent_at_the_next_start(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/a.sqlite"
    async with party(url) as first:
        await first.say("/check")
        await until(lambda: first.sender.sent["1"])
        await asyncio.sleep(0.1)
        async with first.store.write() as connection:
            await connection.execute(update(message).where(message.c.author == "assistant").values(sent_at=None, owner="dead"))
    sender = NotingSender()
    async with party(url, sender):
        await until(lambda: sender.sent["1"])
    assert "Who is asking?" in sender.sent["1"][0].body.text


async def test_an_enquiry_is_kept_with_consent_and_only_then(assistant: Party) -> None:
    await assistant.say("/contact")
    await assistant.press("consent:no")
    assert await count(assistant, enquiry) == 0
    await assistant.say("/contact")
    await assistant.press("consent:yes")
    await assistant.say("How much money is there for a mission?")
    thanks = await assistant.press("reach:chat")
    assert "Your question has gone to the team under the number E-" in thanks
    assert await count(assistant, enquiry) == 1
    assert await count(assistant, consent) == 1


async def test_a_question_not_understood_is_kept_without_its_asker(assistant: Party) -> None:
    assert "I do not know that." in await assistant.say("qwrtz plmokn zzzt")
    async with assistant.store.read() as connection:
        row = (await connection.execute(select(miss))).one()
    assert (row.text, row.reason) == ("qwrtz plmokn zzzt", "unknown")
    assert "person_id" not in miss.c
    assert "chat_id" not in miss.c


async def test_mydata_shows_and_forget_erases(assistant: Party) -> None:
    await assistant.say("/subscribe all")
    assert "conferences" in await assistant.say("/mydata")
    await assistant.say("/forget")
    assert "Everything kept about you has been deleted." in await assistant.press("sure:yes")
    assert await count(assistant, subscription) == 0
    assert await count(assistant, consent) == 0
    assert await count(assistant, person) == 1, "an empty new one, which holds the last word"
    assert await count(assistant, message) == 2, "the last tap and the last word"


async def test_the_language_is_stored_with_the_chat(assistant: Party) -> None:
    await assistant.say("/start")
    async with assistant.store.read() as connection:
        assert await connection.scalar(select(chat.c.language)) == "en"


async def test_staffs_changes_to_the_knowledge_are_seen_by_the_next_message(assistant: Party) -> None:
    strange = "frobnicate the quux harder"
    assert "The German municipality submits the proposal." not in await assistant.say(strange)
    async with assistant.store.write() as connection:
        await connection.execute(added_phrase.insert().values(
            article="who-submits", language="en", text=strange, at=assistant.engine.now()))
        await connection.execute(revision.insert().values(name="knowledge", number=1))
    assert "The German municipality submits the proposal." in await assistant.say(strange)


async def test_forgetting_leaves_no_word_behind(assistant: Party) -> None:
    await assistant.say("Who submits the proposal? My name is Anna Quispe.")
    await assistant.say("/forget")
    await assistant.press("sure:yes")
    async with assistant.store.read() as connection:
        states = [str(state) for state in await connection.scalars(select(chat.c.state))]
        bodies = [str(body) for body in await connection.scalars(select(message.c.body))]
    assert not any("Anna" in kept for kept in (*states, *bodies))


async def test_leaving_one_topic_keeps_the_consent_to_the_others(assistant: Party) -> None:
    await assistant.say("/subscribe all")
    await assistant.say("/unsubscribe calls")

    async def withdrawn() -> bool:
        async with assistant.store.read() as connection:
            return await connection.scalar(select(consent.c.withdrawn_at)) is not None

    assert not await withdrawn()
    await assistant.say("/unsubscribe")
    assert await withdrawn()


async def test_start_in_the_middle_leaves_the_open_question_in_sight(assistant: Party) -> None:
    await assistant.say("/check")
    assert (await assistant.say("/start")).endswith("Who is asking?")
