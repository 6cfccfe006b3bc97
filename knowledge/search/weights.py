"""What the evidence weighs and where the lines between the three outcomes run.

Fitted by `python -m tests.benchmarks.matching.fit` on the development set (tests/benchmarks/development): the weights
by the log loss of the acceptable answers, the lines by the share of wrong certain answers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """Factors of the log scores, and what is added for every article beyond the programme."""

    words: float = 0.0
    meaning: float = 0.0
    beyond: float = 0.0

    def mixed(self, other: Weights, share: float) -> Weights:
        """These, with `share` of the other's instead."""
        kept = 1 - share
        return Weights(
            words=kept * self.words + share * other.words,
            meaning=kept * self.meaning + share * other.meaning,
            beyond=kept * self.beyond + share * other.beyond,
        )


WORDS_ALONE = Weights(words=1.05, beyond=2.33)
BOTH = Weights(words=0.608, meaning=0.823, beyond=2.497)
MEANING_ALONE = Weights(meaning=1.755, beyond=1.08)  # in a language without phrases
NOTHING = Weights()

STRANGE = (0.4, 0.6)  # coverage of the words below which they say nothing, above which they say all
PLACE_NAMED = 3.75  # added for the status of a country where a place is named

CERTAIN = 0.6  # least probability of an answer that is given straight away
BEYOND = 0.5  # least probability of being out of scope to say so
WORTH = 0.3  # least probability that one of the offered answers is right
LEAST = 0.03  # of one offered answer
SURE_BY_WORDS = 0.95  # where the words alone are this certain, no sentence vector is asked for
MOST_OFFERED = 3
