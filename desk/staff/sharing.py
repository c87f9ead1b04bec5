"""How work is shared among the staff: weights, times and limits, the merchant's to set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from desk.kernel.money import Fen

_5000_YUAN, _1000_YUAN = Fen(500000), Fen(100000)

WEIGHTS: Mapping[str, float] = {
    "distance": 3.0,
    "familiarity": 2.0,
    "skill": 2.0,
    "grade": 1.5,
    "region": 1.0,
    "load": 3.0,
    "shift": 1.0,
    "warehouse": 2.0,
    "complaints": -3.0,
    "given_back": -1.0,
}
"""How much each named term of a score counts; a negative one counts against."""


@dataclass(frozen=True, slots=True)
class GradeRule:
    """Which grade a customer shall meet, by what they are to the house and where they are.

    "" fits every tier, every region. Grades: 1 new, 2 regular, 3 best.
    """

    tier: str
    region: str
    grade: int


@dataclass(frozen=True, slots=True)
class SurgeRule:
    """When a surge begins by itself: so many new tickets within so long; it ends below half."""

    tickets: int = 60
    within: timedelta = timedelta(minutes=10)
    kinds_first: tuple[str, ...] = ("return", "exchange", "refund", "after_sales")


@dataclass(frozen=True, slots=True)
class SharingPolicy:
    """Everything about sharing that is data.

    `capacity` is how many open tickets a member holds where the staff file names no number.
    `near_km` earns the whole distance term, at `far_km` nothing is left of it. `vip_from` is what
    somebody paid within a year to count as `vip`, `high_value` what an order is worth to go to
    the best in a surge.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    accept_urgent: timedelta = timedelta(minutes=10)
    accept: timedelta = timedelta(minutes=30)
    strikes: int = 3
    look_again: timedelta = timedelta(minutes=1)
    capacity: int = 30
    near_km: float = 3.0
    far_km: float = 50.0
    vip_from: Fen = _5000_YUAN
    high_value: Fen = _1000_YUAN
    grades: tuple[GradeRule, ...] = (GradeRule("vip", "", 3),)
    surge: SurgeRule = field(default_factory=SurgeRule)
