"""The score of somebody who comes into question: named terms, each from 0 to 1."""

from collections.abc import Callable, Mapping

from desk.assignment.model import Candidate, Term, Wanted
from desk.kernel.places import Place, km_between
from desk.shops.stores import city_word
from desk.staff.sharing import SharingPolicy
from desk.tickets.model import TicketKind

BEST = 3
"""The highest grade, and the highest level of a skill."""
_SERVED_OFTEN = 3
_COMPLAINED_OFTEN = 2
_GAVE_BACK_OFTEN = 3

NEW_ORDERS = frozenset(
    {
        TicketKind.URGE,
        TicketKind.ORDER_CHANGE,
        TicketKind.CANCEL,
        TicketKind.PAYMENT,
        TicketKind.CONSULT,
        TicketKind.APPOINTMENT,
        TicketKind.INVOICE,
    }
)
"""What the early shift does first; the late one does the rest first."""

Value = Callable[[Candidate, Wanted, SharingPolicy], float]


def terms(
    who: Candidate, wanted: Wanted, policy: SharingPolicy, nearest_km: float | None
) -> tuple[Term, ...]:
    """Every term that is not nothing; `nearest_km` is how near anybody of all is."""
    values = {name: value(who, wanted, policy) for name, value in VALUES.items()}
    if wanted.leader:
        values["warehouse"] = _warehouse(who, wanted, nearest_km)
    return tuple(
        Term(name, round(value, 4), policy.weights.get(name, 0.0))
        for name, value in values.items()
        if value
    )


def nearest(candidates: tuple[Candidate, ...], wanted: Wanted) -> float | None:
    """How near the nearest works to the place that is meant, in km; None where none is known."""
    known = (_km(each, wanted) for each in candidates)
    return min((each for each in known if each is not None), default=None)


def _warehouse(who: Candidate, wanted: Wanted, nearest_km: float | None) -> float:
    """They work at the warehouse that serves the leader, else at the place nearest to them."""
    if wanted.warehouse:
        return float(wanted.warehouse in who.stores)
    return float(nearest_km is not None and _km(who, wanted) == nearest_km)


def _km(who: Candidate, wanted: Wanted) -> float | None:
    if wanted.place is None:
        return None
    meant: Place = wanted.place
    return min((km_between(meant, each) for each in who.places), default=None)


def _distance(who: Candidate, wanted: Wanted, policy: SharingPolicy) -> float:
    """All within the near circle; beyond, half at most, and nothing from afar."""
    km = _km(who, wanted)
    if km is None:
        return 0.0
    return 1.0 if km <= policy.near_km else max(0.0, 1 - km / policy.far_km) / 2


def _familiarity(who: Candidate, _: Wanted, __: SharingPolicy) -> float:
    return min(who.served, _SERVED_OFTEN) / _SERVED_OFTEN


def _skill(who: Candidate, wanted: Wanted, _: SharingPolicy) -> float:
    return who.level(wanted.skill) / BEST if wanted.skill else 0.0


def _grade(who: Candidate, wanted: Wanted, policy: SharingPolicy) -> float:
    """How close they are to the grade that such a customer shall meet."""
    meant = meant_grade(wanted, policy)
    return 0.0 if meant is None else 1 - abs(who.grade - meant) / (BEST - 1)


def meant_grade(wanted: Wanted, policy: SharingPolicy) -> int | None:
    """The grade of the first rule that fits; in a surge, high values go to the best."""
    if wanted.surge and wanted.value >= policy.high_value:
        return BEST
    for rule in policy.grades:
        if rule.tier in ("", wanted.tier) and city_word(rule.region) in ("", wanted.region):
            return rule.grade
    return None


def _region(who: Candidate, wanted: Wanted, _: SharingPolicy) -> float:
    return float(bool(who.region) and who.region == wanted.region)


def _load(who: Candidate, _: Wanted, __: SharingPolicy) -> float:
    return max(0.0, 1 - who.load / max(who.capacity, 1))


def _shift(who: Candidate, wanted: Wanted, _: SharingPolicy) -> float:
    return 0.0 if who.early is None else float(who.early == (wanted.kind in NEW_ORDERS))


def _complaints(who: Candidate, _: Wanted, __: SharingPolicy) -> float:
    return min(who.complaints, _COMPLAINED_OFTEN) / _COMPLAINED_OFTEN


def _given_back(who: Candidate, _: Wanted, __: SharingPolicy) -> float:
    return min(who.lately, _GAVE_BACK_OFTEN) / _GAVE_BACK_OFTEN


VALUES: Mapping[str, Value] = {
    "distance": _distance,
    "familiarity": _familiarity,
    "skill": _skill,
    "grade": _grade,
    "region": _region,
    "load": _load,
    "shift": _shift,
    "complaints": _complaints,
    "given_back": _given_back,
}
