"""Finds what the merchant has written about a question."""

import re
from collections.abc import Sequence

from desk.consulting.model import FaqEntry
from desk.consulting.topics import same_topic, topics_of
from desk.shops.matching import bigrams
from desk.shops.words import letters, without_fillers

SAME_QUESTION = 600
"""From this likeness (thousandths) on, an entry answers the question."""

_PARTS = re.compile(r"[,，、/?？;；\s]+")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_SAME_TOPIC = 700
_WORD_FOR_WORD = 900
_RELATED = 150
_MOST_RELATED = 6


def answering(entries: Sequence[FaqEntry], question: str, title: str) -> FaqEntry | None:
    """The entry that asks what the customer asks about this product, if there is one."""
    ranked = _ranked(entries, question, title)
    return ranked[0][1] if ranked and ranked[0][0] >= SAME_QUESTION else None


def answering_all(entries: Sequence[FaqEntry], question: str, title: str) -> tuple[FaqEntry, ...]:
    """The entries that together answer a question on several topics; () where one is missing."""
    if one := answering(entries, question, title):
        return (one,)
    asked = topics_of(question)
    fitting = [each for each in entries if each.fits(f"{title} {question}")]
    parts = [
        each for each in fitting if topics_of(each.question) and topics_of(each.question) <= asked
    ]
    covered = frozenset(name for each in parts for name in topics_of(each.question))
    return tuple(parts) if asked and covered == asked else ()


def related(entries: Sequence[FaqEntry], question: str, title: str) -> tuple[FaqEntry, ...]:
    """The entries that may help to answer, likest first; those on this very product always may."""
    ranked = _ranked(entries, question, title)
    near = [each for likeness, each in ranked if likeness >= _RELATED or each.products]
    return tuple(near[:_MOST_RELATED])


def _ranked(entries: Sequence[FaqEntry], question: str, title: str) -> list[tuple[int, FaqEntry]]:
    fitting = [each for each in entries if each.fits(f"{title} {question}")]
    ranked = [(_fit(question, each, title), each) for each in fitting]
    return sorted(ranked, key=lambda pair: -pair[0])


def _fit(question: str, entry: FaqEntry, title: str) -> int:
    """Thousandths: by the topic where there is one, else by the wording that comes nearest."""
    named = f"{title} {' '.join(entry.products)}"
    asked = _essence(question, named)
    wordings = [entry.question, *(each for each in _PARTS.split(entry.question) if each)]
    wording = max(_likeness(asked, _essence(each, named)) for each in wordings)
    if same_topic(question, entry.question):
        return max(_SAME_TOPIC, wording)
    of_topics = bool(topics_of(entry.question) or topics_of(question))
    return wording if wording >= _WORD_FOR_WORD or not of_topics else min(wording, _RELATED)


def _essence(question: str, title: str) -> frozenset[str]:
    """The pairs of characters that say what is asked; the product's own name tells nothing."""
    words = bigrams(letters(without_fillers(_NUMBERS.sub(" ", question))))
    named = words - bigrams(letters(title))
    return named or words


def _likeness(asked: frozenset[str], written: frozenset[str]) -> int:
    """Dice's coefficient in thousandths; all of a written question in a long one counts as well."""
    total = len(asked) + len(written)
    if not total:
        return 0
    shared = len(asked & written)
    return _SAME_TOPIC if len(written) > 2 and shared == len(written) else 2000 * shared // total
