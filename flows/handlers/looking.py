"""Looking things up without a dialogue: articles, a country's standing, the conferences."""

from __future__ import annotations

from dataclasses import replace

from flows.answers import answer, article_turn, region_sentences
from flows.replies import MENU, Choice, Paragraph, Reply, small, stale
from flows.sources import source_lines
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.conferences import REGIONS
from knowledge.finding import STATUS, Finding, Hit, Topic
from locales import _, is_country


def show_article(state: State, argument: str, world: World) -> Turn:
    """/ask ARTICLE, given by buttons."""
    return article_turn(state, argument, world)


def status(state: State, argument: str, world: World) -> Turn:
    """/status CC, given by buttons: a country's standing on the DAC List."""
    if not is_country(argument):
        return Turn(state, (stale(),))
    finding = Finding("", (Hit(STATUS, 1.0),), certain=True, countries=(argument,))
    return answer(state, (finding,), world)


def conferences(state: State, argument: str, world: World) -> Turn:
    """/conferences: past ones by region, and what is expected; nothing that is not announced."""
    article = world.knowledge.library.articles["conferences-what"]
    regions = (argument,) if argument in REGIONS else tuple(REGIONS)
    body = [Paragraph(article.answer[0])] if argument not in REGIONS else []
    body += [Paragraph(sentence) for region in regions for sentence in region_sentences(region, world)]
    body.extend(map(small, source_lines(world.knowledge.library.articles["conference-africa"], world)))
    choices = (Choice("/ask conferences-for-whom", world.knowledge.library.articles["conferences-for-whom"].title),
               Choice("/subscribe conferences", _("Tell me about new conferences")), MENU)
    return Turn(replace(state, topic=Topic("next-conference", None, argument or None)), (Reply(tuple(body), choices),))


def register(state: State, argument: str, world: World) -> Turn:
    """/register: no conference is announced, which is said; announcements are offered."""
    turn = article_turn(state, "conference-registration", world)
    offer = Choice("/subscribe conferences", _("Tell me about new conferences"))
    return replace(turn, replies=tuple(reply.offering(offer) for reply in turn.replies))
