"""How the linear reading of sentence vectors is learned: whitening, then softmax regression by accelerated descent.

Runs when the knowledge is built, never in a conversation; seconds for fifteen thousand phrases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .meaning import EXAMPLES, SPREAD_KEPT, Meaning
from .semantic import DIMENSIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Owners = NDArray[np.intp]

STEPS = 60
ROUNDS = 15
RIDGE = 100.0  # pull of the weights towards nothing; fitted on the development set


def learned(vectors: Matrix, owners: Owners, articles: int) -> Meaning:
    """Learns from phrases: `vectors` (phrases, 384) and the number of the article that each belongs to."""
    mean, whitening = _whitening(vectors, owners, articles)
    plain = np.asarray((vectors - mean) @ whitening, np.float32)
    weights, bias = _regression(plain, owners, articles)
    directions = plain / np.maximum(np.linalg.norm(plain, axis=1, keepdims=True), 1e-9)
    examples = np.concatenate([_examples(directions[owners == article]) for article in range(articles)])
    return Meaning(mean, whitening, weights, bias, examples)


def _whitening(vectors: Matrix, owners: Owners, articles: int) -> tuple[Matrix, Matrix]:
    """Makes the spread of phrases within their articles the same in all directions."""
    mean = vectors.mean(0, dtype=np.float32)
    one_hot = _one_hot(owners, articles)
    centres = (one_hot.T @ vectors) / np.maximum(one_hot.sum(0), 1)[:, None]
    apart = vectors - centres[owners]
    within = (apart.T @ apart / len(vectors)).astype(np.float64)
    size = len(within)
    within = (1 - SPREAD_KEPT) * within + SPREAD_KEPT * np.trace(within) / size * np.eye(size)
    return mean, np.linalg.cholesky(np.linalg.inv(within)).astype(np.float32)


def _regression(inputs: Matrix, owners: Owners, articles: int) -> tuple[Matrix, Matrix]:
    """Nesterov's descent on the mean log loss with a ridge."""
    count = len(inputs)
    one_hot = _one_hot(owners, articles)
    pull = RIDGE / count
    steepest = 0.5 * float(np.linalg.norm(inputs.T @ inputs / count, 2)) + pull
    weights = before = np.zeros((inputs.shape[1], articles), np.float32)
    bias = bias_before = np.zeros(articles, np.float32)
    for step in range(STEPS):
        ahead = np.float32(step / (step + 3))
        point, bias_point = weights + ahead * (weights - before), bias + ahead * (bias - bias_before)
        error = (_softmax(inputs @ point + bias_point) - one_hot) / count
        before, bias_before = weights, bias
        weights = (point - (inputs.T @ error + pull * point) / steepest).astype(np.float32)
        bias = (bias_point - error.sum(0) / 0.5).astype(np.float32)
    return weights, bias


def _examples(directions: Matrix) -> Matrix:
    """The middles of groups of like phrases, by k-means on the sphere from evenly picked beginnings."""
    if not len(directions):
        return np.zeros((EXAMPLES, DIMENSIONS), np.float32)
    middles = directions[np.linspace(0, len(directions) - 1, EXAMPLES).astype(np.intp)]
    for _round in range(ROUNDS):
        sums = _one_hot((directions @ middles.T).argmax(1), EXAMPLES).T @ directions
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        middles = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), middles).astype(np.float32)
    return middles


def _one_hot(owners: Owners, articles: int) -> Matrix:
    return np.asarray(np.eye(articles, dtype=np.float32)[owners])


def _softmax(logits: Matrix) -> Matrix:
    likely = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(likely / likely.sum(1, keepdims=True))
