"""What questions take for an answer: one of several options, a country, a line of text.

Whatever a button offers can be typed as well: the option's label in the person's language or in English, its number, or a near
miss of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from knowledge.normal import digits, plain
from locales import Country, Text, Value, _, is_country, words

from .dialogue import Perhaps, Reading, Unclear, Understood
from .world import World

MOST_OFFERED = 8  # countries of one name
NEAR = 86  # rapidfuzz ratio from which a typed label counts as the option's
E = TypeVar("E", bound="Options")


class Options(Enum):
    """The options of a question: a member's name in lower case is its id, its value the label."""

    @property
    def label(self) -> Text:
        text: Text = self.value
        return text

    @property
    def id(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class OneOf(Generic[E]):
    """One option of an enumeration."""

    of: type[E]
    takes_anything: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.of)

    def load(self, canonical: str) -> E | None:
        return next((option for option in self.of if option.id == canonical), None)

    def label(self, canonical: str) -> Value:
        option = self.load(canonical)
        return canonical if option is None else option.label

    def read(self, text: str, world: World) -> Reading:
        labels = {option: self.of(value).label for option, value in zip(self.options, self.of, strict=True)}
        chosen = chosen_label(text, labels, world)
        return Unclear(_("Please choose one of these, or type its number.")) if chosen is None else Understood(chosen)


def chosen_label(text: str, labels: dict[str, Text], world: World) -> str | None:
    """The id of the label that was typed: by its number, its words, or words near enough to no other."""
    typed = plain(text)
    number = digits(typed)
    if number.isdecimal() and 1 <= int(number) <= len(labels):
        return list(labels)[int(number) - 1]
    spoken = {(id, language): plain(words(language).render(label))
              for id, label in labels.items() for language in {world.language, "en"}}
    exact = {id for (id, _language), label in spoken.items() if label == typed}
    if len(exact) == 1:
        return exact.pop()
    begun = [id for (id, _language), label in spoken.items() if typed and f"{label} ".startswith(f"{typed} ")]
    if begun and typed in _yes_and_no(world.language):
        return begun[0]  # a bare "yes" where two options begin with it: the plainer one stands first
    close = process.extract(typed, spoken, scorer=_nearness, score_cutoff=NEAR, limit=None)
    near = {id for _label, _score, (id, _language) in close}
    return near.pop() if len(near) == 1 else None


def _nearness(typed: str, label: str, *, score_cutoff: float | None = None) -> float:
    """Few letters must agree as a whole; a longer text may be a part of the label ("german partner")."""
    if len(typed) < 4:
        return 100.0 if typed in label.split() else 0.0
    whole = fuzz.ratio(typed, label)
    return max(whole, fuzz.partial_ratio(typed, label)) if len(typed) <= len(label) else whole


@dataclass(frozen=True)
class CountryKind:
    """A country, typed in any language, or guessed from a city and then confirmed."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if is_country(canonical) else None

    def label(self, canonical: str) -> Value:
        return Country(canonical)

    def read(self, text: str, world: World) -> Reading:
        places = world.knowledge.gazetteer.find(text, world.language)
        found = tuple(dict.fromkeys(place.country for place in places))
        if not found:
            return Unclear(_("I do not know a country or city of that name. Please type the country's name."))
        if len(found) == 1 and places[0].kind == "country" and places[0].score >= 1:
            return Understood(found[0])
        if len(found) == 1:
            return Perhaps(found)
        return Perhaps(found[:MOST_OFFERED])


@dataclass(frozen=True)
class Line:
    """A text of the person's own, cleaned of surplus space, between `least` and `most` characters."""

    least: int = 2
    most: int = 2000
    takes_anything: bool = True
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if self.least <= len(canonical) <= self.most else None

    def label(self, canonical: str) -> Value:
        return canonical

    def read(self, text: str, world: World) -> Reading:
        clean = "\n".join(" ".join(line.split()) for line in text.strip().splitlines()).strip()
        if len(clean) > self.most:
            return Unclear(_("That is too long: {count} characters. Please keep to {most}.",
                             count=len(clean), most=self.most))
        if len(clean) < self.least:
            return Unclear(_("Please write a little more."))
        return Understood(clean)


class YesNo(Options):
    """Yes or no."""

    YES = _("Yes")
    NO = _("No")


@lru_cache(maxsize=64)
def _yes_and_no(language: str) -> frozenset[str]:
    return frozenset(plain(words(code).render(option.label)) for code in (language, "en") for option in YesNo)


COUNTRY = CountryKind()


@dataclass(frozen=True)
class Labelled:
    """One of several things that are known only now: ids with their labels."""

    choices: tuple[tuple[str, Value], ...]
    takes_anything: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(id for id, _label in self.choices)

    def load(self, canonical: str) -> str | None:
        return canonical if canonical in self.options else None

    def label(self, canonical: str) -> Value:
        return dict(self.choices).get(canonical, canonical)

    def read(self, text: str, world: World) -> Reading:
        chosen = chosen_label(text, {id: _("{name}", name=label) for id, label in self.choices}, world)
        return Unclear(_("Please choose one of these, or type its number.")) if chosen is None else Understood(chosen)
