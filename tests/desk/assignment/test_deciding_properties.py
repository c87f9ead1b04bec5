"""What holds of every decision."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desk.assignment.decide import decide
from desk.assignment.filters import excluded
from desk.assignment.model import HEAD_OFFICE, Candidate, Presence, Wanted
from desk.assignment.reach import decide_near
from desk.kernel.money import Fen
from desk.kernel.places import Place
from desk.staff.sharing import SharingPolicy
from desk.tickets.model import Priority, TicketKind
from tests.desk.routing.house import STORES

POLICY = SharingPolicy()
SKILLS = ("logistics", "refund", "product")
places = st.builds(Place, st.floats(20, 45), st.floats(100, 125))
candidates = st.builds(
    Candidate,
    userid=st.text("abcdef", min_size=1, max_size=4),
    presence=st.sampled_from(Presence),
    on_shift=st.booleans(),
    early=st.none() | st.booleans(),
    skills=st.lists(
        st.tuples(st.sampled_from(SKILLS), st.integers(1, 3)), unique_by=lambda each: each[0]
    ).map(tuple),
    stores=st.lists(st.sampled_from(("s1", "s2")), unique=True).map(tuple),
    places=st.lists(places, max_size=2).map(tuple),
    grade=st.integers(1, 3),
    capacity=st.integers(1, 40),
    load=st.integers(0, 45),
    served=st.integers(0, 5),
    complaints=st.integers(0, 4),
    lately=st.integers(0, 5),
    gave_back=st.booleans(),
)
everybody = st.lists(candidates, max_size=8, unique_by=lambda each: each.userid)
wanted = st.builds(
    Wanted,
    kind=st.sampled_from(TicketKind),
    priority=st.sampled_from(Priority),
    skill=st.sampled_from(("", *SKILLS)),
    store=st.sampled_from(("", "s1")),
    place=st.none() | places,
    tier=st.sampled_from(("", "vip")),
    value=st.integers(0, 200000).map(Fen),
    leader=st.booleans(),
    surge=st.booleans(),
)


@given(everybody, wanted)
def test_nobody_who_is_excluded_wins_and_somebody_does_if_anybody_may(
    people: list[Candidate], asked: Wanted
) -> None:
    able = {each.userid for each in people if excluded(each, asked, POLICY) is None}
    winner = decide(tuple(people), asked, POLICY).winner
    assert winner in able if able else winner == ""


@given(everybody, wanted, st.randoms())
def test_the_same_facts_give_the_same_decision_in_whatever_order(
    people: list[Candidate], asked: Wanted, chance: object
) -> None:
    turned = sorted(people, key=lambda each: hash((each.userid, str(chance))))
    assert decide(tuple(people), asked, POLICY) == decide(tuple(turned), asked, POLICY)


@given(candidates, wanted, st.integers(1, 10))
def test_more_to_do_never_makes_anybody_better(who: Candidate, asked: Wanted, more: int) -> None:
    (before,) = decide((who,), asked, POLICY).judged
    (after,) = decide((replace(who, load=who.load + more),), asked, POLICY).judged
    if before.excluded is not None:
        assert after.excluded is not None
    elif after.excluded is None:
        assert after.score <= before.score


@given(everybody, wanted)
def test_everybody_is_judged_once_and_has_a_reason_or_a_score(
    people: list[Candidate], asked: Wanted
) -> None:
    judged = decide(tuple(people), asked, POLICY).judged
    assert sorted(each.userid for each in judged) == sorted(each.userid for each in people)
    assert all(each.excluded is None or not each.terms for each in judged)


@given(everybody, wanted, st.sampled_from(("xujiahui", "wujiaochang", "binjiang")))
def test_a_stores_ticket_goes_no_farther_than_it_has_to(
    people: list[Candidate], asked: Wanted, store: str
) -> None:
    names = {"s1": "xujiahui", "s2": "binjiang"}
    them = tuple(replace(each, stores=tuple(names[one] for one in each.stores)) for each in people)
    decision = decide_near(them, replace(asked, store=store), POLICY, STORES, 300)
    who = {each.userid: each for each in them}
    if not decision.winner:
        assert decision.passed[-1] == HEAD_OFFICE
        assert decision.place == ""
        return
    winner = who[decision.winner]
    office = decision.place == HEAD_OFFICE
    assert (winner.stores == ()) if office else (decision.place in winner.stores)
    assert decision.place not in decision.passed
    for passed in decision.passed:
        there = replace(asked, store=passed)
        assert all(excluded(each, there, POLICY) for each in them if passed in each.stores)
