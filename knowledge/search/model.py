"""All that is computed from the phrases before anyone asks: compiled once, shipped as one file, read in milliseconds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .bayes import Counts, counted
from .compiled import Compiled
from .features import features
from .meaning import Meaning
from .naming import named
from .phrases import Phrase, each, paths, read_phrases
from .tongues import Tongues, tongues_of

if TYPE_CHECKING:
    from knowledge.places import Gazetteer

FILE = "learned.bin"
FORM = "1"  # changes with the way things are computed, so that an old file is not read in a new way


@dataclass(frozen=True)
class Model:
    """What was learned for `articles`: from the words, of the languages, and (packed) from the sentence vectors."""

    articles: tuple[str, ...]
    counts: Counts
    tongues: Tongues
    vectors: Mapping[str, array[Any]]

    @cached_property
    def meaning(self) -> Meaning | None:
        """The reading of sentence vectors, or None where it was not computed."""
        return Meaning.unpacked(self.vectors) if self.vectors else None

    def save(self, home: Path) -> None:
        """Writes the file under `home`."""
        header = {"articles": self.articles, "languages": self.tongues.languages}
        parts = {"words": _packed(self.counts), "tongues": _packed(self.tongues.counts), "meaning": self.vectors}
        arrays = {f"{part}.{name}": numbers for part, named in parts.items() for name, numbers in named.items()}
        Compiled(stamp(home, self.articles), header, arrays).save(home / FILE)

    @classmethod
    def load(cls, home: Path, articles: Iterable[str], gazetteer: Gazetteer) -> Model:
        """The shipped model; where the phrases have changed since, the words are learned anew (seconds)."""
        file, wanted = Compiled.load(home / FILE), tuple(sorted(articles))
        if file is None or file.stamp != stamp(home, wanted):
            vectors = _part(file, "meaning") if file is not None and tuple(file.header["articles"]) == wanted else {}
            return learned_words(each(read_phrases(home)), wanted, gazetteer, vectors)
        tongues = Tongues(tuple(file.header["languages"]), _counts(file, "tongues"))
        return cls(wanted, _counts(file, "words"), tongues, _part(file, "meaning"))


def learned_words(
    phrases: Iterable[Phrase], articles: tuple[str, ...], gazetteer: Gazetteer, vectors: Mapping[str, array[Any]]
) -> Model:
    """Learns from the phrases' words; `vectors` is what was learned from their vectors."""
    numbers = {article: number for number, article in enumerate(articles)}
    read = [(phrase, named(phrase.text, phrase.language, gazetteer).words) for phrase in phrases if phrase.article in numbers]
    texts = [(numbers[phrase.article], features(words, phrase.language)) for phrase, words in read]
    return Model(articles, counted(texts, len(articles)), tongues_of(read), vectors)


def stamp(home: Path, articles: tuple[str, ...]) -> str:
    """A short digest of what the model is computed from: tells whether a file is of these very phrases and articles."""
    digest = blake2b("\n".join((FORM, *articles)).encode(), digest_size=8)
    for path in paths(home):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _packed(counts: Counts) -> dict[str, array[Any]]:
    return {name: getattr(counts, name) for name in ("keys", "rarity", "starts", "owners", "weights", "totals")}


def _counts(file: Compiled, part: str) -> Counts:
    held = _part(file, part)
    return Counts(held["keys"], held["rarity"], held["starts"], held["owners"], held["weights"], held["totals"])


def _part(file: Compiled, part: str) -> dict[str, array[Any]]:
    return {name.partition(".")[2]: numbers for name, numbers in file.arrays.items() if name.startswith(f"{part}.")}
