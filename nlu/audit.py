"""Looks for leaks, twins, doubtful labels and forgotten annotations: `python -m nlu.audit`.

Of held-out texts only numbers are told, never a word. `--to FILE` writes the doubtful lines.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlu.examples import Example, held_out, learnt
from nlu.features import features_of
from nlu.fitting import matrix
from nlu.linear import Vocabulary
from nlu.near import bare, twins, twins_within
from nlu.places import HOLDOUT, INTENTS, SEALED

_FOLDS = 4
_SURE = 0.7
_ALIKE = 0.85
_COMMON_PROPERTY = 4


def leaks(trained: Sequence[Example], folder: Path) -> str:
    """Return how much of a held-out set stands, or nearly stands, in the training data."""
    held = [one.text for one in held_out(folder) if len(bare(one.text)) > _COMMON_PROPERTY]
    texts = [one.text for one in trained]
    same = {bare(text) for text in texts} & {bare(text) for text in held}
    near = [twin.alike for twin in twins(held, texts, 0.7)]
    steps = ", ".join(f"{sum(a >= least for a in near)} at {least}" for least in (0.7, 0.8, 0.9))
    return f"{folder.name}: of {len(held)} longer texts {len(same)} are the same; near: {steps}"


def two_labels(trained: Sequence[Example]) -> Iterator[str]:
    """Yield pairs of nearly equal texts under different intents."""
    texts = [one.text for one in trained]
    for twin in twins_within(texts, _ALIKE):
        one, other = trained[twin.here], trained[twin.there]
        if one.intent != other.intent and len(bare(one.text)) > _COMMON_PROPERTY:
            yield f"{one.intent} | {one.text} <> {other.intent} | {other.text}"


def doubtful(trained: Sequence[Example]) -> Iterator[str]:
    """Yield texts to which a model that has not seen them gives another label by a wide margin."""
    counted = [features_of(one.text) for one in trained]
    vocabulary = Vocabulary.of(counted, 2)
    known = matrix([vocabulary.vector(pieces) for pieces in counted], len(vocabulary.rows))
    names = np.array([one.intent for one in trained])
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    found: list[tuple[float, str]] = []
    for seen, held in folds.split(known, names):
        model = LinearSVC(tol=0.1, class_weight="balanced", random_state=1)
        scores = model.fit(known[seen], names[seen]).decision_function(known[held])
        own = np.searchsorted(model.classes_, names[held])
        for row, place in enumerate(held):
            best = int(scores[row].argmax())
            margin = float(scores[row, best] - scores[row, own[row]])
            if margin >= _SURE:
                line = f"{names[place]} -> {model.classes_[best]} | {trained[place].text}"
                found.append((margin, line))
    for margin, line in sorted(found, reverse=True):
        yield f"{margin:.2f} {line}"


def main() -> int:
    """Print what was found; 0 always, for a doubt is not a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="where to write the doubtful lines")
    target: Path | None = parser.parse_args().to
    trained = learnt(INTENTS)
    lines = [leaks(trained, folder) for folder in (HOLDOUT, SEALED) if folder.is_dir()]
    pairs, doubts = list(two_labels(trained)), list(doubtful(trained))
    lines += [f"{len(pairs)} near pairs under two labels, {len(doubts)} doubtful labels"]
    print("\n".join(lines))  # noqa: T201  the report is for the person at the terminal
    shown = ["# near texts under two labels", *pairs, "# doubtful labels by margin", *doubts]
    if target is None:
        print("\n".join(shown))  # noqa: T201
    else:
        target.write_text("\n".join(shown) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
