"""Looking things up without a dialogue: articles, a country's standing."""

from __future__ import annotations

from flows.answers import answer, article_turn
from flows.replies import stale
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.finding import STATUS, Finding, Hit
from locales import is_country


def show_article(state: State, argument: str, world: World) -> Turn:
    """/ask ARTICLE, given by buttons."""
    return article_turn(state, argument, world)


def status(state: State, argument: str, world: World) -> Turn:
    """/status CC, given by buttons: a country's standing on the DAC List."""
    if not is_country(argument):
        return Turn(state, (stale(),))
    finding = Finding("", (Hit(STATUS, 1.0),), certain=True, countries=(argument,))
    return answer(state, (finding,), world)
