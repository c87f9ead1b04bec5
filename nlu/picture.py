"""Draws which intents are taken for which."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlu.scores import Judged


def draw(judged: Sequence[Judged], target: Path) -> None:
    """Write the confusion matrix as a PNG: rows what was meant, columns what was understood."""
    import matplotlib as mpl  # noqa: PLC0415  seconds of imports that only the picture needs

    mpl.use("agg")
    from matplotlib import pyplot  # noqa: PLC0415  must follow the choice of backend

    names = sorted({one.intent for one in judged} | {one.answered for one in judged})
    pairs = Counter((one.intent, one.answered) for one in judged)
    counts = np.array([[pairs[row, column] for column in names] for row in names])
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    figure, axes = pyplot.subplots(figsize=(13, 12))
    axes.imshow(shares**0.5, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    for row, column in zip(*np.nonzero(counts), strict=True):
        shade = "white" if shares[row, column] > 0.4 else "black"
        place = {"ha": "center", "va": "center", "fontsize": 6, "color": shade}
        axes.text(column, row, str(counts[row, column]), **place)
    right = sum(one.intent == one.answered for one in judged)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    axes.set_title(f"{len(judged)} utterances nobody trained on, {right} understood")
    figure.tight_layout()
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=80)
    pyplot.close(figure)
