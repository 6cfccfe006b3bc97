"""What a proposal needs, for those who have no checklist yet: what the pages expect, and which side submits."""

from __future__ import annotations

from flows.replies import ASK_TEAM, CHECK, MENU, Choice, Paragraph, Reply, small, strong
from flows.sources import source_lines
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.articles import Article

from .overview import BEGIN

ARTICLES = ("who-can-take-part", "expectations-overview", "how-to-apply")


def needs(state: State, world: World) -> Turn:
    """The articles' own words, and how to begin a checklist with the partner."""
    library = world.knowledge.library
    shown: tuple[Article, ...] = tuple(library.articles[id] for id in ARTICLES)
    body = [part for article in shown for part in (strong(article.title), *map(Paragraph, article.answer))]
    body.extend(map(small, source_lines(shown[1], world)))
    form = Choice("/ask proposal-form", library.articles["proposal-form"].title)
    return Turn(state, (Reply(tuple(body), (*BEGIN, CHECK, form, ASK_TEAM, MENU)),))
