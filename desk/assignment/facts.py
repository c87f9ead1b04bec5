"""Puts together what a decision needs: who may be asked, and what the ticket asks for."""

from collections.abc import Sequence
from datetime import datetime

from desk.assignment.model import Around, Candidate, Presence, Seen, Wanted
from desk.kernel.places import Place
from desk.kernel.roles import Role
from desk.routing.model import Warehouse
from desk.routing.placing import FOR_SUPERVISORS, LEADER_TAG, VIP
from desk.routing.stores import nearest
from desk.shops.stores import Store, city_word
from desk.staff.directory import Staff, StaffDirectory
from desk.staff.shifts import shift_at
from desk.tickets.model import Ticket, TicketKind
from desk.tickets.promises import SKILL_FOR

_USUAL_LEVEL = 2
_NEW = Seen()


def pool(staff: StaffDirectory, ticket: Ticket) -> Sequence[Staff]:
    """Who may be asked at all: agents; for what customers are promised a 负责人, those above.

    What is a store's business may be asked of its own people too, whom the merchant trusts with it:
    they have the skill.
    """
    above = staff.with_role(Role.SUPERVISOR)
    if ticket.kind not in FOR_SUPERVISORS or not above:
        return staff.agents()
    least = min(each.role for each in above)
    trusted = SKILL_FOR.get(ticket.kind, "")
    of_stores = [each for each in staff.agents() if each.stores and trusted in each.skills]
    lowest = tuple(each for each in above if each.role is least)
    return (*lowest, *of_stores) if ticket.store else lowest


def candidates(
    people: Sequence[Staff],
    staff: StaffDirectory,
    around: Around,
    now: datetime,
    warehouses: Sequence[Warehouse] = (),
) -> tuple[Candidate, ...]:
    """The members as candidates, with what the database knows of them."""
    places = {each.id: each.place for each in warehouses}
    places |= {each.id: each.place for each in staff.stores}
    return tuple(_candidate(each, staff, places, around, now) for each in people)


def _candidate(
    who: Staff, staff: StaffDirectory, places: dict[str, Place], around: Around, now: datetime
) -> Candidate:
    seen = around.seen.get(who.userid, Seen())
    shift = shift_at(who.shifts, now)
    levels = dict(who.levels)
    return Candidate(
        userid=who.userid,
        presence=seen.presence,
        on_shift=not who.shifts or shift is not None,
        early=shift.is_early if shift else None,
        skills=tuple((each, levels.get(each, _USUAL_LEVEL)) for each in who.skills),
        stores=who.stores,
        places=tuple(places[each] for each in who.stores if each in places),
        region=city_word(who.region),
        grade=who.grade,
        capacity=staff.sharing.capacity if who.capacity is None else who.capacity,
        load=seen.load,
        served=seen.served,
        complaints=seen.complaints,
        lately=seen.lately,
        gave_back=seen.gave_back,
    )


def wanted(
    ticket: Ticket,
    people: Sequence[Staff],
    staff: StaffDirectory,
    around: Around,
    skill: str,
    warehouse: str = "",
) -> Wanted:
    """What a ticket asks for. A skill that nobody has who works here still is asked of nobody."""
    skill = skill or around.skill or SKILL_FOR.get(ticket.kind, "")
    policy, seen = staff.sharing, around.seen
    here = (each for each in people if seen.get(each.userid, _NEW).presence is not Presence.LEFT)
    return Wanted(
        kind=ticket.kind,
        priority=ticket.priority,
        skill=skill if any(skill in each.skills for each in here) else "",
        place=around.place,
        tier=VIP if around.paid >= policy.vip_from else "",
        region=city_word(ticket.region) or _region(staff.stores, around.place, policy.far_km),
        value=around.value,
        store=ticket.store,
        leader=ticket.kind is TicketKind.LEADER or LEADER_TAG in ticket.tags,
        warehouse=warehouse,
        surge=around.surge,
    )


def _region(stores: Sequence[Store], place: Place | None, within_km: float) -> str:
    """The city of the nearest store, where one is within reach."""
    near = nearest(place, stores)
    return city_word(near[1].city) if near and near[0] <= within_km else ""
