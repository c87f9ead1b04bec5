"""Hard filters: who does not come into question for a ticket, and why."""

from collections.abc import Callable
from typing import NamedTuple

from desk.assignment.model import HEAD_OFFICE, Candidate, Exclusion, Presence, Wanted
from desk.staff.sharing import SharingPolicy
from desk.tickets.model import Priority


class Filter(NamedTuple):
    """A reason, and what tells that it holds."""

    why: Exclusion
    holds: Callable[[Candidate, Wanted, SharingPolicy], bool]


def excluded(who: Candidate, wanted: Wanted, policy: SharingPolicy) -> Exclusion | None:
    """The first reason against somebody; None where they come into question."""
    return next((each.why for each in FILTERS if each.holds(who, wanted, policy)), None)


def _elsewhere(who: Candidate, wanted: Wanted, _: SharingPolicy) -> bool:
    """Of a store are those who name it, of head office those who name none."""
    if wanted.store == HEAD_OFFICE:
        return bool(who.stores)
    return bool(wanted.store) and wanted.store not in who.stores


def _kept_free(who: Candidate, wanted: Wanted, policy: SharingPolicy) -> bool:
    """In a surge half of everybody's hands stays free for what comes first then."""
    if not wanted.surge or wanted.priority is Priority.URGENT:
        return False
    first = wanted.kind.value in policy.surge.kinds_first or wanted.value >= policy.high_value
    return not first and who.load * 2 >= who.capacity


FILTERS: tuple[Filter, ...] = (
    Filter(Exclusion.LEFT, lambda who, *_: who.presence is Presence.LEFT),
    Filter(Exclusion.OFF_SHIFT, lambda who, *_: not who.on_shift),
    Filter(Exclusion.AWAY, lambda who, *_: who.presence is Presence.AWAY),
    Filter(Exclusion.BUSY, lambda who, *_: who.presence is Presence.BUSY),
    Filter(
        Exclusion.SKILL,
        lambda who, wanted, _: bool(wanted.skill) and not who.level(wanted.skill),
    ),
    Filter(Exclusion.FULL, lambda who, *_: who.load >= who.capacity),
    Filter(Exclusion.GAVE_BACK, lambda who, *_: who.gave_back),
    Filter(Exclusion.STORE, _elsewhere),
    Filter(Exclusion.KEPT_FREE, _kept_free),
)
"""In the order in which they are told: what somebody can change at once comes after what not."""
