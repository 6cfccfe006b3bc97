"""Articles as staff choose them from a menu."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.articles import Kind, source_key
from locales import Text

from .visit import Visit
from .words import _

Choices = list[tuple[Text, list[tuple[str, str]]]]
KINDS = {
    Kind.ANSWER: _("Answers"),
    Kind.TEAM: _("Answers of the team"),
    Kind.OUT_OF_SCOPE: _("Outside this programme"),
    Kind.SMALL_TALK: _("Small talk"),
}


def fact_choices(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """The facts that an answer may state, under the titles of their sources."""
    library = visit.office.live.knowledge.library
    found: dict[str, list[tuple[str, str]]] = {}
    for fact in library.facts.values():
        found.setdefault(visit.say(library.sources[source_key(fact)].title), []).append((fact.id, fact.say))
    return sorted(found.items())


def choices(visit: Visit, likely: Iterable[str] = ()) -> Choices:
    """Ids and titles under headings, in the reader's order of letters; the likely ones stand first as well."""
    articles = visit.office.live.knowledge.library.articles
    first = [(id, visit.title(id)) for id in likely if id in articles]
    found: Choices = [(_("Thought of by the assistant"), first)] if first else []
    for kind, heading in KINDS.items():
        titles = [(id, visit.say(article.title)) for id, article in articles.items() if article.kind is kind]
        if titles:
            found.append((heading, sorted(titles, key=lambda pair: pair[1].casefold())))
    return found
