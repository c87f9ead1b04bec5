"""Decides whom a ticket is given to; the same facts give the same answer."""

from desk.assignment.filters import excluded
from desk.assignment.model import Candidate, Decision, Judged, Wanted
from desk.assignment.scores import nearest, terms
from desk.staff.sharing import SharingPolicy


def decide(candidates: tuple[Candidate, ...], wanted: Wanted, policy: SharingPolicy) -> Decision:
    """Judge everybody; the highest score wins, of equals who has less, then by userid."""
    near = nearest(candidates, wanted)
    judged = [_judged(each, wanted, policy, near) for each in candidates]
    ranked = sorted(judged, key=_rank)
    winner = next((each.userid for each in ranked if each.excluded is None), "")
    return Decision(winner, tuple(ranked))


def _judged(who: Candidate, wanted: Wanted, policy: SharingPolicy, near: float | None) -> Judged:
    why = excluded(who, wanted, policy)
    scored = () if why else terms(who, wanted, policy, near)
    return Judged(who.userid, why, scored, who.load)


def _rank(judged: Judged) -> tuple[bool, float, int, str]:
    return (judged.excluded is not None, -judged.score, judged.load, judged.userid)
