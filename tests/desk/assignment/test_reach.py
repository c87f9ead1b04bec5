"""A store's ticket goes to its own people, else farther and farther away."""

from typing import Any

import pytest

from desk.assignment.model import HEAD_OFFICE, Candidate, Exclusion, Presence
from desk.assignment.reach import decide_near
from desk.staff.sharing import SharingPolicy
from tests.desk.assignment.people import asks, somebody
from tests.desk.routing.house import STORES

POLICY = SharingPolicy()
AWAY: dict[str, Any] = {"presence": Presence.AWAY}
OWN = somebody("own", stores=("xujiahui",))
NEXT = somebody("next", stores=("wujiaochang",))
FAR = somebody("far", stores=("binjiang",))
OFFICE = somebody("office")
ASKED = asks(store="xujiahui")


def away(who: Candidate) -> Candidate:
    return somebody(who.userid, stores=who.stores, **AWAY)


@pytest.mark.parametrize(
    ("people", "winner", "place", "passed"),
    [
        ((OFFICE, FAR, NEXT, OWN), "own", "xujiahui", ()),
        ((OFFICE, FAR, NEXT, away(OWN)), "next", "wujiaochang", ("xujiahui",)),
        ((OFFICE, FAR, away(NEXT), away(OWN)), "far", "binjiang", ("xujiahui", "wujiaochang")),
        (
            (OFFICE, away(FAR), away(NEXT), away(OWN)),
            "office",
            HEAD_OFFICE,
            ("xujiahui", "wujiaochang", "binjiang"),
        ),
    ],
    ids=["own", "next", "far", "head office"],
)
def test_the_next_place_is_asked_where_nobody_can(
    people: tuple[Candidate, ...], winner: str, place: str, passed: tuple[str, ...]
) -> None:
    decision = decide_near(people, ASKED, POLICY, STORES, 300)
    assert (decision.winner, decision.place, decision.passed) == (winner, place, passed)


def test_nobody_anywhere_is_told_with_everybodys_own_reason() -> None:
    people = (away(OWN), somebody("next", stores=("wujiaochang",), load=99))
    decision = decide_near(people, ASKED, POLICY, STORES, 300)
    assert decision.winner == ""
    assert decision.passed == ("xujiahui", "wujiaochang", HEAD_OFFICE)
    reasons = {each.userid: each.excluded for each in decision.judged}
    assert reasons == {"own": Exclusion.AWAY, "next": Exclusion.FULL}


def test_a_store_where_nobody_works_is_not_worth_a_word() -> None:
    decision = decide_near((away(OWN), FAR), ASKED, POLICY, STORES, 300)
    assert (decision.winner, decision.passed) == ("far", ("xujiahui",))


def test_a_store_out_of_reach_is_not_asked() -> None:
    decision = decide_near((FAR, away(OWN)), ASKED, POLICY, STORES, 100)
    assert decision.winner == ""
    assert {each.userid: each.excluded for each in decision.judged}["far"] is Exclusion.STORE


def test_a_stores_own_people_do_its_business_without_the_skill_others_need_it() -> None:
    own = somebody("own", stores=("xujiahui",), skills=())
    near = somebody("next", stores=("wujiaochang",), skills=())
    decision = decide_near((own, near, OFFICE), ASKED, POLICY, STORES, 300)
    assert decision.winner == "own"
    decision = decide_near((away(own), near, OFFICE), ASKED, POLICY, STORES, 300)
    assert decision.winner == "office"


def test_of_a_stores_own_people_those_with_the_skill_come_first() -> None:
    unskilled = somebody("a", stores=("xujiahui",), skills=())
    decision = decide_near((unskilled, OWN), ASKED, POLICY, STORES, 300)
    assert decision.winner == "own"


def test_a_ticket_of_no_store_is_anybodys() -> None:
    decision = decide_near((OFFICE, FAR), asks(), POLICY, STORES, 300)
    assert (decision.winner, decision.place, decision.passed) == ("far", "", ())
