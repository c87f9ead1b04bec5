"""Fits the linear classifier; the only part that needs scikit-learn, and only in training."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from nlu.features import features_of
from nlu.linear import Linear, Vector, Vocabulary

_FOLDS = 3
_WARMTHS = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0)


def matrix(vectors: Sequence[Vector], width: int) -> scipy.sparse.csr_matrix:
    """Return the vectors as one sparse matrix."""
    starts = np.cumsum([0, *(len(rows) for rows, _ in vectors)])
    rows = np.concatenate([np.array(rows, np.int32) for rows, _ in vectors])
    values = np.concatenate([np.array(values, np.float32) for _, values in vectors])
    return scipy.sparse.csr_matrix((values, rows, starts), shape=(len(vectors), width))


def _warmth(model: LinearSVC, known: scipy.sparse.csr_matrix, names: Any) -> float:  # noqa: ANN401
    """Return the factor that makes probabilities honest on examples the model has not seen."""
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    scores = cross_val_predict(model, known, names, cv=folds, method="decision_function")
    labels = np.unique(names)
    right = np.searchsorted(labels, names)

    def loss(warmth: float) -> float:
        warm = scores * warmth
        warm -= warm.max(axis=1, keepdims=True)
        total = np.log(np.exp(warm).sum(axis=1))
        return float((total - warm[np.arange(len(right)), right]).mean())

    return min(_WARMTHS, key=loss)


def fit(texts: Sequence[str], names: Sequence[str], strength: float, least: int) -> Linear:
    """Fit on texts and their labels; `strength` is the inverse of the penalty."""
    counted = [features_of(text) for text in texts]
    vocabulary = Vocabulary.of(counted, least)
    known = matrix([vocabulary.vector(pieces) for pieces in counted], len(vocabulary.rows))
    wanted = np.array(names)
    model = LinearSVC(C=strength, class_weight="balanced", random_state=1)
    warmth = _warmth(model, known, wanted)
    model.fit(known, wanted)
    return Linear(
        tuple(model.classes_.tolist()),
        vocabulary,
        model.coef_.T.astype(np.float32),
        model.intercept_.astype(np.float32),
        warmth,
    )
