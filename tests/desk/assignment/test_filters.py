"""Who does not come into question, and which reason is told."""

from typing import Any

import pytest

from desk.assignment.decide import decide
from desk.assignment.filters import FILTERS, excluded
from desk.assignment.model import HEAD_OFFICE, Candidate, Exclusion, Presence, Wanted
from desk.kernel.money import Fen
from desk.staff.sharing import SharingPolicy
from desk.tickets.model import Priority, TicketKind
from tests.desk.assignment.people import asks, somebody

POLICY = SharingPolicy()
BUSY_HANDS: dict[str, Any] = {"load": 15, "capacity": 30}


@pytest.mark.parametrize(
    ("who", "wanted", "why"),
    [
        (somebody(presence=Presence.LEFT), asks(), Exclusion.LEFT),
        (somebody(on_shift=False), asks(), Exclusion.OFF_SHIFT),
        (somebody(presence=Presence.AWAY), asks(), Exclusion.AWAY),
        (somebody(presence=Presence.BUSY), asks(), Exclusion.BUSY),
        (somebody(), asks(skill="product"), Exclusion.SKILL),
        (somebody(stores=("wujiaochang",)), asks(store="xujiahui"), Exclusion.STORE),
        (somebody(stores=()), asks(store="xujiahui"), Exclusion.STORE),
        (somebody(stores=("xujiahui",)), asks(store=HEAD_OFFICE), Exclusion.STORE),
        (somebody(load=30, capacity=30), asks(), Exclusion.FULL),
        (somebody(gave_back=True), asks(), Exclusion.GAVE_BACK),
        (somebody(**BUSY_HANDS), asks(surge=True), Exclusion.KEPT_FREE),
    ],
    ids=lambda value: value.value if isinstance(value, Exclusion) else "",
)
def test_each_reason_excludes(who: Candidate, wanted: Wanted, why: Exclusion) -> None:
    assert excluded(who, wanted, POLICY) is why
    decision = decide((who,), wanted, POLICY)
    assert decision.winner == ""
    assert decision.judged[0].terms == ()


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        (somebody(), asks()),
        (somebody(), asks(skill="")),
        (somebody(stores=("xujiahui",)), asks(store="xujiahui")),
        (somebody(stores=()), asks(store=HEAD_OFFICE)),
        (somebody(load=29, capacity=30), asks()),
        (somebody(**BUSY_HANDS), asks()),
        (somebody(**BUSY_HANDS), asks(TicketKind.REFUND, skill="refund", surge=True)),
        (somebody(**BUSY_HANDS), asks(surge=True, value=POLICY.high_value)),
        (somebody(**BUSY_HANDS), asks(surge=True, priority=Priority.URGENT)),
        (somebody(load=14, capacity=30), asks(surge=True)),
    ],
)
def test_who_comes_into_question_is_not_excluded(who: Candidate, wanted: Wanted) -> None:
    assert excluded(who, wanted, POLICY) is None


def test_somebody_who_left_is_told_as_such_whatever_else_holds() -> None:
    who = somebody(presence=Presence.LEFT, on_shift=False, load=99, gave_back=True)
    assert excluded(who, asks(skill="product"), POLICY) is Exclusion.LEFT


def test_every_reason_has_a_filter() -> None:
    assert {each.why for each in FILTERS} == set(Exclusion)


def test_a_cheap_order_queues_in_a_surge_and_a_dear_one_does_not() -> None:
    who = somebody(**BUSY_HANDS)
    cheap = asks(surge=True, value=Fen(POLICY.high_value - 1))
    assert excluded(who, cheap, POLICY) is Exclusion.KEPT_FREE
