"""Finds what the merchant has written about a question."""

import re
from collections.abc import Sequence

from desk.consulting.model import FaqEntry
from desk.shops.matching import bigrams
from desk.shops.words import letters, without_fillers

SAME_QUESTION = 600
"""From this likeness (thousandths) on, an entry answers the question word for word."""

_PARTS = re.compile(r"[,，、/?？;；\s]+")
_RELATED = 150
_MOST_RELATED = 6


def answering(entries: Sequence[FaqEntry], question: str, title: str) -> FaqEntry | None:
    """The entry that asks what the customer asks about this product, if there is one."""
    ranked = _ranked(entries, question, title)
    return ranked[0][1] if ranked and ranked[0][0] >= SAME_QUESTION else None


def related(entries: Sequence[FaqEntry], question: str, title: str) -> tuple[FaqEntry, ...]:
    """The entries that may help to answer, likest first; those on this very product always may."""
    ranked = _ranked(entries, question, title)
    near = [each for likeness, each in ranked if likeness >= _RELATED or each.products]
    return tuple(near[:_MOST_RELATED])


def _ranked(entries: Sequence[FaqEntry], question: str, title: str) -> list[tuple[int, FaqEntry]]:
    about = f"{title} {question}"
    fitting = [each for each in entries if each.fits(about)]
    asked = _essence(question, title)
    ranked = [(_nearest(asked, each, title), each) for each in fitting]
    return sorted(ranked, key=lambda pair: -pair[0])


def _nearest(asked: frozenset[str], entry: FaqEntry, title: str) -> int:
    """The likeness of the wording that comes nearest; commas part the wordings of a question."""
    wordings = [each for each in _PARTS.split(entry.question) if each]
    return max(_likeness(asked, _essence(each, title)) for each in (entry.question, *wordings))


def _essence(question: str, title: str) -> frozenset[str]:
    """The pairs of characters that say what is asked; the product's own name tells nothing."""
    words = bigrams(letters(without_fillers(question)))
    named = words - bigrams(letters(title))
    return named or words


def _likeness(asked: frozenset[str], written: frozenset[str]) -> int:
    """Dice's coefficient in thousandths."""
    total = len(asked) + len(written)
    return 2000 * len(asked & written) // total if total else 0
