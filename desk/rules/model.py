"""A rule as data: on what, for which, when, and what then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from desk.rules.actions import Action
from desk.rules.happenings import On, Value


class Condition(Protocol):
    """A condition that was checked; judging it has no side effects and always ends."""

    @property
    def text(self) -> str:
        """As the merchant wrote it."""

    @property
    def needs(self) -> frozenset[str]:
        """The names that it may look at."""

    def judge(self, facts: Mapping[str, Value]) -> bool | None:
        """Tell whether it holds; None where that cannot be told (1/0, an answer not given)."""

    def parts(self) -> "tuple[Condition, ...]":
        """The conditions that all have to hold for it to hold; itself where it is but one."""


class Per(StrEnum):
    """For whom a window of `once` counts."""

    CUSTOMER = "customer"
    TICKET = "ticket"
    ORDER = "order"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Once:
    """At most once for each of these within a span, counted from the last time it did run."""

    per: Per
    within: timedelta


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. Empty `only` and `words` stand for all; `when` None for always.

    `only` maps keys (see `desk.rules.vocabulary.KEYS`) to the values that fit. Of `words` one is
    enough; a word inside one of the `but_not` phrases does not count.
    """

    id: str
    on: tuple[On, ...]
    then: tuple[Action, ...]
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    when: Condition | None = None
    once: Once | None = None
    name: str = ""

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or self.id

    @property
    def needs(self) -> frozenset[str]:
        """The names that its condition and its texts look at."""
        named = self.when.needs if self.when else frozenset()
        if self.once and self.once.per is Per.TICKET:
            named |= {"ticket.number"}
        return named.union(*(each.needs for each in self.then))
