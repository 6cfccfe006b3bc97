"""From a message to the articles that may answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.articles import Library
from knowledge.finding import STATUS, Encode, Finding, Topic, once
from knowledge.places.typed import UNKNOWN

from .added import Added
from .features import features, word_feature
from .followups import BARE, leaning, region_meant
from .judgement import Evidence, Judge, Verdict
from .model import Model
from .naming import Named, named, with_misspelled
from .phrases import Phrases, each
from .splitting import halves, questions
from .weights import COMMON_TO, STATUS_MEANT, SURE_APART, SURE_BY_WORDS

if TYPE_CHECKING:
    from knowledge.places import Gazetteer


class Matcher:
    """Finds the articles that a message asks for; immutable, so threads may share it."""

    def __init__(self, library: Library, gazetteer: Gazetteer, model: Model, added: Added | None = None) -> None:
        self._library, self._gazetteer, self.model = library, gazetteer, model
        self._added = added or Added()
        self._judge = Judge(model.articles, library)

    @classmethod
    def load(cls, home: Path, library: Library, gazetteer: Gazetteer) -> Matcher:
        """The matcher for the phrases under `home`."""
        return cls(library, gazetteer, Model.load(home, library.articles, gazetteer))

    def find(
        self, message: str, language: str, encode: Encode | None = None, topic: Topic | None = None
    ) -> tuple[Finding, ...]:
        """One finding per question of the message, at most three, at least one; what `encode` raises passes through."""
        encode = once(encode) if encode is not None else None
        parts = questions(message)
        apart = self._apart(parts, language, topic) if len(parts) > 1 else ()
        if apart:
            return apart
        whole = self._found(" ".join(message.split()), language, encode, topic)
        if whole.certain or not whole.hits:
            return (whole,)
        # "We are from Kenya and have no partner" is one question: both halves must be among what the whole may mean.
        apart = self._apart(halves(whole.question), language, topic)
        meant = {hit.article for hit in whole.hits} - {STATUS}
        return apart if apart and all(finding.hits[0].article in meant for finding in apart) else (whole,)

    def language_of(self, text: str, default: str) -> str:
        """The shipped language a text is written in, or `default` where that is not clear."""
        return self.model.tongues.of(named(text, default, self._gazetteer).words, default) or default

    def _found(self, question: str, language: str, encode: Encode | None, topic: Topic | None) -> Finding:
        """What one question means."""
        what = named(question, language, self._gazetteer)
        spoken = self.model.tongues.of(what.words, language)
        verdict = self._verdict(what, spoken or language, encode, topic)
        if not verdict.certain or self._judge.is_about_countries(verdict.hits[0].article):
            what, verdict = self._eagerly(what, verdict, question, self._placed_in(language, spoken), encode, topic)
        if not what.countries and any(self._judge.is_about_countries(hit.article) for hit in verdict.hits):
            kinds = ("country", "city") if verdict.hits[0].article == STATUS else ("country",)
            what = with_misspelled(what, self._strange(what, spoken or language), language, self._gazetteer, kinds)
            verdict = self._verdict(what, spoken or language, encode, topic) if what.abroad else verdict
        finding = Finding(question, verdict.hits, verdict.certain, spoken, what.countries, what.region)
        meant_region = region_meant(verdict.hits[0].article, topic) if verdict.hits else None
        return replace(finding, region=finding.region or meant_region)

    def _placed_in(self, language: str, spoken: str | None) -> str:
        """The language in which doubtful places are looked for: one that is not shipped was stated on purpose."""
        return (spoken or UNKNOWN) if language in self.model.tongues.languages else language

    def _eagerly(
        self, what: Named, verdict: Verdict, question: str, language: str, encode: Encode | None, topic: Topic | None
    ) -> tuple[Named, Verdict]:
        """The question with every word that may be a place read as one, if it then asks for a country's status."""
        eager = named(question, language, self._gazetteer, eager=True)
        if not eager.abroad or eager.words == what.words or not set(what.countries) <= set(eager.countries):
            return what, verdict
        again = self._verdict(eager, language, encode, topic)
        asks = again.hits and again.hits[0].article == STATUS and again.hits[0].score >= STATUS_MEANT
        return (eager, again) if asks else (what, verdict)

    def _strange(self, what: Named, language: str) -> list[str]:
        """The words that no phrase has."""
        return [word for word in what.words if word_feature(word, language) not in self.model.counts]

    def _is_topicless(self, what: Named, language: str) -> bool:
        """Whether a text is only "where?", "how much?": words that phrases of very many articles have."""
        common = COMMON_TO * len(self.model.articles)
        owners = [len(self.model.counts.owners_of(word_feature(word, language))) for word in what.words]
        return 0 < len(owners) <= BARE and min(owners) > common and what.region is None

    def _verdict(self, what: Named, language: str, encode: Encode | None, topic: Topic | None) -> Verdict:
        """By the words, and by the sentence vector where they leave doubt."""
        scores, coverage = self.model.counts.read(features(what.words, language))
        evidence = Evidence(scores, coverage, what.abroad)
        lean = leaning(what, topic, self._library, self._judge.articles) | dict(self._added.asked(what))
        if not lean and self._is_topicless(what, language):
            return self._judge.choice(self._judge.probabilities(evidence, lean))
        verdict = self._judge.verdict(self._judge.probabilities(evidence, lean), what.abroad)
        if encode is None or not what.words or (verdict.certain and verdict.hits[0].score >= SURE_BY_WORDS):
            return verdict
        meaning = self.model.meaning
        vector = encode(what.text) if meaning is not None else None
        if meaning is None or vector is None:
            return verdict
        evidence = replace(evidence, meaning=meaning.read(vector, len(scores)))
        for number, more in self._added.alike(vector, meaning).items():
            lean[number] = max(lean.get(number, 0.0), more)
        return self._judge.verdict(self._judge.probabilities(evidence, lean), what.abroad)

    def _apart(self, parts: Sequence[str], language: str, topic: Topic | None) -> tuple[Finding, ...]:
        """A finding for each part if several questions were really asked, else none.

        They were if each part is almost certain by its words alone, is the programme's, and has an answer of its own.
        """
        found = tuple(self._found(part, language, None, topic) for part in parts)
        answers = {finding.hits[0].article for finding in found if self._stands_alone(finding)}
        return found if len(answers) == len(found) else ()

    def _stands_alone(self, finding: Finding) -> bool:
        if not finding.certain or finding.hits[0].score < SURE_APART:
            return False
        article = self._library.articles.get(finding.hits[0].article)
        return article is not None and article.is_answer

    def extended(self, phrases: Phrases, library: Library | None = None) -> Matcher:
        """This matcher with more phrases laid over; articles that it does not know yet come with them (and in `library`)."""
        added = list(each(phrases))
        known = self.model.articles
        articles = (*known, *sorted({phrase.article for phrase in added} - set(known)))
        numbers = {article: number for number, article in enumerate(articles)}
        read = [(numbers[phrase.article], named(phrase.text, phrase.language, self._gazetteer)) for phrase in added]
        texts = [(number, features(what.words, phrase.language)) for (number, what), phrase in zip(read, added, strict=True)]
        model = replace(self.model, articles=articles, counts=self.model.counts.with_more(texts, len(articles)))
        return Matcher(library or self._library, self._gazetteer, model, Added.of(read))

    def missing(self) -> tuple[str, ...]:
        """Texts of added phrases whose sentence vectors are not known yet: encode them and hand them to `with_vectors`."""
        return self._added.missing()

    def with_vectors(self, vectors: Mapping[str, Sequence[float]]) -> Matcher:
        """This matcher with the vectors of added phrases, by text."""
        meaning = self.model.meaning
        if meaning is None:
            return self
        return Matcher(self._library, self._gazetteer, self.model, self._added.encoded(vectors, meaning))
