"""All rules, arranged so that what happens asks only those that may be about it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desk.rules.happenings import On
from desk.rules.model import Rule
from desk.rules.words import WordIndex, outside, plain

Keys = Mapping[str, Sequence[str]]
"""What tells a happening apart: the values of each key that it has."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule that may be about what happened, with those of its words that were found."""

    rule: Rule
    words: tuple[str, ...] = ()


class _Shelf:
    """The rules on one happening: by their words, else by one key, else always asked."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._words = WordIndex((word, at) for at, each in enumerate(rules) for word in each.words)
        self._keyed: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._always: list[int] = []
        shared = Counter(
            (key, value) for each in rules for key, values in each.only.items() for value in values
        )
        for at, each in enumerate(rules):
            if not each.words:
                self._put(at, each, shared)
        self.keys = frozenset(key for each in rules for key in each.only)

    def _put(self, at: int, rule: Rule, shared: Counter[tuple[str, str]]) -> None:
        """Under the key that it shares with the fewest others."""
        if not rule.only:
            self._always.append(at)
            return
        key = min(rule.only, key=lambda name: sum(shared[name, one] for one in rule.only[name]))
        for value in rule.only[key]:
            self._keyed[key, value].append(at)

    def fitting(self, keys: Keys, text: str) -> tuple[Fit, ...]:
        said = plain(text) if text else ""
        found = self._words.find(said) if said else {}
        places = {*found, *self._always}
        for key in self.keys:
            for value in keys.get(key, ()):
                places.update(self._keyed.get((key, value), ()))
        fits = (self._fit(self._rules[at], found.get(at, ()), keys, said) for at in sorted(places))
        return tuple(each for each in fits if each is not None)

    def _fit(
        self, rule: Rule, found: Sequence[tuple[int, str]], keys: Keys, said: str
    ) -> Fit | None:
        if not is_keyed(rule, keys):
            return None
        if not rule.words:
            return Fit(rule)
        words = outside(said, found, tuple(map(plain, rule.but_not)))
        return Fit(rule, words) if words else None


class RuleBook:
    """The rules in the order in which they are carried out."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._by_id = {each.id: each for each in self.rules}
        self._shelves = {
            on: _Shelf(theirs)
            for on in On
            if (theirs := [each for each in self.rules if on in each.on])
        }

    def rule(self, name: str) -> Rule | None:
        """A rule by its id."""
        return self._by_id.get(name)

    def hears(self, on: On) -> bool:
        """Tell whether any rule is about such a happening."""
        return on in self._shelves

    def keys(self, on: On) -> frozenset[str]:
        """The keys that tell its rules apart."""
        shelf = self._shelves.get(on)
        return shelf.keys if shelf else frozenset()

    def fitting(self, on: On, keys: Keys, text: str = "") -> tuple[Fit, ...]:
        """The rules that fit by keys and words, in their order; no condition is judged."""
        shelf = self._shelves.get(on)
        return shelf.fitting(keys, text) if shelf else ()


def is_keyed(rule: Rule, keys: Keys) -> bool:
    """Tell whether all that a rule is only for is there."""
    return all(not values.isdisjoint(keys.get(key, ())) for key, values in rule.only.items())


NO_RULES = RuleBook()
"""Of a house without rules."""
