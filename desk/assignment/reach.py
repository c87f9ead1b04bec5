"""Who is asked when nobody of a ticket's store can: the next nearest stores, then head office."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desk.assignment.decide import decide
from desk.assignment.model import HEAD_OFFICE, Candidate, Decision, Presence, Wanted
from desk.routing.stores import others
from desk.shops.stores import Store
from desk.staff.sharing import SharingPolicy


def decide_near(
    candidates: tuple[Candidate, ...],
    wanted: Wanted,
    policy: SharingPolicy,
    stores: Sequence[Store],
    within_km: float,
) -> Decision:
    """Decide among the people of the store; while nobody can, among those of the next place.

    `passed` of the decision are the places where nobody could. A ticket of no store is anybody's.
    """
    if not wanted.store:
        return decide(candidates, wanted, policy)
    decision, passed = Decision("", ()), list[str]()
    for there in _places(candidates, wanted, stores, within_km):
        decision = decide(candidates, there, policy)
        if decision.winner:
            return replace(decision, place=there.store, passed=tuple(passed))
        passed.append(there.store)
    return replace(decision, passed=tuple(passed))


def _places(
    candidates: tuple[Candidate, ...], wanted: Wanted, stores: Sequence[Store], within_km: float
) -> Iterator[Wanted]:
    """What is asked for at each place, one after the other."""
    theirs = [each for each in candidates if wanted.store in each.stores]
    here = [each for each in theirs if each.presence is not Presence.LEFT]
    has_it = any(each.level(wanted.skill) for each in here)
    # A store's own business is done by its own people, if need be without the skill.
    yield wanted if has_it else replace(wanted, skill="")
    for other in others(wanted.store, stores, within_km):
        yield replace(wanted, store=other)
    yield replace(wanted, store=HEAD_OFFICE)
