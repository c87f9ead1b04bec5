"""What customers picked before weighs in with how well a title fits."""

from collections.abc import Mapping

from desk.shops.port import ItemId
from desk.shops.shelves import ENOUGH
from desk.shops.taught import Learnt

_OWN, _SHARED, _REFUSED = 300, 150, 400
_EXACT = 950
"""From this score on all of the question stands in the title, at the end of a word."""


def with_learnt(
    scores: Mapping[int, int], learnt: Learnt, place_of: Mapping[ItemId, int]
) -> dict[int, int]:
    """Add what this customer meant by the words before, and what everybody means by them.

    What everybody means never comes before a title that is called so: then it is asked which.
    """
    found = dict(scores)
    exact = max(scores.values(), default=0)
    shared = place_of.get(learnt.shared) if learnt.shared else None
    if shared is not None and learnt.shared not in learnt.refused:
        before = max(scores.get(shared, 0), ENOUGH)
        after = before + _SHARED
        found[shared] = min(after, exact) if before < _EXACT <= exact else after
    own = place_of.get(learnt.own) if learnt.own else None
    if own is not None:
        found[own] = max(scores.get(own, 0), ENOUGH) + _OWN
    for item in learnt.refused:
        if (place := place_of.get(item)) in found:
            found[place] -= _REFUSED
    return found
