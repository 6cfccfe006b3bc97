"""From a message to the articles that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.articles import Library
from knowledge.finding import Encode, Finding, Topic

from .features import features
from .followups import leaning, region_meant
from .judgement import STATUS, Evidence, Judge, Verdict
from .model import Model
from .naming import Named, misspelled, named
from .phrases import Phrases, each
from .splitting import questions
from .weights import SURE_BY_WORDS

if TYPE_CHECKING:
    from knowledge.places import Gazetteer


class Matcher:
    """Finds the articles that a message asks for; immutable, so threads may share it."""

    def __init__(self, library: Library, gazetteer: Gazetteer, model: Model) -> None:
        self._library, self._gazetteer, self._model = library, gazetteer, model
        self._judge = Judge(model.articles, library)

    @classmethod
    def load(cls, home: Path, library: Library, gazetteer: Gazetteer) -> Matcher:
        """The matcher for the phrases under `home`."""
        return cls(library, gazetteer, Model.load(home, library.articles, gazetteer))

    def find(
        self, message: str, language: str, encode: Encode | None = None, topic: Topic | None = None
    ) -> tuple[Finding, ...]:
        """One finding per question of the message, at most three, at least one; what `encode` raises passes through."""
        parts = questions(message)
        if len(parts) > 1:
            apart = [self._found(part, language, None, topic) for part in parts]
            if self._stand_alone(apart):
                return tuple(apart)
        return (self._found(" ".join(message.split()), language, encode, topic),)

    def language_of(self, text: str, default: str) -> str:
        """The shipped language a text is written in, or `default` where that is not clear."""
        return self._model.tongues.of(named(text, default, self._gazetteer).words) or default

    def _found(self, question: str, language: str, encode: Encode | None, topic: Topic | None) -> Finding:
        """What one question means."""
        what = named(question, language, self._gazetteer)
        spoken = self._model.tongues.of(what.words)
        verdict = self._verdict(what, spoken or language, encode, topic)
        finding = Finding(question, verdict.hits, verdict.certain, spoken, what.countries, what.region)
        if not finding.hits:
            return finding
        article = finding.hits[0].article
        if article == STATUS and not finding.countries:
            finding = replace(finding, countries=misspelled(question, spoken or language, self._gazetteer))
        return replace(finding, region=finding.region or region_meant(article, topic))

    def _verdict(self, what: Named, language: str, encode: Encode | None, topic: Topic | None) -> Verdict:
        """By the words, and by the sentence vector where they leave doubt."""
        seen = features(what.words, language)
        counts = self._model.counts
        evidence = Evidence(counts.scores(seen), counts.coverage(seen), None, what.places > 0)
        lean = leaning(what, topic, self._library, self._judge.articles)
        verdict = self._judge.verdict(self._judge.probabilities(evidence, lean))
        sure = verdict.certain and verdict.hits[0].score >= SURE_BY_WORDS
        meaning = self._model.meaning if encode is not None and what.words and not sure else None
        vector = encode(what.text) if encode is not None and meaning is not None else None
        if meaning is None or vector is None:
            return verdict
        evidence = replace(evidence, meaning=meaning.scores(vector, len(self._judge.articles)))
        return self._judge.verdict(self._judge.probabilities(evidence, lean))

    def _stand_alone(self, findings: Sequence[Finding]) -> bool:
        """Whether several questions were really asked: each is certain by itself, and no two have the same answer."""
        answers = [finding.hits[0].article for finding in findings if finding.certain]
        return len(set(answers)) == len(findings) and all(self._library.articles[answer].facts for answer in answers)

    def extended(self, phrases: Phrases) -> Matcher:
        """This matcher with more phrases laid over; articles that it does not know yet come with them."""
        added = list(each(phrases))
        known = self._model.articles
        articles = (*known, *sorted({phrase.article for phrase in added} - set(known)))
        numbers = {article: number for number, article in enumerate(articles)}
        texts = [(numbers[phrase.article], self._features(phrase.text, phrase.language)) for phrase in added]
        counts = self._model.counts.with_more(texts, len(articles))
        return Matcher(self._library, self._gazetteer, replace(self._model, articles=articles, counts=counts))

    def _features(self, text: str, language: str) -> list[int]:
        return features(named(text, language, self._gazetteer).words, language)
