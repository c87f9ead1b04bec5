"""Puts other words of the same kind into annotated examples, so that form matters, not the word."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise

from nlu.spans import Span

_BRANDED = 0.3


class Swaps:
    """Makes variants of annotated texts; the same seed makes the same ones."""

    def __init__(self, words: Mapping[str, Sequence[str]], seed: int) -> None:
        """`words` are the lists by entity name, and the brands under "brand"."""
        self._words = words
        self._dice = random.Random(seed)  # noqa: S311  variety is not secrecy

    def of(self, text: str, spans: Sequence[Span]) -> tuple[str, list[Span]] | None:
        """Return a variant with its spans, or None when nothing can be exchanged."""
        ordered = sorted(spans, key=lambda span: span.start)
        overlap = any(left.end > right.start for left, right in pairwise(ordered))
        if overlap or not any(span.entity in self._words for span in ordered):
            return None
        made, place, moved = "", 0, []
        for span in ordered:
            made += text[place : span.start]
            word = self._word(span.entity, text[span.start : span.end])
            moved.append(Span(span.entity, len(made), len(made) + len(word)))
            made += word
            place = span.end
        return made + text[place:], moved

    def _word(self, entity: str, present: str) -> str:
        if entity not in self._words:
            return present
        word = self._dice.choice(self._words[entity])
        if entity == "product" and "brand" in self._words and self._dice.random() < _BRANDED:
            return self._dice.choice(self._words["brand"]) + word
        return word
