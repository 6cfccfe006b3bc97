"""How much of each language there is: dialogues, answers, phrases, desk. Phrases are counted as files, not imported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .catalogue import SOURCE_LANGUAGE, home, languages
from .pofiles import catalogue_path, entries, forms, read, template_path

LEAST_PHRASES = 24  # per article, from which questions about it are understood well enough
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Share:
    """`done` of `total`; `stale` ones have words that were said for an older sentence and count as not done."""

    done: int
    total: int
    stale: int = 0


@dataclass(frozen=True)
class Coverage:
    """One language: sentences of the dialogues, of the answers and of the desk, and articles with enough phrases."""

    language: str
    dialogues: Share
    answers: Share
    phrases: Share
    desk: Share


def coverage() -> tuple[Coverage, ...]:
    """Every shipped language."""
    knowledge = home().parent / "knowledge"
    articles = {article["id"] for path in sorted((knowledge / "articles").glob("*.yaml")) for article in _yaml(path)}
    return tuple(
        Coverage(
            language,
            dialogues=_sentences(language, "messages"),
            answers=_sentences(language, "knowledge"),
            phrases=_phrases(knowledge / "phrases" / f"{language}.yaml", articles),
            desk=_sentences(language, "desk"),
        )
        for language in languages()
    )


def _sentences(language: str, domain: str) -> Share:
    wanted = {(message.context, message.id) for message in entries(read(template_path(home(), domain)))}
    if language == SOURCE_LANGUAGE:
        return Share(len(wanted), len(wanted))
    catalog = read(catalogue_path(home(), language, domain), language)
    words = [message for message in entries(catalog) if (message.context, message.id) in wanted and all(forms(message))]
    stale = sum(message.fuzzy for message in words)
    return Share(len(words) - stale, len(wanted), stale)


def _phrases(path: Path, articles: Collection[str]) -> Share:
    phrases: Mapping[str, list[str]] = _yaml(path) if path.exists() else {}
    return Share(sum(len(set(phrases.get(article, ()))) >= LEAST_PHRASES for article in articles), len(articles))


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
