"""How rules are told of what no other command brings about."""

from dataclasses import dataclass

from desk.rules.happenings import Happening


@dataclass(frozen=True, slots=True)
class Notice:
    """Something happened outside: a customer wrote, an order changed, a deadline was broken."""

    happening: Happening


@dataclass(frozen=True, slots=True)
class Noticed:
    """It did; rules are asked, nothing else follows."""

    happening: Happening
