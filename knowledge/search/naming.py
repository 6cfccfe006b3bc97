"""What a question names: its countries and region, and the question with places replaced by one stand-in.

"Is Togo on the list" and "is Peru on the list" are one question; the country is looked up, never matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.places.matches import LIKELY

from .features import MARKER, spelled

if TYPE_CHECKING:
    from knowledge.places import Gazetteer, Mention

GERMANY = "DE"
# Countries that facts are about (where phases and conferences took place, or with offers of their own) keep their words.
TOLD_OF = frozenset({GERMANY, "BA", "CN", "CR", "RS", "UA", "XK"})
GERMANY_ALONE = frozenset({GERMANY})
STAND_IN = "Kenya"  # what the encoder reads for any place
LEAST_TYPED = 5  # letters of a misspelled country


@dataclass(frozen=True)
class Named:
    """A question's words with places marked, its text for the encoder, and the countries and region it names.

    `others` is how many words say more than a place and "and".
    """

    words: tuple[str, ...]
    text: str
    countries: tuple[str, ...] = ()
    region: str | None = None
    others: int = 0

    @property
    def abroad(self) -> bool:
        """Whether it names a country beside Germany."""
        return any(country != GERMANY for country in self.countries)


def named(text: str, language: str, gazetteer: Gazetteer, eager: bool = False) -> Named:
    """Reads what a text names; `language` is the one it is most likely in, `eager` as in `Gazetteer.read`."""
    found, places, region = gazetteer.read(text, language, eager)
    told_of = GERMANY_ALONE if eager else TOLD_OF
    mentions = [mention for mention in found if not mention.countries & told_of]
    words = spelled("".join(_replaced(text, mentions, f" {MARKER} ")))
    return Named(
        words=tuple(words),
        text="".join(_replaced(text, mentions, STAND_IN)),
        countries=_southern(dict.fromkeys(place.country for place in places)),
        region=region,
        others=gazetteer.telling("".join(_replaced(text, list(found), " "))),
    )


def with_misspelled(
    what: Named, strange: Iterable[str], language: str, gazetteer: Gazetteer, kinds: tuple[str, ...]
) -> Named:
    """The question with the longest strange word that may mean a place of these kinds taken to mean it; else as it was."""
    for word in sorted(strange, key=len, reverse=True):
        found = gazetteer.find(word, language) if len(word) >= LEAST_TYPED else ()
        countries = dict.fromkeys(place.country for place in found if place.kind in kinds and place.score != LIKELY)
        if countries:
            words = tuple(MARKER if each == word else each for each in what.words)
            read = re.sub(rf"\b{re.escape(word)}\b", STAND_IN, what.text, flags=re.IGNORECASE)
            return replace(what, words=words, text=read, countries=tuple(countries), others=what.others - 1)
    return what


def _southern(countries: dict[str, None]) -> tuple[str, ...]:
    """Germany is the other side of each partnership: it is asked about only where no other country is named."""
    return tuple(country for country in countries if country != GERMANY) or tuple(countries)


def _replaced(text: str, mentions: list[Mention], stand_in: str) -> Iterator[str]:
    end = 0
    for mention in mentions:
        if mention.start >= end:
            yield text[end : mention.start]
            yield stand_in
            end = mention.end
    yield text[end:]
