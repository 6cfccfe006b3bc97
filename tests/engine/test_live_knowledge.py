"""What staff add counts by its words at once, and by its meaning as soon as it is encoded."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Event

from bot.encoding import Encoding
from bot.knowledge import LiveKnowledge
from bot.store.database import Store
from bot.store.phrases import add_phrase, knowledge_revision
from bot.store.team_articles import Words, publish, write
from tests.support.store import store
from tests.support.talk import knowledge

__all__ = ["store"]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
VECTOR = [0.05] * 384
STRANGE = "zxcv yuio"  # shares no word with any phrase


class Encoder:
    """Sees every sentence alike, once it is let go; writes down what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.go = Event()

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        assert self.go.wait(10)
        self.texts += texts
        return [VECTOR for _text in texts]


async def change(store: Store, live: LiveKnowledge, phrase: str, article: str = "") -> str:
    """Adds a phrase, to a new article where none is named, and takes it in."""
    async with store.write() as connection:
        if not article:
            written = await write(connection, "", Words("en", "Dinner", "Come as you are."), None, NOW)
            assert await publish(connection, written.id, None, NOW)
            article = written.article
        await add_phrase(connection, article, "en", phrase, None, NOW)
    async with store.read() as connection:
        await live.refresh(connection, await knowledge_revision(connection))
    return article


def meant(live: LiveKnowledge) -> set[str]:
    """The articles thought of at a question that only its meaning can tell."""
    return {hit.article for hit in live.knowledge.matcher.find(STRANGE, "en", lambda _text: VECTOR)[0].hits}


async def test_the_meaning_comes_after_the_words_and_delays_nothing(store: Store) -> None:
    encoder = Encoder()
    live = LiveKnowledge(knowledge(), Encoding(lambda: encoder))
    article = await change(store, live, "dress code at the dinner")
    assert live.knowledge.matcher.find("dress code at the dinner", "en")[0].hits[0].article == article
    assert article not in meant(live)
    encoder.go.set()
    await live.learnt()
    assert article in meant(live)


async def test_a_change_encodes_only_what_is_new_and_forgets_no_meaning(store: Store) -> None:
    encoder = Encoder()
    encoder.go.set()
    live = LiveKnowledge(knowledge(), Encoding(lambda: encoder))
    article = await change(store, live, "dress code at the dinner")
    await live.learnt()
    await change(store, live, "how to get to the town hall", "contact")
    assert article in meant(live)
    await live.learnt()
    assert encoder.texts == ["dress code at the dinner", "how to get to the town hall"]


async def test_a_change_that_comes_while_the_last_is_encoded_wins(store: Store) -> None:
    encoder = Encoder()
    live = LiveKnowledge(knowledge(), Encoding(lambda: encoder))
    article = await change(store, live, "dress code at the dinner")
    later = asyncio.create_task(change(store, live, "how to get to the town hall", "contact"))
    await later
    encoder.go.set()
    await live.learnt()
    assert live.knowledge.matcher.missing() == ()
    assert live.knowledge.matcher.find("how to get to the town hall", "en")[0].hits[0].article == "contact"
    assert article in meant(live)


async def test_without_an_encoder_the_words_alone_count(store: Store) -> None:
    live = LiveKnowledge(knowledge(), Encoding(lambda: None))
    article = await change(store, live, "dress code at the dinner")
    await live.learnt()
    assert live.knowledge.matcher.find("dress code at the dinner", "en")[0].hits[0].article == article
