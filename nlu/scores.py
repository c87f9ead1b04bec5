"""Counts how well answers fit what was expected."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OUTSIDE = "out_of_scope"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall of one label; 0 where nothing was counted."""

    precision: float
    recall: float
    support: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One example: what was expected, what was answered; entities are (name, value) pairs."""

    hard: bool
    intent: str
    answered: str
    confidence: float
    entities: tuple[Pair, ...]
    found: tuple[Pair, ...]


def _rates(right: int, claimed: int, wanted: int) -> Rates:
    return Rates(right / claimed if claimed else 0.0, right / wanted if wanted else 0.0, wanted)


def accuracy(judged: Sequence[Judged]) -> float:
    """Return the share of right intents."""
    return sum(one.intent == one.answered for one in judged) / max(1, len(judged))


def intent_rates(judged: Iterable[Judged]) -> dict[str, Rates]:
    """Return precision and recall of every intent that was expected or answered."""
    wanted: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in judged:
        wanted[one.intent] += 1
        claimed[one.answered] += 1
        right[one.intent] += one.intent == one.answered
    return {n: _rates(right[n], claimed[n], wanted[n]) for n in sorted(wanted | claimed)}


def macro_f1(rates: dict[str, Rates]) -> float:
    """Return the mean F1 of the intents that were expected."""
    scores = [one.f1 for one in rates.values() if one.support]
    return sum(scores) / max(1, len(scores))


def confusions(judged: Iterable[Judged], most: int) -> list[tuple[Pair, int]]:
    """Return the most frequent (expected, answered) pairs of different intents."""
    pairs = Counter((j.intent, j.answered) for j in judged if j.intent != j.answered)
    return pairs.most_common(most)


def entity_rates(judged: Iterable[Judged]) -> dict[str, Rates]:
    """Return precision and recall of every entity, values compared exactly; "all" is the sum."""
    wanted: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in judged:
        expected, found = Counter(one.entities), Counter(one.found)
        for counts, pairs in ((wanted, expected), (claimed, found), (right, expected & found)):
            for (name, _), times in pairs.items():
                counts[name] += times
                counts["all"] += times
    return {n: _rates(right[n], claimed[n], wanted[n]) for n in sorted(wanted | claimed)}
