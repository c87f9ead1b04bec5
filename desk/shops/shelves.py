"""Titles arranged for finding: made once for each list of products, read by every question.

Titles that share characters (or sounds) with a question are looked up and only those compared,
so that a question takes milliseconds however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desk.shops.agreeing import agreement
from desk.shops.fitting import Text, Thing, fit
from desk.shops.initials import Initials
from desk.shops.sentences import Names
from desk.shops.taught import NOTHING, Taught
from desk.shops.titles import Title, read_title
from desk.shops.units import Units
from desk.shops.vocabulary import Vocabulary
from desk.shops.wish import Wish, ways_to_say
from desk.shops.words import AUDIENCE, SAID_OF

ENOUGH = 450
"""Below this score (thousandths) a product is not offered."""

_COMPARED = 40
_LOOKED_AT = 40_000
_WELL_FOUND = 850
_HEARD = 0.92
_NUMBER_AGREES = 200
_SOUNDS_THAT_TELL = 2
"""One syllable alone has too many characters to mean anything."""

_Postings = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Side:
    """All titles as they are written, or as they sound, and where each unit and pair is."""

    texts: Sequence[Sequence[Text]]
    places: _Postings


class Shelves:
    """Things with a title or several each, ready to be searched."""

    def __init__(
        self,
        titles: Sequence[Sequence[str]],
        vocabulary: Vocabulary,
        before: "Shelves | None" = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._units: Units = before._units if before else Units(vocabulary.readings)
        known = before._read if before else {}
        self._read: dict[str, Title] = {
            title: known.get(title) or read_title(title, self._units, vocabulary)
            for names in titles
            for title in names
        }
        self._titles = [tuple(self._read[each] for each in dict.fromkeys(it)) for it in titles]
        self._written = _side([[title.written for title in each] for each in self._titles])
        self._heard = _side([[title.heard for title in each] for each in self._titles])
        self._initials = Initials(self._titles)
        self.names = Names(self._read, vocabulary, self._units)

    @cached_property
    def _heard_aliases(self) -> Mapping[str, tuple[str, ...]]:
        return {
            self._units.heard(name): words
            for name, words in self._vocabulary.aliases.items()
            if len(name) > 1 and not name.isascii()
        }

    def scores(
        self, wish: Wish, also: Iterable[int] = (), taught: Taught = NOTHING
    ) -> dict[int, int]:
        """Score (in thousandths) the places of what may be meant; those in `also` for certain."""
        also = tuple(also)
        vocabulary = self._vocabulary.with_names(taught)
        ways = ways_to_say((wish.thing, wish.described), vocabulary)
        scores = self._compared([self._thing(way) for way in ways], self._written, also)
        if max(scores.values(), default=0) < _WELL_FOUND:
            heard = self._compared(list(self._heard_things(wish)), self._heard, also)
            _take_better(scores, {at: round(_HEARD * score) for at, score in heard.items()})
        if max(scores.values(), default=0) < ENOUGH:
            scores = self._initials.scores(wish.thing)
        if wish.numbers:
            _take_better(scores, self._numbered(wish, also))
        besides = agreement(wish, ways, vocabulary)
        return {
            at: max(besides.weigh(score, title) for title in self._titles[at])
            for at, score in scores.items()
        }

    def _numbered(self, wish: Wish, also: Sequence[int]) -> dict[int, int]:
        """The scores of titles with the very number: 320 is no size where a car is called so."""
        things = [self._thing(way) for way in ways_to_say((wish.numbered,), self._vocabulary)]
        return {
            at: score + _NUMBER_AGREES
            for at, score in self._compared(things, self._written, also).items()
            if score and any(wish.numbers & title.numbers for title in self._titles[at])
        }

    def _thing(self, way: str) -> Thing:
        return self._marked([(self._units.read(part), told) for part, told in _by_telling(way)])

    def _heard_things(self, wish: Wish) -> Iterator[Thing]:
        for thing in {wish.thing, wish.described}:
            parts = [(self._units.read_heard(part), told) for part, told in _by_telling(thing)]
            if sum(len(part) for part, told in parts if told) >= _SOUNDS_THAT_TELL:
                yield self._marked(parts)
        whole = self._units.read_heard(wish.thing)
        for name, words in self._heard_aliases.items():
            if name in whole:
                for word in words:
                    yield Thing(whole.replace(name, self._units.read_heard(word)))

    def _marked(self, parts: Sequence[tuple[str, bool]]) -> Thing:
        units = "".join(part for part, _ in parts)
        tells = [told for part, told in parts for _ in part]
        generic = frozenset(at for at, told in enumerate(tells) if not told and any(tells))
        exact = frozenset(at for at, each in enumerate(units) if self._units.is_exact(each))
        return Thing(units, generic, exact)

    def _compared(
        self, things: Sequence[Thing], side: _Side, also: Sequence[int]
    ) -> dict[int, int]:
        """The best score of any of the things, for each place that shares a pair with one.

        Where no pair leads to anything, single units do: a character may be missing or displaced.
        """
        scores: dict[int, int] = {}
        for look in (_pairs, _singles):
            near = _nearest(look(things), side.places)
            for at in {*near, *also} - scores.keys():
                fits = (fit(thing, text) for thing in things for text in side.texts[at])
                scores[at] = max(fits, default=0)
            if max(scores.values(), default=0) >= ENOUGH:
                break
        return scores


def _take_better(scores: dict[int, int], others: Mapping[int, int]) -> None:
    for at, score in others.items():
        scores[at] = max(scores.get(at, 0), score)


def _by_telling(thing: str) -> Iterator[tuple[str, bool]]:
    """The parts of a thing, and whether they tell what it is: 宝宝 does not.

    Nor does what is said of it: 夏天穿的凉鞋 is 凉鞋, no title needs to share the rest.
    """
    *said_of_it, name = SAID_OF.split(thing)
    if said_of_it:
        yield "".join(said_of_it), False
    at = 0
    for found in AUDIENCE.finditer(name):
        yield name[at : found.start()], True
        yield found[0], False
        at = found.end()
    yield name[at:], True


def _side(texts: Sequence[Sequence[Text]]) -> _Side:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(texts):
        units = {key for text in each for key in (*text.units, *_pairs_of(text.units))}
        for key in units:
            places[key].append(at)
    return _Side(texts, dict(places))


def _pairs_of(units: str) -> Iterator[str]:
    return (units[at : at + 2] for at in range(len(units) - 1))


def _pairs(things: Sequence[Thing]) -> set[str]:
    pairs = {pair for thing in things for pair in _pairs_of(thing.units)}
    return pairs | {thing.units for thing in things if len(thing.units) == 1}


def _singles(things: Sequence[Thing]) -> set[str]:
    return {
        unit
        for thing in things
        for at, unit in enumerate(thing.units)
        if at not in thing.generic or len(thing.units) == len(thing.generic)
    }


def _nearest(keys: Iterable[str], places: _Postings) -> list[int]:
    """The places that share most keys; keys that are everywhere are passed over."""
    lists = sorted((places[key] for key in keys if key in places), key=len)
    shared: Counter[int] = Counter()
    seen = 0
    for each in lists:
        seen += len(each)
        if shared and seen > _LOOKED_AT:
            break
        shared.update(each)
    return [at for at, _ in shared.most_common(_COMPARED)]
