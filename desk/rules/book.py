"""All rules, arranged so that what happens asks only those that may be about it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desk.rules.happenings import On
from desk.rules.model import Rule
from desk.rules.words import WordIndex, outside, plain

Marks = Mapping[str, Sequence[str]]
"""What tells a happening apart: the values of each mark that it has."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule that may be about what happened, with those of its words that were found."""

    rule: Rule
    words: tuple[str, ...] = ()


class _Shelf:
    """The rules on one happening: by their words, else by one mark, else always asked."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._words = WordIndex((word, at) for at, each in enumerate(rules) for word in each.words)
        self._keyed: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._always: list[int] = []
        shared = Counter(
            (mark, value)
            for each in rules
            for mark, values in each.only.items()
            for value in values
        )
        for at, each in enumerate(rules):
            if not each.words:
                self._put(at, each, shared)
        self.marks = frozenset(mark for each in rules for mark in each.only)

    def _put(self, at: int, rule: Rule, shared: Counter[tuple[str, str]]) -> None:
        """Under the mark that it shares with the fewest others."""
        if not rule.only:
            self._always.append(at)
            return
        mark = min(rule.only, key=lambda name: sum(shared[name, one] for one in rule.only[name]))
        for value in rule.only[mark]:
            self._keyed[mark, value].append(at)

    def fitting(self, marks: Marks, text: str) -> tuple[Fit, ...]:
        said = plain(text) if text else ""
        found = self._words.find(said) if said else {}
        places = {*found, *self._always}
        for mark in self.marks:
            for value in marks.get(mark, ()):
                places.update(self._keyed.get((mark, value), ()))
        fits = (self._fit(self._rules[at], found.get(at, ()), marks, said) for at in sorted(places))
        return tuple(each for each in fits if each is not None)

    def _fit(
        self, rule: Rule, found: Sequence[tuple[int, str]], marks: Marks, said: str
    ) -> Fit | None:
        if not is_marked(rule, marks):
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

    def marks(self, on: On) -> frozenset[str]:
        """The marks that tell its rules apart."""
        shelf = self._shelves.get(on)
        return shelf.marks if shelf else frozenset()

    def fitting(self, on: On, marks: Marks, text: str = "") -> tuple[Fit, ...]:
        """The rules that fit by marks and words, in their order; no condition is judged."""
        shelf = self._shelves.get(on)
        return shelf.fitting(marks, text) if shelf else ()


def is_marked(rule: Rule, marks: Marks) -> bool:
    """Tell whether all that a rule is only for is there."""
    return all(not values.isdisjoint(marks.get(mark, ())) for mark, values in rule.only.items())


NO_RULES = RuleBook()
"""Of a house without rules."""
