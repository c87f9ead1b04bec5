"""Fits the linear classifier; the only part that needs scikit-learn, and only in training."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from nlu.linear import Linear, Vector, Vocabulary

Floats = np.ndarray[Any, np.dtype[np.float64]]
Names = np.ndarray[Any, np.dtype[np.int64]]
Line = tuple[Floats, Floats]

_SMOOTH = 0.01
_NAIVE = 1.0
_NEAR = 0.1  # nearer to the optimum costs twice the time and moves no figure
_OUTSIDE = "out_of_scope"
_WARMTHS = (0.5, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.4, 3.0, 4.0)


def matrix(vectors: Sequence[Vector], width: int) -> scipy.sparse.csr_matrix:
    """Return the vectors as one sparse matrix."""
    starts = np.cumsum([0, *(len(rows) for rows, _ in vectors)])
    rows = np.concatenate([np.array(rows, np.int32) for rows, _ in vectors])
    values = np.concatenate([np.array(values, np.float32) for _, values in vectors])
    return scipy.sparse.csr_matrix((values, rows, starts), shape=(len(vectors), width))


def _lines(known: scipy.sparse.csr_matrix, names: Names, strength: float) -> list[Line]:
    """Return two linear models that err differently: by margins, and by naive counting."""
    margins = LinearSVC(C=strength, tol=_NEAR, class_weight="balanced", random_state=1)
    margins.fit(known, names)
    counts = MultinomialNB(alpha=_SMOOTH, fit_prior=False).fit(known, names)
    return [
        (margins.coef_.T, margins.intercept_),
        (counts.feature_log_prob_.T, counts.class_log_prior_),
    ]


def _apply(known: scipy.sparse.csr_matrix, line: Line) -> Floats:
    scores: Floats = known @ line[0] + line[1]
    return scores - scores.mean(axis=1, keepdims=True)


def _sum(lines: Sequence[Line], shares: Sequence[float], lift: Floats) -> Line:
    pairs = list(zip(lines, shares, strict=True))
    weights = sum(weights * share for (weights, _), share in pairs)
    return weights, sum(bias * share for (_, bias), share in pairs) + lift


def _warmth(scores: Floats, right: Names) -> float:
    """Return the factor that makes probabilities honest on examples the model has not seen."""

    def loss(warmth: float) -> float:
        warm = scores * warmth
        warm -= warm.max(axis=1, keepdims=True)
        total = np.log(np.exp(warm).sum(axis=1))
        return float((total - warm[np.arange(len(right)), right]).mean())

    return min(_WARMTHS, key=loss)


@dataclass(frozen=True, slots=True)
class Taste:
    """What is chosen by hand.

    `strength` is the inverse of the penalty, `least` the messages a piece must stand in, `outside`
    what is added to the score of out_of_scope, of which no examples can show all.
    """

    strength: float
    least: int
    outside: float


def fit(counted: Sequence[Counter[str]], names: Sequence[str], taste: Taste) -> Linear:
    """Fit on the pieces of texts and their labels.

    A fifth of the examples is held out to learn how wide the scores spread and how warm
    probabilities may be; then everything is fitted on all examples.
    """
    vocabulary = Vocabulary.of(counted, taste.least)
    known = matrix([vocabulary.vector(pieces) for pieces in counted], len(vocabulary.rows))
    labels, wanted = np.unique(np.array(names), return_inverse=True)
    lift = np.where(labels == _OUTSIDE, taste.outside, 0.0)
    seen, held = train_test_split(
        np.arange(len(wanted)), test_size=0.2, stratify=wanted, random_state=1
    )
    tried = _lines(known[seen], wanted[seen], taste.strength)
    margins, counts = (float(_apply(known[held], line).std()) for line in tried)
    shares = (1.0 / margins, _NAIVE / counts)
    warmth = _warmth(_apply(known[held], _sum(tried, shares, lift)), wanted[held])
    weights, bias = _sum(_lines(known, wanted, taste.strength), shares, lift)
    return Linear(
        tuple(labels.tolist()),
        vocabulary,
        (weights - weights.mean(axis=1, keepdims=True)).astype(np.float16),
        (bias - bias.mean()).astype(np.float32),
        warmth,
    )
