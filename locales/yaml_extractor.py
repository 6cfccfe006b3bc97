"""Reads the sentences of the knowledge files: titles, answers paragraph by paragraph, what is not published, sources' titles,
and what the checklist says of its items.

They must come out exactly as `knowledge.articles` makes msgids of them: one line each, single spaces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

import yaml

Found = tuple[int, str, str, list[str]]


def extract_yaml(source: IO[bytes], keywords: Collection[str], comment_tags: Collection[str],
                 options: Mapping[str, Any]) -> Iterator[Found]:
    """Babel's extraction interface; the comment names the article and the field. Lines are not known and count as 1."""
    content = yaml.safe_load(source.read().decode("utf-8"))
    return ((1, "_", _one_line(sentence), [comment]) for sentence, comment in _sentences(content))


def _sentences(content: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(content, list):
        return _source_titles(content)
    return _article_sentences(content) if "answer" in content[0] else _checklist_sentences(content)


def _checklist_sentences(items: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in items:
        yield item["title"], f"checklist {item['id']}: title, also on buttons; at most 45 characters"
        for field in ("explanation", "why", "evidence"):
            yield item[field], f"checklist {item['id']}: {field}"


def _article_sentences(articles: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for article in articles:
        where = f"article {article['id']}"
        yield article["title"], f"{where}: title, also on buttons; at most 45 characters"
        for part in article["answer"].split("\n\n"):
            if part.strip():
                yield part, f"{where}: answer"
        if article.get("unpublished"):
            yield article["unpublished"], f"{where}: what is not published"


def _source_titles(sources: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for key, source in sources.items():
        yield source["title"], f"source {key}: title"


def _one_line(text: str) -> str:
    return " ".join(text.split())
