"""A linear classifier over counted pieces: fitted with scikit-learn, applied with NumPy alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Halves = np.ndarray[Any, np.dtype[np.float16]]
Vector = tuple[list[int], list[float]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known pieces, their row in the weights, and how rare each is."""

    rows: dict[str, int]
    rarity: list[float]
    unseen: float

    @classmethod
    def of(cls, counted: Sequence[Mapping[str, int]], least: int) -> Vocabulary:
        """Keep the pieces that stand in at least `least` messages."""
        seen: Counter[str] = Counter()
        for pieces in counted:
            seen.update(pieces.keys())
        kept = sorted(piece for piece, times in seen.items() if times >= least)
        total = len(counted)
        rarity = [math.log((1 + total) / (1 + seen[piece])) + 1.0 for piece in kept]
        rows = {piece: row for row, piece in enumerate(kept)}
        return cls(rows, rarity, math.log(1 + total) + 1.0)

    def vector(self, counted: Mapping[str, int]) -> Vector:
        """Return rows and values of a message.

        Each block of pieces has the length one with its unknown pieces counted in, so that a
        message of which little is known stays near the origin and gets no confident answer.
        """
        known: list[tuple[str, int, float]] = []
        lengths: dict[str, float] = {}
        for piece, count in counted.items():
            row = self.rows.get(piece, -1)
            rarity = self.rarity[row] if row >= 0 else self.unseen
            value = (1.0 + math.log(count)) * rarity
            lengths[piece[0]] = lengths.get(piece[0], 0.0) + value * value
            if row >= 0:
                known.append((piece[0], row, value))
        scale = {block: 1.0 / math.sqrt(length) for block, length in lengths.items()}
        return [row for _, row, _ in known], [value * scale[b] for b, _, value in known]


@dataclass(frozen=True, slots=True)
class Linear:
    """The fitted weights; one row per piece, one column per label, in halves to save memory."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Halves
    bias: Floats
    warmth: float

    def chances(self, counted: Mapping[str, int]) -> list[float]:
        """Return the probability of each label, in the order of `labels`."""
        rows, values = self.vocabulary.vector(counted)
        weights = self.weights[rows].astype(np.float32)
        scores = (self.bias + np.asarray(values, np.float32) @ weights) * self.warmth
        powers = np.exp(scores - scores.max())
        return [float(chance) for chance in powers / powers.sum()]

    def save(self, directory: Path) -> None:
        """Write the weights into `directory`."""
        np.savez(
            directory / "weights.npz",
            labels=np.array(self.labels),
            pieces=np.frombuffer("\n".join(self.vocabulary.rows).encode(), np.uint8),
            rarity=np.array(self.vocabulary.rarity, np.float32),
            unseen=self.vocabulary.unseen,
            weights=self.weights,
            bias=self.bias,
            warmth=self.warmth,
        )

    @classmethod
    def read(cls, directory: Path) -> Linear:
        """Read the weights that `save` has written."""
        with np.load(directory / "weights.npz") as kept:
            pieces = kept["pieces"].tobytes().decode().split("\n")
            rows = {piece: row for row, piece in enumerate(pieces)}
            vocabulary = Vocabulary(rows, kept["rarity"].tolist(), float(kept["unseen"]))
            return cls(
                tuple(kept["labels"].tolist()),
                vocabulary,
                kept["weights"],
                kept["bias"],
                float(kept["warmth"]),
            )
