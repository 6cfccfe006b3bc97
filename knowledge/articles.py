"""Facts, the sources they were read in, and the articles that state them.

An article states at most six facts and nothing that no fact carries; out-of-scope articles and small talk state none.
What the team says at run time rests on its own word, with the day it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from locales import SOURCE_LANGUAGE, Spoken, Text, languages, words

MOST_FACTS = 6
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KnowledgeError(Exception):
    """The knowledge files contradict themselves; the message names the file's entry and the mend."""


class Kind(Enum):
    """What an article is: an answer of the programme, an honest "not ours", a courtesy, or an answer of the team."""

    ANSWER = "answer"
    OUT_OF_SCOPE = "out_of_scope"
    SMALL_TALK = "small_talk"
    TEAM = "team"  # said by the team at run time; states no facts


@dataclass(frozen=True)
class Source:
    """A page or list that facts were read in, with the day it was read."""

    id: str
    title: Text
    read: date
    url: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Fact:
    """One statement of the programme's pages; `say` may be asserted, `never` may not."""

    id: str
    source: str
    say: str
    page: str = ""
    never: str = ""


@dataclass(frozen=True)
class Article:
    """An answer ready to be said: words in English as msgids of the `knowledge` catalogue, and what they rest on.

    `said` is the day of the team's words, where it is they who answer.
    """

    id: str
    kind: Kind
    title: Text
    answer: tuple[Text, ...]
    facts: tuple[str, ...] = ()
    unpublished: Text | None = None
    related: tuple[str, ...] = ()
    flow: str = ""
    said: date | None = None

    @property
    def is_answer(self) -> bool:
        """Whether it says something of the programme, whoever says it."""
        return self.kind in (Kind.ANSWER, Kind.TEAM)


@dataclass(frozen=True)
class Library:
    """All facts, sources and articles, by id; checked when made.

    Raises KnowledgeError where an article names an unknown fact or article, or states more than six facts.
    """

    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    articles: Mapping[str, Article]

    def __post_init__(self) -> None:
        for article in self.articles.values():
            _check(article, self)

    def sources_of(self, article: Article) -> tuple[Source, ...]:
        """The sources of an article's facts, each once, the programme's own pages first."""
        wanted = dict.fromkeys(source_key(self.facts[fact]) for fact in article.facts)
        return tuple(sorted((self.sources[key] for key in wanted), key=lambda source: source.year is not None))

    def with_articles(self, articles: Iterable[Article]) -> Library:
        """The same library with more articles."""
        return replace(self, articles={**self.articles, **_by_id(articles)})

    def with_checks(self, checked: Mapping[str, date]) -> Library:
        """The same library, with the days on which sources were read again and said the same."""
        sources = {key: replace(source, read=max(source.read, checked.get(key, source.read)))
                   for key, source in self.sources.items()}
        return replace(self, sources=sources)

    def resting_on(self, source: str) -> tuple[Article, ...]:
        """The articles that state a fact of a source."""
        facts = set(self.facts_of(source))
        return tuple(article for article in self.articles.values() if facts & set(article.facts))

    def facts_of(self, source: str) -> tuple[str, ...]:
        """The facts that were read in a source."""
        return tuple(fact.id for fact in self.facts.values() if source_key(fact) == source)

    @classmethod
    def load(cls, home: Path) -> Library:
        """Reads facts.yaml, sources.yaml and articles/*.yaml under `home`."""
        facts = {row["id"]: _fact(row) for row in _read(home / "facts.yaml")}
        sources = {key: _source(key, row) for key, row in _read(home / "sources.yaml").items()}
        articles = [_article(row) for path in sorted((home / "articles").glob("*.yaml")) for row in _read(path)]
        return cls(facts, sources, _by_id(articles))


Ways = Mapping[str, tuple[str, str]]
"""A title and an answer by language; what a reader of another language sees comes first."""


def team_article(id: str, ways: Ways, said: date, facts: tuple[str, ...] = ()) -> Article:
    """An answer in the team's own words, shown in the first language there is where the reader's has none."""
    return Article(id, Kind.ANSWER if facts else Kind.TEAM, *_spoken(ways), facts=facts, said=said)


def corrected(article: Article, ways: Ways, said: date, facts: tuple[str, ...]) -> Article:
    """A shipped answer with the team's words in some languages; in the others it is said as before."""
    shipped = {language: in_words(article, language) for language in languages()}
    translated = {language: spoken for language, spoken in shipped.items()
                  if language == SOURCE_LANGUAGE or spoken != shipped[SOURCE_LANGUAGE]}
    kind = Kind.ANSWER if facts else Kind.TEAM if article.kind is Kind.ANSWER else article.kind
    first = {language: {**translated, **ways}[language] for language in (SOURCE_LANGUAGE, *translated, *ways)}
    title, answer = _spoken(first)
    return replace(article, kind=kind, title=title, answer=answer, facts=facts, said=said)


def in_words(article: Article, language: str) -> tuple[str, str]:
    """Title and answer as a reader of the language sees them."""
    spoken = words(language)
    return spoken.render(article.title), "\n\n".join(spoken.render(part) for part in article.answer)


def source_key(fact: Fact) -> str:
    """Public pages are sources of their own; the programme's pages are named by their id."""
    return fact.page or fact.source


def paragraphs(text: str) -> tuple[str, ...]:
    """An answer's paragraphs as they stand in the catalogue: one msgid each, on one line."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def knowledge_text(msgid: str) -> Text:
    """A sentence of the knowledge files, translated in the `knowledge` catalogue."""
    return Text(" ".join(msgid.split()), domain="knowledge")


def _spoken(ways: Ways) -> tuple[Text, tuple[Text, ...]]:
    titles, answers = (Spoken(tuple((language, said[place]) for language, said in ways.items())) for place in (0, 1))
    return _as_said(titles), (_as_said(answers),)


def _as_said(spoken: Spoken) -> Text:
    return Text("{words}", (("words", spoken),), domain="live")


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=Loader)


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(row["id"], row["source"], row["say"], row.get("page", ""), row.get("never", ""))


def _source(key: str, row: Mapping[str, Any]) -> Source:
    return Source(key, knowledge_text(row["title"]), row["read"], row.get("url") or "", row.get("year"))


def _article(row: Mapping[str, Any]) -> Article:
    unpublished = row.get("unpublished")
    return Article(
        id=row["id"],
        kind=Kind(row.get("kind", "answer")),
        title=knowledge_text(row["title"]),
        answer=tuple(knowledge_text(part) for part in paragraphs(row["answer"])),
        facts=tuple(row.get("facts", ())),
        unpublished=knowledge_text(unpublished) if unpublished else None,
        related=tuple(row.get("related", ())),
        flow=row.get("flow", ""),
    )


def _by_id(articles: Iterable[Article]) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in articles:
        if article.id in found:
            raise KnowledgeError(f"Two articles are called {article.id}: rename one.")
        found[article.id] = article
    return found


def _check(article: Article, library: Library) -> None:
    unknown = [fact for fact in article.facts if fact not in library.facts]
    missing = [other for other in article.related if other not in library.articles]
    if unknown or missing:
        raise KnowledgeError(f"Article {article.id} names what does not exist: {', '.join(unknown + missing)}.")
    if len(article.facts) > MOST_FACTS:
        raise KnowledgeError(f"Article {article.id} states more than {MOST_FACTS} facts: split it.")
    if (article.kind is Kind.ANSWER) != bool(article.facts):
        raise KnowledgeError(f"Article {article.id}: answers rest on facts, other articles name none.")
