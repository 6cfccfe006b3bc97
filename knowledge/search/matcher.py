"""From a message to the articles that may answer it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.articles import Library
from knowledge.finding import Encode, Finding, Hit, Topic

from .bayes import Counts, counted
from .features import features, spelled
from .phrases import Phrases, each, read_phrases

if TYPE_CHECKING:
    from knowledge.places import Gazetteer


class Matcher:
    """Finds the articles that a message asks for; immutable, so threads may share it."""

    def __init__(self, library: Library, gazetteer: Gazetteer, articles: tuple[str, ...], counts: Counts) -> None:
        self._library, self._gazetteer, self._articles, self._counts = library, gazetteer, articles, counts

    @classmethod
    def load(cls, home: Path, library: Library, gazetteer: Gazetteer) -> Matcher:
        """Reads phrases/<language>.yaml under `home`."""
        articles = tuple(library.articles)
        numbers = {article: number for number, article in enumerate(articles)}
        phrases = each(read_phrases(home))
        texts = [(numbers[p.article], features(spelled(p.text), p.language)) for p in phrases if p.article in numbers]
        return cls(library, gazetteer, articles, counted(texts, len(articles)))

    def find(
        self, message: str, language: str, encode: Encode | None = None, topic: Topic | None = None
    ) -> tuple[Finding, ...]:
        """One finding per question of the message, at most three, at least one."""
        scores = self._counts.scores(features(spelled(message), language))
        top = max(scores)
        likely = [math.exp(2.5 * (score - top)) for score in scores]
        total = sum(likely)
        best = sorted(range(len(scores)), key=lambda number: -scores[number])[:3]
        hits = tuple(Hit(self._articles[number], likely[number] / total) for number in best)
        if hits[0].score < 0.1:
            return (Finding(message),)
        countries: tuple[str, ...] = ()
        if hits[0].article == "dac-status-of-country":
            places = self._gazetteer.find_in_sentence(message, language)
            countries = tuple(dict.fromkeys(place.country for place in places))
        certain = hits[0].score > 0.6
        return (Finding(message, hits[:1] if certain else hits, certain, None, countries),)

    def language_of(self, text: str, default: str) -> str:
        """The shipped language a text is written in, or `default` where that is not clear."""
        return default

    def extended(self, phrases: Phrases) -> Matcher:
        """This matcher with more phrases laid over."""
        numbers = {article: number for number, article in enumerate(self._articles)}
        new = {phrase.article for phrase in each(phrases)} - set(numbers)
        articles = (*self._articles, *sorted(new))
        numbers = {article: number for number, article in enumerate(articles)}
        more = [(numbers[p.article], features(spelled(p.text), p.language)) for p in each(phrases)]
        return Matcher(self._library, self._gazetteer, articles, self._counts.with_more(more, len(articles)))
