"""Who is asked when nobody of a ticket's store can: the next nearest stores, then head office."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desk.assignment.decide import decide
from desk.assignment.filters import excluded
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

    `passed` of the decision are the places whose people could not. A ticket of no store is
    anybody's.
    """
    if not wanted.store:
        return decide(candidates, wanted, policy)
    there, passed = wanted, list[str]()
    for there, people in _places(candidates, wanted, stores, within_km):
        if any(excluded(each, there, policy) is None for each in people):
            decision = decide(candidates, there, policy)
            return replace(decision, place=there.store, passed=tuple(passed))
        passed.append(there.store)
    return replace(decide(candidates, there, policy), passed=tuple(passed))


def _places(
    candidates: tuple[Candidate, ...], wanted: Wanted, stores: Sequence[Store], within_km: float
) -> Iterator[tuple[Wanted, Sequence[Candidate]]]:
    """What is asked for at each place where somebody works, with its people."""
    of_store: dict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        for store in each.stores:
            of_store[store].append(each)
    own = of_store[wanted.store]
    has_it = any(each.presence is not Presence.LEFT and each.level(wanted.skill) for each in own)
    # A store's own business is done by its own people, if need be without the skill.
    yield wanted if has_it else replace(wanted, skill=""), own
    for other in others(wanted.store, stores, within_km):
        if other in of_store:
            yield replace(wanted, store=other), of_store[other]
    yield replace(wanted, store=HEAD_OFFICE), [each for each in candidates if not each.stores]
