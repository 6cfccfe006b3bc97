"""The source and its date under every answer."""

from __future__ import annotations

from knowledge.articles import Article
from locales import Text, _, listing

from .world import World


def source_line(article: Article, world: World) -> Text:
    """"Source: ... (read on ...)", each page with the day it was read; the DAC List with its own date."""
    sources = world.knowledge.library.sources_of(article)
    named = [_dated(source.id, source.title, source.read, world) for source in sources]
    return _("Source: {sources}", sources=listing(named))


def _dated(key: str, title: Text, read: object, world: World) -> Text:
    if key == "dac":
        return _("{title}, as of {date}", title=title, date=world.knowledge.dac.list_date)
    return _("{title}, read on {date}", title=title, date=read)
