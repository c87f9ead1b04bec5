"""What makes a score, term by term."""

from typing import Any

import pytest

from desk.assignment.decide import decide
from desk.assignment.model import Candidate, Term, Wanted
from desk.assignment.scores import VALUES, nearest, terms
from desk.kernel.money import Fen
from desk.kernel.places import km_between
from desk.staff.sharing import WEIGHTS, GradeRule, SharingPolicy
from desk.tickets.model import TicketKind
from tests.desk.assignment.people import HANGZHOU, NEARBY, WUJIAOCHANG, XUJIAHUI, asks, somebody

POLICY = SharingPolicy()


def value(name: str, who: Candidate, wanted: Wanted, policy: SharingPolicy = POLICY) -> float:
    """One term's value; 0 where it is left out."""
    found = terms(who, wanted, policy, nearest((who,), wanted))
    return next((each.value for each in found if each.name == name), 0.0)


def test_the_way_from_xujiahui_to_wujiaochang_is_14_km() -> None:
    assert km_between(XUJIAHUI, WUJIAOCHANG) == pytest.approx(14.4, abs=0.3)
    assert km_between(XUJIAHUI, XUJIAHUI) == 0


@pytest.mark.parametrize(
    ("place", "least", "most"),
    [(NEARBY, 1, 1), (WUJIAOCHANG, 0.3, 0.4), (HANGZHOU, 0, 0), (None, 0, 0)],
)
def test_within_3_km_counts_whole_further_half_at_most(
    place: Any, least: float, most: float
) -> None:
    who = somebody(places=(XUJIAHUI,))
    assert least <= value("distance", who, asks(place=place)) <= most


@pytest.mark.parametrize(("served", "counts"), [(0, 0), (1, 0.3333), (3, 1), (9, 1)])
def test_who_served_the_customer_before_is_familiar(served: int, counts: float) -> None:
    assert value("familiarity", somebody(served=served), asks()) == counts


def test_the_level_of_the_skill_that_is_asked_for_counts() -> None:
    expert = somebody(skills=(("logistics", 3),))
    assert value("skill", expert, asks()) == 1
    assert value("skill", somebody(skills=(("logistics", 1),)), asks()) == 0.3333
    assert value("skill", expert, asks(skill="")) == 0


@pytest.mark.parametrize(
    ("tier", "region", "grade", "counts"),
    [
        ("vip", "上海", 3, 1),
        ("vip", "上海", 1, 0),
        ("vip", "杭州", 3, 0.5),
        ("", "绵阳", 1, 1),
        ("", "绵阳", 3, 0),
        ("", "上海", 3, 0),
    ],
)
def test_tier_and_region_choose_the_grade(
    tier: str, region: str, grade: int, counts: float
) -> None:
    policy = SharingPolicy(
        grades=(GradeRule("vip", "上海", 3), GradeRule("vip", "", 2), GradeRule("", "绵阳", 1))
    )
    assert value("grade", somebody(grade=grade), asks(tier=tier, region=region), policy) == counts


def test_in_a_surge_a_dear_order_goes_to_the_best() -> None:
    dear = asks(surge=True, value=Fen(POLICY.high_value))
    people = (somebody("new", grade=1), somebody("best", grade=3, load=5))
    assert decide(people, dear, POLICY).winner == "best"
    assert decide(people, asks(value=Fen(POLICY.high_value)), POLICY).winner == "new"


@pytest.mark.parametrize(
    ("early", "kind", "counts"),
    [
        (True, TicketKind.URGE, 1),
        (True, TicketKind.REFUND, 0),
        (False, TicketKind.REFUND, 1),
        (False, TicketKind.URGE, 0),
        (None, TicketKind.URGE, 0),
    ],
)
def test_early_shifts_do_new_orders_late_ones_after_sales(
    early: bool | None, kind: TicketKind, counts: float
) -> None:
    assert value("shift", somebody(early=early), asks(kind, skill="")) == counts


def test_bad_ratings_and_what_was_given_back_count_against() -> None:
    good, bad = somebody("good"), somebody("bad", complaints=1)
    slack = somebody("slack", lately=3)
    decision = decide((bad, slack, good), asks(), POLICY)
    assert [each.userid for each in decision.judged] == ["good", "slack", "bad"]
    assert decision.judged[-1].terms[-1] == Term("complaints", 0.5, WEIGHTS["complaints"])


def test_a_group_leaders_ticket_goes_to_the_nearest_warehouse() -> None:
    leader = asks(place=HANGZHOU, leader=True)
    near = somebody("near", places=(WUJIAOCHANG, HANGZHOU), load=10)
    far = somebody("far", places=(XUJIAHUI,))
    decision = decide((far, near), leader, POLICY)
    assert decision.winner == "near"
    assert "warehouse" in {each.name for each in decision.judged[0].terms}
    assert "warehouse" not in {each.name for each in decision.judged[1].terms}


def test_who_has_less_comes_first_and_equals_by_userid() -> None:
    people = (somebody("c"), somebody("b"), somebody("a", load=3))
    assert [each.userid for each in decide(people, asks(), POLICY).judged] == ["b", "c", "a"]


def test_every_term_has_a_weight() -> None:
    assert {*VALUES, "warehouse"} == set(WEIGHTS)
