"""Titles of products, read once for all questions."""

import re
from dataclasses import dataclass

from desk.shops.fitting import Text
from desk.shops.units import Units, is_word
from desk.shops.vocabulary import Vocabulary
from desk.shops.wish import Facts, facts_of
from desk.shops.words import letters, spell

_BETWEEN_WORDS = re.compile(r"[^0-9a-z.\u4e00-\u9fff]+")
_NAMING = 2
"""So many of a title's Chinese words say what it is."""
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is written and as it sounds; `letters` is all of it without spaces.

    `initials` are the first letters of its words' syllables. `is_part`: it goes with a product and
    is not the product itself.
    """

    letters: str
    written: Text
    heard: Text
    initials: tuple[str, ...]
    facts: Facts
    numbers: frozenset[str]
    is_part: bool


def read_title(title: str, units: Units, vocabulary: Vocabulary) -> Title:
    """Read a title; its Latin words, numbers and sounds are learnt."""
    plain = letters(title)
    words = [units.learn(word) for word in _BETWEEN_WORDS.split(spell(title)) if word]
    heard = [units.heard(word) for word in words]
    return Title(
        letters=plain,
        written=_text(words, units),
        heard=_text(heard, units),
        initials=tuple(filter(None, map(units.initials, words))),
        facts=facts_of(title),
        numbers=frozenset(_NUMBERS.findall(spell(title))),
        is_part=_is_part(title, vocabulary),
    )


def _is_part(title: str, vocabulary: Vocabulary) -> bool:
    """Titles begin with what a thing is; further on they may name what comes with it."""
    spelled = spell(title)
    if any(word in spelled for word in vocabulary.spares):
        return True
    first = [word for word in spelled.split() if not word.isascii()][:_NAMING]
    return any(part in word for part in vocabulary.parts for word in first)


def _text(words: list[str], known: Units) -> Text:
    ends: set[int] = set()
    at = 0
    for word in words:
        at += len(word)
        ends.add(at)
    units = "".join(words)
    latin = frozenset(each for each in units if is_word(each) and not known.is_number(each))
    return Text(units, frozenset(ends), latin)
