"""The source and its date under every answer."""

from __future__ import annotations

from knowledge.articles import Article, Source
from locales import Text, _

from .world import World


def source_lines(article: Article, world: World) -> tuple[Text, ...]:
    """Each source of an article with the day it was read; the DAC List with its own date, the team with its day."""
    read = tuple(_line(source, world) for source in world.knowledge.library.sources_of(article))
    said = (_("Source: the Service Agency's team, {date}", date=article.said),) if article.said is not None else ()
    return (*read, *said)


def _line(source: Source, world: World) -> Text:
    if source.id == "dac":
        return _("Source: {title}, as of {date}", title=source.title, date=world.knowledge.dac.on(world.today).list_date)
    return _("Source: {title}, read on {date}", title=source.title, date=source.read)
