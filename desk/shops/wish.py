"""What a customer asked for, taken apart: the thing, and words on its size, colour, stage."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from desk.shops.attributes import (
    attributes_of,
    bare_numbers_of,
    sizes_of,
    stages_of,
    without_attributes,
)
from desk.shops.measures import Measure, measures_of
from desk.shops.vocabulary import Vocabulary
from desk.shops.words import OF, SAID_OF, letters, without_fillers, without_fillers_but_of

_MOST_WAYS = 10
_LONGEST = 60
_POINTS_BACK = re.compile(
    r"上次|上回|之前|刚才|前几天|买过|买的|拍的|看中|看过|看的|收藏|回购|[这那][款双件条个台辆种]"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells products of one kind apart; where both sides have some, they must agree."""

    stages: frozenset[str]
    sizes: frozenset[str]
    measures: frozenset[Measure]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for. `thing` is spelled, without what is said around it.

    `described` is the same with a 的 between what is said of the thing and its name. `numbers`
    stand alone in the question, a size perhaps, or part of a name (宝马 320); `numbered` has them.
    """

    thing: str
    described: str
    numbered: str
    words: tuple[str, ...]
    facts: Facts
    numbers: frozenset[str]


def read_wish(query: str) -> Wish:
    """Take a question apart: 上次看的粉色学步鞋22码 → thing 学步鞋, words (粉色, 22码)."""
    said = without_fillers_but_of(without_attributes(query))
    parts = [" ".join(part.split()) for part in SAID_OF.split(said)]
    return Wish(
        thing=" ".join(filter(None, parts))[:_LONGEST],
        described=OF.join(part for part in parts if letters(part))[:_LONGEST],
        numbered=_words(without_attributes(query, but_numbers=True))[:_LONGEST],
        words=attributes_of(query),
        facts=facts_of(query),
        numbers=bare_numbers_of(query),
    )


def points_back(query: str) -> bool:
    """Tell whether a question points at something that the customer met before."""
    return _POINTS_BACK.search(query) is not None


def wording_of(query: str) -> str:
    """How a question calls the thing, in one spelling; "" where it names none."""
    return letters(read_wish(query).thing)


def _words(text: str) -> str:
    return " ".join(without_fillers(text).split())


def facts_of(text: str) -> Facts:
    """Find the facts of a question or a title."""
    return Facts(stages_of(text), sizes_of(text), measures_of(text))


def ways_to_say(things: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The things themselves, and with each name that titles write otherwise put in their words."""
    ways = dict.fromkeys(things)
    for thing in ways.copy():
        ways |= dict.fromkeys(_other_ways(thing.replace(" ", ""), vocabulary))
    return tuple(islice(ways, _MOST_WAYS))


def _other_ways(thing: str, vocabulary: Vocabulary) -> Iterator[str]:
    names = sorted(
        (name for name in vocabulary.aliases if occurs(name, thing)), key=len, reverse=True
    )
    names = [name for name in names if not any(name != it and name in it for it in names)]
    for name in names:
        for word in vocabulary.aliases[name]:
            yield thing.replace(name, letters(word))
    if len(names) > 1:
        every = thing
        for name in names:
            every = every.replace(name, letters(vocabulary.aliases[name][0]))
        yield every


def occurs(name: str, text: str) -> bool:
    """Tell whether a text says a name; Latin letters and numbers only as a whole: ip, not ipad."""
    if name not in text:
        return False
    if not (name[0].isascii() or name[-1].isascii()):
        return True
    return re.search(f"{_before(name[0])}{re.escape(name)}{_behind(name[-1])}", text) is not None


def _before(first: str) -> str:
    return r"(?<![a-z])" if first.isalpha() and first.isascii() else _no_digit(first, "<!")


def _behind(last: str) -> str:
    return r"(?![a-z])" if last.isalpha() and last.isascii() else _no_digit(last, "!")


def _no_digit(unit: str, side: str) -> str:
    return rf"(?{side}\d)" if unit.isdigit() else ""
