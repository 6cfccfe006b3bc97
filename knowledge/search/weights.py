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
    learned: float = 0.0
    likeness: float = 0.0
    beyond: float = 0.0

    def mixed(self, other: Weights, share: float) -> Weights:
        """These, with `share` of the other's instead."""
        kept = 1 - share
        return Weights(
            words=kept * self.words + share * other.words,
            learned=kept * self.learned + share * other.learned,
            likeness=kept * self.likeness + share * other.likeness,
            beyond=kept * self.beyond + share * other.beyond,
        )


WORDS_ALONE = Weights(words=1.05, beyond=2.33)
BOTH = Weights(words=0.608, learned=0.823, beyond=2.497)
MEANING_ALONE = Weights(learned=1.27, likeness=24.4, beyond=0.69)  # in a language without phrases
NOTHING = Weights()

STRANGE = (0.4, 0.6)  # coverage of the words below which they say nothing, above which they say all
COUNTRY_NAMED = 4.66  # added for the status of a country where one beside Germany is named

CERTAIN = 0.7  # least probability of an answer that is given straight away
BEYOND = 0.5  # least probability of being out of scope to put that first
SURELY_BEYOND = 0.7  # and to say only that
WORTH = 0.3  # least probability that one of the offered answers is right
LEAST = 0.03  # of one offered answer
MOST_OFFERED = 3
LOOKED_UP = 0.2  # of the likeliest answer's probability: from here a named country is looked up instead
STANDS_OUT = 0.4  # share of what is out of scope from which its likeliest article is said
SURE_BY_WORDS = 0.95  # where the words alone are this certain, no sentence vector is asked for
