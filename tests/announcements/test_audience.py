"""Who hears: the audience by what is known of people, exclusions, and local times of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from bot.announcements.audience import Audience, recipients, sizes
from bot.announcements.compose import Composed
from bot.announcements.schedule import moment_in
from bot.store.announcement_tables import delivery
from bot.store.database import Store
from bot.store.schema import chat
from tests.support.announcing import Noting, describe, now, queue, replica_of, status, subscribers


async def people(store: Store) -> None:
    """1: south, KE. 2: south, PE, Spanish. 3: German with a partner in KE. 4: nothing known. 5: conferences in Africa only."""
    await subscribers(store, 1, 1, topic="conferences")
    await subscribers(store, 1, 2, topic="conferences", language="es")
    await subscribers(store, 1, 3, topic="conferences", language="de", channel="web")
    await subscribers(store, 1, 4, topic="conferences")
    await subscribers(store, 1, 5, topic="conferences-africa")
    await describe(store, "telegram:1", side="south", country="KE")
    await describe(store, "telegram:2", side="south", country="PE")
    await describe(store, "web:3", side="german", country="DE", partner="KE")


@pytest.mark.parametrize(("audience", "found"), [
    ({}, {1, 2, 3, 4, 5}),
    ({"side": "south"}, {1, 2}),
    ({"countries": ["KE"]}, {1, 3}),
    ({"regions": ["africa"]}, {1, 3, 5}),
    ({"regions": "latin-america", "side": ["south"]}, {2}),
    ({"languages": ["es", "de"]}, {2, 3}),
    ({"channels": ["web"]}, {3}),
    ({"exclude": {"countries": ["KE"]}}, {2, 4, 5}),
    ({"exclude": {"languages": "en"}}, {2, 3}),
    ({"seen_within_days": 30}, set()),
    ({"case": "none"}, {1, 2, 3, 4, 5}),
    ({"case": "open"}, set()),
])
async def test_an_audience_finds_its_people(any_store: Store, audience: dict[str, Any], found: set[int]) -> None:
    await people(any_store)
    query = recipients("conferences", Audience.model_validate(audience), now()).with_only_columns(chat.c.handle)
    async with any_store.read() as connection:
        handles = set(await connection.scalars(query))
    assert {int(handle.partition(":")[2]) for handle in handles} == found


async def test_sizes_are_told_by_language_channel_and_region(any_store: Store) -> None:
    await people(any_store)
    async with any_store.read() as connection:
        counted = await sizes(connection, "conferences", Audience(), now())
    assert counted.total == 5
    assert dict(counted.languages) == {"en": 3, "de": 1, "es": 1}
    assert dict(counted.channels) == {"telegram": 4, "web": 1}
    assert dict(counted.regions) == {"": 3, "africa": 1, "latin-america": 1}


async def test_those_who_got_an_earlier_one_can_be_left_out(store: Store) -> None:
    await subscribers(store, 4)
    first, channel = await queue(store, audience={"languages": "en"}), Noting()
    async with replica_of(store, channel):
        while (await status(store, first)).state != "done":
            pass
        await subscribers(store, 2, 5)
        second = await queue(store, audience={"exclude": {"announcement": first}})
        while (await status(store, second)).state != "done":
            pass
    assert channel.addresses[4:] == ["5", "6"]


def test_the_same_time_of_day_is_another_moment_in_each_country() -> None:
    day, nine = date(2026, 12, 1), time(9)
    moments = {country: moment_in(country, day, nine) for country in ("KE", "PE", "BR", None)}
    assert moments == {
        "KE": datetime(2026, 12, 1, 6, tzinfo=UTC), "PE": datetime(2026, 12, 1, 14, tzinfo=UTC),
        "BR": datetime(2026, 12, 1, 12, tzinfo=UTC), None: datetime(2026, 12, 1, 8, tzinfo=UTC)}


async def test_each_row_waits_for_its_own_country_s_time(any_store: Store) -> None:
    await people(any_store)
    number = await queue(any_store, topic="conferences", local_start="2030-06-01T09:00")
    async with replica_of(any_store, Noting()):
        while not (await status(any_store, number)).total:
            pass
    async with any_store.read() as connection:
        rows = await connection.execute(select(chat.c.handle, delivery.c.not_before).join(delivery))
        moments = {row.handle: row.not_before.hour for row in rows}
    assert moments == {"telegram:1": 6, "telegram:2": 14, "web:3": 7, "telegram:4": 7, "telegram:5": 7}


@pytest.mark.parametrize(("wrong", "why"), [
    ({"texts": {}}, "at least 1"),
    ({"texts": {"xx": "Hi"}}, "no language of the assistant"),
    ({"texts": {"en": "Hi {nam}"}}, "{nam} is not known here"),
    ({"texts": {"en": "In {dates}"}}, "{dates} is not known here"),
    ({"texts": {"en": "x" * 4097}}, "at most 4096 fit"),
    ({"texts": {"en": "x" * 1025}, "file": "a.pdf"}, "at most 1024 fit"),
    ({"fallback": "de"}, "has no text"),
    ({"topic": "weather"}, "general"),
    ({"audience": {"countries": ["Kenya"]}}, "no country code"),
    ({"audience": {"regions": ["europe"]}}, "none of africa"),
    ({"audience": {"conference": {"id": "1", "status": "lost"}}}, "'registered', 'waiting'"),
    ({"start": "2026-12-01T09:00", "local_start": "2026-12-01T09:00"}, "exclude each other"),
])
def test_what_cannot_be_sent_is_refused_with_its_reason(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why.replace("{", r"\{").replace("}", r"\}")):
        Composed.model_validate({"texts": {"en": "Hi"}, "topic": "general", **wrong})


def test_placeholders_speak_the_reader_s_language() -> None:
    composed = Composed.model_validate({
        "texts": {"en": "{conference}, {dates}", "de": "{conference}, {dates}"}, "topic": "conferences",
        "conference": {"name": {"en": "Africa 2028", "de": "Afrika 2028"}, "first": "2028-09-04", "last": "2028-09-07"}})
    content = composed.content(1)
    texts = [body.text for language in ("en", "de") if (body := content.body(language))]
    assert texts == ["Africa 2028, 4–7 Sept 2028", "Afrika 2028, 4.–7. Sept. 2028"]
