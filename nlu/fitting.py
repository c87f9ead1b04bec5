"""Fits the linear classifier; the only part that needs scikit-learn, and only in training."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from nlu.features import features_of
from nlu.linear import Linear, Vector, Vocabulary


def matrix(vectors: Sequence[Vector], width: int) -> scipy.sparse.csr_matrix:
    """Return the vectors as one sparse matrix."""
    starts = np.cumsum([0, *(len(rows) for rows, _ in vectors)])
    rows = np.concatenate([np.array(rows, np.int32) for rows, _ in vectors])
    values = np.concatenate([np.array(values, np.float32) for _, values in vectors])
    return scipy.sparse.csr_matrix((values, rows, starts), shape=(len(vectors), width))


def fit(
    texts: Sequence[str], names: Sequence[str], strength: float, least: int, warmth: float
) -> Linear:
    """Fit on texts and their labels; `strength` is the inverse of the penalty."""
    counted = [features_of(text) for text in texts]
    vocabulary = Vocabulary.of(counted, least)
    vectors = [vocabulary.vector(pieces) for pieces in counted]
    model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
    model.fit(matrix(vectors, len(vocabulary.rows)), np.array(names))
    return Linear(
        tuple(model.classes_.tolist()),
        vocabulary,
        model.coef_.T.astype(np.float32),
        model.intercept_.astype(np.float32),
        warmth,
    )
