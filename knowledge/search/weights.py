"""What the evidence weighs and where the lines between the three outcomes run.

Fitted by `python -m tests.benchmarks.matching.fit` on two sets at once: the development set, whose near misses are hard,
and phrases held back from the learning, whose wording is far from all others.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """Factors of the log scores; `beyond` is added for what is not the programme's, `abroad` for a named country's status."""

    words: float = 0.0
    learned: float = 0.0
    likeness: float = 0.0
    beyond: float = 0.0
    abroad: float = 0.0

    def mixed(self, other: Weights, share: float) -> Weights:
        """These, with `share` of the other's instead."""
        kept = 1 - share
        return Weights(
            words=kept * self.words + share * other.words,
            learned=kept * self.learned + share * other.learned,
            likeness=kept * self.likeness + share * other.likeness,
            beyond=kept * self.beyond + share * other.beyond,
            abroad=kept * self.abroad + share * other.abroad,
        )


# `beyond` and `abroad` lie above the fit: a wrong answer with a straight face costs more than a question too many.
WORDS_ALONE = Weights(words=0.85, beyond=2.2, abroad=3.7)
BOTH = Weights(words=0.5, learned=1.1, beyond=2.5, abroad=2.0)
MEANING_ALONE = Weights(learned=1.2, likeness=17.0, beyond=0.6, abroad=2.5)  # in a language without phrases
NOTHING = Weights()

STRANGE = (0.4, 0.6)  # coverage of the words below which they say nothing, above which they say all

CERTAIN = 0.85  # least probability of an answer that is given straight away
BEYOND = 0.5  # least probability of being out of scope to put that first
SURELY_BEYOND = 0.8  # and to say only that
WORTH = 0.3  # least probability that one of the offered answers is right
LEAST = 0.03  # of one offered answer
MOST_OFFERED = 3
LOOKED_UP = 0.05  # of the likeliest answer's probability: from here a named country is looked up instead
COMMON_TO = 0.235  # share of all articles from which a word tells nothing by itself: "where", "how", "who"
STATUS_MEANT = 0.5  # least probability that a text asks for a country's status, if a doubtful word in it is the country
STANDS_OUT = 0.4  # share of what is out of scope from which its likeliest article is said
SURE_BY_WORDS = 0.95  # where the words alone are this certain, no sentence vector is asked for
SURE_APART = 0.85  # and each part of a message this certain, it is answered as several questions
