"""Which articles the words of a question speak for: naive Bayes, counted from the phrases.

Each phrase is a vector of its features, weighed by how few phrases have them. A count is a sum, so phrases that
staff add are counted on top without counting the shipped ones again.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

SMOOTHING = 0.01  # the count of what was never seen; fitted on the development set
MOST_OWNERS = 400  # a feature that more articles share tells nothing apart

Features = Sequence[int]
Postings = Iterable[tuple[int, float]]


@dataclass(frozen=True)
class Counts:
    """Per feature (`keys`, sorted) its rarity and, from `starts`, the articles that own it with their smoothed log counts.

    `totals` is the sum of all counts per article. `extra` holds the postings of features that were counted on top.
    """

    keys: array[int]
    rarity: array[float]
    starts: array[int]
    owners: array[int]
    weights: array[float]
    totals: array[float]
    extra: Mapping[int, list[tuple[int, float]]] = field(default_factory=dict)

    def read(self, features: Features) -> tuple[list[float], float]:
        """Log likelihood per article of a text with these features, up to a constant, and the share of them that is known.

        The less is known, the nearer to equal; the share is of the telling ones, 0 to 1.
        """
        places = {feature: self._place(feature) for feature in set(features)}
        vector = _normal(self._weighed(features, places))
        known = {feature: weight for feature, weight in vector.items()
                 if places[feature] is not None or feature in self.extra}  # fmt: skip
        volume, space = sum(known.values()), SMOOTHING * len(self.keys)
        scores = [-volume * math.log(total + space) for total in self.totals]
        for feature, weight in known.items():
            for owner, count in self._postings(feature, places[feature]):
                scores[owner] += weight * count
        return scores, volume / (sum(vector.values()) or 1.0)

    def __contains__(self, feature: int) -> bool:
        return feature in self.extra or self._place(feature) is not None

    def owners_of(self, feature: int) -> frozenset[int]:
        """The articles that have the feature in a phrase."""
        return frozenset(owner for owner, _count in self._postings(feature, self._place(feature)))

    def with_more(self, texts: Iterable[tuple[int, Features]], articles: int) -> Counts:
        """These counts and those of more phrases, each given as its article's number and its features."""
        totals = array("f", [*self.totals, *[0.0] * (articles - len(self.totals))])
        grown: dict[int, dict[int, float]] = {}
        for owner, features in texts:
            places = {feature: self._place(feature) for feature in set(features)}
            for feature, weight in _normal(self._weighed(features, places)).items():
                counts = grown.setdefault(feature, {o: _count(w) for o, w in self._postings(feature, places[feature])})
                counts[owner] = counts.get(owner, 0.0) + weight
                totals[owner] += weight
        extra = {feature: [(o, _smoothed(c)) for o, c in counts.items()] for feature, counts in grown.items()}
        return Counts(self.keys, self.rarity, self.starts, self.owners, self.weights, totals, {**self.extra, **extra})

    def _place(self, feature: int) -> int | None:
        place = bisect_left(self.keys, feature)
        return place if place < len(self.keys) and self.keys[place] == feature else None

    def _postings(self, feature: int, place: int | None) -> Postings:
        if feature in self.extra:
            return self.extra[feature]
        if place is None:
            return ()
        start, end = self.starts[place], self.starts[place + 1]
        return zip(self.owners[start:end], self.weights[start:end], strict=True)

    def _weighed(self, features: Features, places: Mapping[int, int | None]) -> dict[int, float]:
        """Feature weights: often in the text counts more, common in the phrases less; unknown ones count as the rarest."""
        weighed = {}
        for feature, often in Counter(features).items():
            place = places[feature]
            rarity = self.rarity[place] if place is not None else self.rarest
            weighed[feature] = (1 + math.log(often)) * rarity
        return weighed

    @cached_property
    def rarest(self) -> float:
        return max(self.rarity, default=1.0)


def counted(texts: Sequence[tuple[int, Features]], articles: int) -> Counts:
    """Counts phrases, each given as its article's number and its features."""
    spread = Counter(feature for _owner, features in texts for feature in set(features))
    rarity = {feature: math.log((1 + len(texts)) / (1 + often)) + 1 for feature, often in spread.items()}
    sums: dict[int, dict[int, float]] = {feature: {} for feature in sorted(spread)}
    totals = array("f", [0.0] * articles)
    for owner, features in texts:
        weighed = {feature: (1 + math.log(often)) * rarity[feature] for feature, often in Counter(features).items()}
        for feature, weight in _normal(weighed).items():
            sums[feature][owner] = sums[feature].get(owner, 0.0) + weight
            totals[owner] += weight
    return _flat({feature: owned for feature, owned in sums.items() if len(owned) <= MOST_OWNERS}, rarity, totals)


def _flat(sums: Mapping[int, Mapping[int, float]], rarity: Mapping[int, float], totals: array[float]) -> Counts:
    starts, owners, weights = array("I", [0]), array("H"), array("f")
    for owned in sums.values():
        for owner in sorted(owned):
            owners.append(owner)
            weights.append(_smoothed(owned[owner]))
        starts.append(len(owners))
    return Counts(array("I", sums), array("f", [rarity[feature] for feature in sums]), starts, owners, weights, totals)


def _normal(weighed: Mapping[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {feature: weight / length for feature, weight in weighed.items()}


def _smoothed(count: float) -> float:
    return math.log1p(count / SMOOTHING)


def _count(smoothed: float) -> float:
    return math.expm1(smoothed) * SMOOTHING
