"""Finds texts that are nearly the same, by the pairs of characters they share."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


def bare(text: str) -> str:
    """Return the letters and digits of a text, in one width and case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if char.isalnum())


def _grams(text: str) -> frozenset[str]:
    clean = bare(text)
    return frozenset(clean[place : place + 2] for place in range(max(1, len(clean) - 1)))


@dataclass(frozen=True, slots=True)
class Twin:
    """Two nearly equal texts by their place, and the share of common pairs, 0 to 1."""

    here: int
    there: int
    alike: float


class Shelf:
    """Texts in which near ones can be looked up."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        self._grams = [_grams(text) for text in texts]
        self._where: dict[str, list[int]] = defaultdict(list)
        for place, grams in enumerate(self._grams):
            for gram in grams:
                self._where[gram].append(place)

    def nearest(self, text: str, start: int = 0) -> tuple[int, float]:
        """Return the nearest text from place `start` on and what is alike; (-1, 0.0) if none."""
        grams = _grams(text)
        common = Counter(
            place for gram in grams for place in self._where.get(gram, ()) if place >= start
        )
        shares = (
            (count / (len(grams) + len(self._grams[place]) - count), -place)
            for place, count in common.items()
        )
        share, place = max(shares, default=(0.0, 1))
        return -place, share


def twins(texts: Sequence[str], among: Sequence[str], least: float) -> Iterator[Twin]:
    """Yield for each text its nearest twin among others, where at least `least` is alike."""
    shelf = Shelf(among)
    for here, text in enumerate(texts):
        there, alike = shelf.nearest(text)
        if alike >= least:
            yield Twin(here, there, alike)


def twins_within(texts: Sequence[str], least: float) -> Iterator[Twin]:
    """Yield each text with its nearest later twin, where at least `least` is alike."""
    shelf = Shelf(texts)
    for here, text in enumerate(texts):
        there, alike = shelf.nearest(text, here + 1)
        if alike >= least:
            yield Twin(here, there, alike)
