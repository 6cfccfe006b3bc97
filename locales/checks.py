"""What is wrong with the catalogues: whatever would show a person English, a gap, a broken button or no words at all.

`problems` must be none before anything ships; `doubts` are for a translator to look at, and some are right as they are.
Run `python -m locales.checks [LANG …]` while translating.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import click
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError

from .catalogue import DOMAINS, SOURCE_LANGUAGE, home, languages
from .glossary import lost_terms, term_problems
from .pofiles import catalogue_path, english, entries, forms, read, template_path
from .rules import LIST_CONTEXT, Sentence, broken, ending, limit, lone_forms, ways


@dataclass(frozen=True)
class Problem:
    """One thing to look at: where, in which sentence, and what about it."""

    language: str
    domain: str
    msgid: str
    what: str

    def __str__(self) -> str:
        sentence = self.msgid if len(self.msgid) <= 70 else f"{self.msgid[:69]}…"
        return f"{self.language}/{self.domain}: {self.what}" + (f": “{sentence}”" if sentence else "")


def problems(*chosen: str) -> tuple[Problem, ...]:
    """What must be mended before the languages named, else all, may ship."""
    return tuple(problem for language in chosen or languages() for problem in _problems(language))


def doubts(*chosen: str) -> tuple[Problem, ...]:
    """What a translator should look at once more."""
    return tuple(
        Problem(language, domain, english(message)[0], what)
        for language in chosen or languages() if language != SOURCE_LANGUAGE
        for domain in DOMAINS
        for message in entries(read(catalogue_path(home(), language, domain), language)) if all(forms(message))
        for what in _doubtful(message, language)
    )


def _problems(language: str) -> Iterator[Problem]:
    yield from (Problem(language, "glossary", "", what) for what in term_problems(language))
    for domain in DOMAINS:
        template = read(template_path(home(), domain))
        try:
            catalog = _catalogue(language, domain, template)
        except PoFileError as error:
            yield Problem(language, domain, "", f"the file is broken: {error}")
            continue
        if catalog is not None:
            yield from (Problem(language, domain, msgid, what) for msgid, what in _wrong(language, template, catalog))


Found = tuple[str, str]  # the sentence, and what is wrong with it


def _catalogue(language: str, domain: str, template: Catalog) -> Catalog | None:
    """The language's words; English stands for itself, and the desk need not be there at all."""
    path = catalogue_path(home(), language, domain)
    if language != SOURCE_LANGUAGE:
        return read(path, language) if domain != "desk" or path.exists() else None
    for message in entries(template):
        message.string = message.id
    return template


def _wrong(language: str, template: Catalog, catalog: Catalog) -> Iterator[Found]:
    yield from _plurals(catalog, language)
    yield from _sentences(template, catalog)
    yield from _strangers(template, catalog)
    yield from _collisions(catalog)


def _plurals(catalog: Catalog, language: str) -> Iterator[Found]:
    expected = get_plural(language.replace("-", "_"))
    if (catalog.num_plurals, catalog.plural_expr) != (expected.num_plurals, expected.plural_expr):
        yield "", f"the header's Plural-Forms should be “{expected.plural_forms}”"


def _sentences(template: Catalog, catalog: Catalog) -> Iterator[Found]:
    lone = lone_forms(catalog.plural_expr)
    for wanted in entries(template):
        message = catalog.get(wanted.id, wanted.context)
        msgid = english(wanted)[0]
        if message is None or not all(forms(message)):
            yield msgid, "not translated"
        elif message.fuzzy:
            yield msgid, "stale: the English has changed"
        elif len(forms(message)) != (catalog.num_plurals if wanted.pluralizable else 1):
            yield msgid, f"needs {catalog.num_plurals} plural forms"
        else:
            sentence = Sentence(english(wanted), forms(message), wanted.context or "", limit(wanted.auto_comments),
                                lone if wanted.pluralizable else frozenset())
            yield from ((msgid, what) for what in broken(sentence))


def _strangers(template: Catalog, catalog: Catalog) -> Iterator[Found]:
    known = {(message.context, message.id) for message in entries(template)}
    left = [message for message in (*entries(catalog), *catalog.obsolete.values()) if (message.context, message.id) not in known]
    yield from ((english(message)[0], "no longer said: run locales.update") for message in left)


def _collisions(catalog: Catalog) -> Iterator[Found]:
    """The same words for two commands: nobody could tell which is meant."""
    taken: dict[tuple[str, str], str] = {}
    for message in entries(catalog):
        if LIST_CONTEXT not in (message.context or ""):
            continue
        for way in filter(None, map(_folded, ways(forms(message)[0]))):
            first = taken.setdefault((message.context or "", way), english(message)[0])
            if first != english(message)[0]:
                yield english(message)[0], f"“{way}” is also said for “{first}”"


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def _doubtful(message: Message, language: str) -> Iterator[str]:
    sentence, words = english(message)[-1], forms(message)[-1]
    if ending(sentence) != ending(words):
        yield f"ends with “{ending(words)}”, the English with “{ending(sentence)}”"
    if sentence == words and len(sentence.split()) > 2:
        yield "the same as the English"
    yield from lost_terms(sentence, words, language)


@click.command()
@click.argument("chosen", nargs=-1, metavar="[LANG]...")
def main(chosen: tuple[str, ...]) -> None:
    """Lists problems, then doubts; exit 1 while there are problems."""
    found = problems(*chosen)
    for line in (*map(str, found), *(f"? {doubt}" for doubt in doubts(*chosen))):
        click.echo(line)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
