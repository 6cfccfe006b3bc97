"""What a short message leans on: "and for Kenya?" after a country's status, "when?" after a conference."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.articles import Library
from knowledge.finding import STATUS, Topic

from .naming import Named

SHORT = 4  # words beside places: more than that speaks for itself
BARE = 2  # so few words hardly mean anything by themselves
# Added to the log scores of the last answer and of those related to it, for a short and for a bare message.
SAME_TOPIC, RELATED = 4.0, 2.0
BARE_SAME_TOPIC, BARE_RELATED = 8.0, 4.0
SAME_QUESTION = 10.0  # where nothing but another place is named
REGIONAL = {
    "africa": "conference-africa", "asia": "conference-asia", "latin-america": "conference-latin-america",
    "eastern-europe": "conference-eastern-europe",
}  # fmt: skip
CONFERENCE = "conference"  # begins the id of every article about conferences
REGIONLESS = frozenset({"next-conference", "conferences-cycle", "conferences-regions"})


def leaning(what: Named, topic: Topic | None, library: Library, articles: Sequence[str]) -> dict[int, float]:
    """What is added to articles' scores because of the last answer; nothing for a message that speaks for itself.

    A country and nothing else is a question about its status, whatever came before.
    """
    leaned = {STATUS: SAME_QUESTION} if what.abroad and not what.others else _leaned(what, topic, library)
    return {number: leaned[article] for number, article in enumerate(articles) if article in leaned}


def _leaned(what: Named, topic: Topic | None, library: Library) -> dict[str, float]:
    if topic is None or what.others > SHORT or topic.article not in library.articles:
        return {}
    same, related = (SAME_TOPIC, RELATED) if what.others > BARE else (BARE_SAME_TOPIC, BARE_RELATED)
    leaned = dict.fromkeys(library.articles[topic.article].related, related)
    leaned[topic.article] = same
    if topic.article == STATUS and what.countries:
        leaned[STATUS] = SAME_QUESTION
    if what.region in REGIONAL and is_about_conferences(topic.article):
        leaned[topic.article if topic.article in REGIONLESS else REGIONAL[what.region]] = SAME_QUESTION
    return leaned


def region_meant(article: str, topic: Topic | None) -> str | None:
    """The region of the last answer, where the question goes on about conferences without naming one."""
    return topic.region if topic is not None and is_about_conferences(article) else None


def is_about_conferences(article: str) -> bool:
    """Whether an article is about the regional conferences."""
    return article.startswith(CONFERENCE) or article in REGIONLESS
