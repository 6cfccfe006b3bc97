"""What the questions of a registration take for an answer, beyond the usual: numbers, several of a list, nothing at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flows.dialogue import Kind, Reading, Unclear, Understood
from flows.kinds import Labelled, OneOf, YesNo, chosen_label
from flows.language import named_language
from flows.world import World
from knowledge.normal import digits, plain
from locales import LanguageName, Value, _, languages, listing

NOTHING = "-"
BETWEEN = re.compile(r"[,;،、/+&\n]|\s(?:and|und|et|y|e|و)\s")  # the things that are named in a row
ATTACHED = re.compile(r"\sو(?=\w)")  # the Arabic "and" is written together with the word after it
SKIP = _("Skip")
T = TypeVar("T")


@dataclass(frozen=True)
class Skippable(Generic[T]):
    """Another kind, or no answer at all, by a button or "-"; `empty` is what stands for none, `about` what was passed over."""

    kind: Kind[T]
    empty: T
    about: Value = ""

    @property
    def takes_anything(self) -> bool:
        return self.kind.takes_anything

    @property
    def options(self) -> tuple[str, ...]:
        return (*self.kind.options, NOTHING)

    def load(self, canonical: str) -> T | None:
        return self.empty if canonical == NOTHING else self.kind.load(canonical)

    def label(self, canonical: str) -> Value:
        return SKIP if canonical == NOTHING else self.kind.label(canonical)

    def passed_over(self, canonical: str) -> Value:
        """What the question was about that was left unanswered; empty where it was not."""
        return self.about if canonical == NOTHING else ""

    def read(self, text: str, world: World) -> Reading:
        typed = text.strip()
        if typed in (NOTHING, "–", "—") or plain(typed) == plain(world.words.render(SKIP)):
            return Understood(NOTHING)
        return self.kind.read(text, world)


@dataclass(frozen=True)
class Number:
    """A whole number, in figures of any script."""

    least: int = 0
    most: int = 1_000_000
    offered: int = 0  # buttons from `least` on
    takes_anything: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(str(number) for number in range(self.least, self.least + self.offered))

    def load(self, canonical: str) -> int | None:
        return int(canonical) if canonical.isdecimal() and self.least <= int(canonical) <= self.most else None

    def label(self, canonical: str) -> Value:
        return canonical

    def read(self, text: str, world: World) -> Reading:
        found = re.findall(r"\d+", digits(text))
        if len(found) != 1 or self.load(str(int(found[0]))) is None:
            return Unclear(_("Please write a number from {least} to {most}.", least=self.least, most=self.most))
        return Understood(str(int(found[0])))


@dataclass(frozen=True)
class Several:
    """Some of a list, typed with commas between them, or one by its button; kept as ids with a space between."""

    choices: tuple[tuple[str, Value], ...]
    takes_anything: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(id for id, _label in self.choices)

    def load(self, canonical: str) -> tuple[str, ...] | None:
        chosen = tuple(canonical.split())
        return chosen if chosen and set(chosen) <= set(self.options) else None

    def label(self, canonical: str) -> Value:
        labels = dict(self.choices)
        return listing([labels.get(id, id) for id in canonical.split()])

    def read(self, text: str, world: World) -> Reading:
        chosen = [id for part in BETWEEN.split(text) if part.strip() for id in self._named(part, world)]
        known = dict.fromkeys(id for id in chosen if id is not None)
        if not known or None in chosen:
            return Unclear(_("Please choose from these. Several are typed with commas between them."))
        return Understood(" ".join(known))

    def _named(self, part: str, world: World) -> list[str | None]:
        """What a part names as a whole, else by its own parts."""
        whole = self.chosen(part, world)
        return [whole] if whole else [self.chosen(word, world) for word in ATTACHED.split(part)]

    def chosen(self, part: str, world: World) -> str | None:
        """The one that a part of the text names."""
        return chosen_label(part, {id: _("{name}", name=label) for id, label in self.choices}, world)


@dataclass(frozen=True)
class Offered(Labelled):
    """Any conference by its name; those that can be registered for have buttons."""

    open: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        return self.open

    def load(self, canonical: str) -> str | None:
        return canonical if canonical in dict(self.choices) else None


@dataclass(frozen=True)
class Languages(Several):
    """Some of the assistant's languages, by their names in themselves, in English or in the person's language."""

    choices: tuple[tuple[str, Value], ...] = field(default_factory=lambda: language_choices())

    def chosen(self, part: str, world: World) -> str | None:
        return named_language(part, world.language) or super().chosen(part, world)


@dataclass(frozen=True)
class OneLanguage(Labelled):
    """One of the assistant's languages, or none."""

    def read(self, text: str, world: World) -> Reading:
        code = named_language(text, world.language)
        reading = Understood(code) if code else super().read(text, world)
        if isinstance(reading, Unclear) and NOTHING in self.options and (text.strip() == NOTHING or _is_no(text, world)):
            return Understood(NOTHING)
        return reading


def _is_no(text: str, world: World) -> bool:
    """Whether somebody who was asked "Do you need ...?" has typed that they do not."""
    return OneOf(YesNo).read(text, world) == Understood(YesNo.NO.id)


def language_choices() -> tuple[tuple[str, Value], ...]:
    """The assistant's languages by their own names."""
    return tuple((code, LanguageName(code)) for code in languages())
