"""What the words of one sentence must keep of the English: placeholders, tags, commands, room on a button, a clean cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from gettext import c2py
from string import Formatter

LIMIT = re.compile(r"at most (\d+) characters")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
COMMAND = re.compile(r"(?<![\w/<])/[a-z]+\b")
COMMA = re.compile("[,،、]")
LIST_CONTEXT = "separated by commas"
ENDINGS = {".": ".。۔।։።", "?": "?？؟;՞፧", "!": "!！", ":": ":：", "…": "…"}
SAMPLE = 200  # numbers after which no language's plural forms bring anything new


@dataclass(frozen=True)
class Sentence:
    """A sentence and its words: `english` one or singular and plural, `words` one per plural form.

    `lone` are the forms that stand for one number only and need not show it; `limit` counts characters.
    """

    english: tuple[str, ...]
    words: tuple[str, ...]
    context: str = ""
    limit: int | None = None
    lone: frozenset[int] = frozenset()


def broken(sentence: Sentence) -> Iterator[str]:
    """What is wrong, in words."""
    for rule in RULES:
        yield from rule(sentence)


def limit(comments: list[str]) -> int | None:
    """The shortest length that the comments for translators allow."""
    return min((int(found) for found in LIMIT.findall(" ".join(comments))), default=None)


def lone_forms(plural: str) -> frozenset[int]:
    """The plural forms that a gettext expression uses for one number only, as Arabic does for none, one and two."""
    used = Counter(map(c2py(plural), range(SAMPLE)))
    return frozenset(form for form, numbers in used.items() if numbers == 1)


def ways(words: str) -> tuple[str, ...]:
    """The items of a comma list."""
    return tuple(way.strip() for way in COMMA.split(words))


def ending(words: str) -> str:
    """The kind of mark that a sentence ends with, whatever the script; empty for none."""
    last = words.rstrip("\"'”“»’)⁩ ")[-1:]
    return next((kind for kind, marks in ENDINGS.items() if last and last in marks), "")


def _placeholders(sentence: Sentence) -> Iterator[str]:
    needed = _fields(sentence.english[-1])
    allowed = needed.union(*map(_fields, sentence.english))
    for form, words in enumerate(sentence.words):
        try:
            found = _fields(words)
        except ValueError as error:
            yield f"braces do not match ({error})"
            continue
        if missing := needed - found - ({"{count}"} if form in sentence.lone else set()):
            yield f"leaves out {', '.join(sorted(missing))}"
        if unknown := found - allowed:
            yield f"has {', '.join(sorted(unknown))}, which the English has not"


def _fields(text: str) -> frozenset[str]:
    """The placeholders of a text as they are written.

    Raises ValueError where its braces do not match.
    """
    return frozenset(
        f"{{{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}}}"
        for _text, name, spec, conversion in Formatter().parse(text) if name is not None
    )


def _markup(sentence: Sentence) -> Iterator[str]:
    for pattern, what in ((TAG, "tags"), (COMMAND, "commands")):
        expected = {frozenset(Counter(pattern.findall(text)).items()) for text in sentence.english}
        for words in sentence.words:
            if frozenset(Counter(pattern.findall(words)).items()) not in expected:
                yield f"its {what} are not those of the English"


def _cut(sentence: Sentence) -> Iterator[str]:
    for words in sentence.words:
        if words != words.strip():
            yield "begins or ends with a blank"
        elif "  " in words or "\n" in words:
            yield "has doubled blanks or a line break"


def _length(sentence: Sentence) -> Iterator[str]:
    for words in sentence.words:
        if sentence.limit is not None and len(words) > sentence.limit:
            yield f"{len(words)} characters, and there is room for {sentence.limit}"


def _list(sentence: Sentence) -> Iterator[str]:
    if LIST_CONTEXT in sentence.context and not all(map(all, map(ways, sentence.words))):
        yield "has an empty item between two commas"


Rule = Callable[[Sentence], Iterator[str]]
RULES: tuple[Rule, ...] = (_placeholders, _markup, _cut, _length, _list)
