"""What a short message leans on: "and for Kenya?" after a country's status, "when?" after a conference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.articles import Library
from knowledge.finding import Topic

from .judgement import STATUS
from .naming import Named

SHORT = 4  # words beside places: more than that speaks for itself
SAME_TOPIC = 2.5  # added to the log score of what a short message may continue
SAME_QUESTION = 8.0  # where nothing but another place is named
REGIONAL = {
    "africa": "conference-africa", "asia": "conference-asia", "latin-america": "conference-latin-america",
    "eastern-europe": "conference-eastern-europe",
}  # fmt: skip
CONFERENCE = "conference"  # begins the id of every article about conferences
REGIONLESS = frozenset({"next-conference", "conferences-cycle", "conferences-regions"})


def leaning(what: Named, topic: Topic | None, library: Library, articles: Sequence[str]) -> Mapping[int, float]:
    """What is added to articles' scores because of the last answer; nothing for a message that speaks for itself."""
    if topic is None or what.others > SHORT or topic.article not in library.articles:
        return {}
    numbers = {article: number for number, article in enumerate(articles)}
    leaned = dict.fromkeys(library.articles[topic.article].related, SAME_TOPIC)
    leaned[topic.article] = SAME_TOPIC
    leaned.update(dict.fromkeys(_same_question(what, topic), SAME_QUESTION))
    return {numbers[article]: more for article, more in leaned.items() if article in numbers}


def _same_question(what: Named, topic: Topic) -> list[str]:
    if topic.article == STATUS and what.countries:
        return [STATUS]
    if what.region in REGIONAL and is_about_conferences(topic.article):
        return [topic.article if topic.article in REGIONLESS else REGIONAL[what.region]]
    return []


def region_meant(article: str, topic: Topic | None) -> str | None:
    """The region of the last answer, where the question goes on about conferences without naming one."""
    return topic.region if topic is not None and is_about_conferences(article) else None


def is_about_conferences(article: str) -> bool:
    """Whether an article is about the regional conferences."""
    return article.startswith(CONFERENCE) or article in REGIONLESS
