"""Puts a ticket before the best one there is; where there is nobody, says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from desk.assignment import facts
from desk.assignment.events import AssignmentHappening, NobodyFound, OwnerSought, TicketOffered
from desk.assignment.model import Around, Cause, Decision, Exclusion, Kept
from desk.assignment.offers import Offer, OfferState
from desk.assignment.ports import AssignmentStore
from desk.assignment.reach import decide_near
from desk.assignment.where import where
from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.roles import Role
from desk.routing.lanes import looked_at, place_in_line
from desk.routing.model import Routing
from desk.routing.placing import LEADER_TAG
from desk.routing.ports import PlacementReader
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from desk.tickets.ports import TicketReader

Happened = tuple[AssignmentHappening, ...]

_PASSES = (Exclusion.FULL, Exclusion.KEPT_FREE)
"""What ends without anybody saying so."""
_LOOK_AT_LEAST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Offering:
    """Decides and offers, in one piece of work."""

    store: AssignmentStore
    tickets: TicketReader
    customers: CustomerReader
    placements: PlacementReader
    staff: StaffDirectory
    routing: Routing
    tray: OutTray

    async def find(self, ticket: Ticket, cause: Cause, skill: str = "") -> Happened:
        """Offer a ticket that nobody has to the best; it waits where there is nobody."""
        around = await self._around(ticket)
        if around.offered or not is_free(ticket):
            return ()
        decision = await self._decide(ticket, around, skill)
        await self._keep(ticket, cause, decision)
        told: Happened = (OwnerSought(ticket, cause, decision.winner),)
        skill = skill or around.skill
        if not decision.winner:
            return (*told, await self._wait(ticket, around, decision, cause, skill))
        asked = await self._ask(ticket, decision.winner, around.offers, skill)
        helps = bool(decision.passed)
        return (*told, await self._offered(ticket, asked, wide=True, helps=helps))

    async def look_again(self, ticket: Ticket, waiting: Offer) -> Happened:
        """Offer one that waits, if there is somebody by now; else it goes on waiting quietly."""
        around = await self._around(ticket)
        decision = await self._decide(ticket, around, around.skill)
        now = self.tray.now
        if not decision.winner:
            await self.store.look_later(waiting, look_at(decision, self.staff, now))
            return ()
        await self.store.settle(ticket.id, OfferState.WITHDRAWN, now)
        await self._keep(ticket, Cause.LOOKED_AGAIN, decision)
        asked = await self._ask(ticket, decision.winner, around.offers, around.skill)
        return (
            OwnerSought(ticket, Cause.LOOKED_AGAIN, decision.winner),
            await self._offered(ticket, asked, helps=bool(decision.passed)),
        )

    async def give(self, ticket: Ticket, to: str, by: str) -> Happened:
        """Offer it to somebody in particular."""
        around = await self._around(ticket)
        await self._keep(ticket, Cause.GIVEN, Decision(to, ()), by)
        asked = await self._ask(ticket, to, around.offers, around.skill)
        giver = self.staff.find(by)
        return (await self._offered(ticket, asked, giver.name if giver else by),)

    async def _around(self, ticket: Ticket) -> Around:
        people = facts.pool(self.staff, ticket)
        return await self.store.around(ticket, [each.userid for each in people], self.tray.now)

    async def _decide(self, ticket: Ticket, around: Around, skill: str) -> Decision:
        people, warehouses = facts.pool(self.staff, ticket), self.routing.warehouses
        placed = await self.placements.of(ticket.id) if LEADER_TAG in ticket.tags else None
        served_by = placed.warehouse.value if placed else ""
        wanted = facts.wanted(ticket, people, self.staff, around, skill, served_by)
        them = facts.candidates(people, self.staff, around, self.tray.now, warehouses)
        far = self.routing.store_kinds.overflow_km
        return decide_near(them, wanted, self.staff.sharing, self.staff.stores, far)

    async def _keep(self, ticket: Ticket, cause: Cause, decision: Decision, by: str = "") -> None:
        kept = Kept(ticket.number, self.tray.now, cause, decision, by)
        await self.store.keep(ticket.id, kept)

    async def _ask(self, ticket: Ticket, userid: str, earlier: int, skill: str) -> Offer:
        due_at = accept_by(ticket, userid, self.staff, self.tray.now)
        return await self._put(ticket, userid, OfferState.ASKED, earlier, due_at, skill)

    async def _put(
        self,
        ticket: Ticket,
        userid: str,
        state: OfferState,
        earlier: int,
        due_at: datetime,
        skill: str,
    ) -> Offer:
        identity: UUID = self.tray.derive("offer")
        task = f"ticket-{ticket.number}-offer-{earlier + 1}"
        place = place_in_line(self.routing.lanes, ticket)
        offer = Offer(identity, ticket.id, userid, state, task, self.tray.now, due_at, skill, place)
        await self.store.offer(offer)
        return offer

    async def _offered(
        self,
        ticket: Ticket,
        asked: Offer,
        by: str = "",
        *,
        wide: bool = False,
        helps: bool = False,
    ) -> AssignmentHappening:
        to: tuple[str, ...] = (asked.userid,)
        if ticket.kind is TicketKind.EMERGENCY and wide:
            everybody = (*above(self.staff), *audience(self.staff))
            to = tuple(dict.fromkeys((*to, *everybody)))
        lines = await self.tickets.history(ticket.number)
        added = next((each.note for each in lines[::-1] if each.what == "joined"), "")
        placed = await self.placements.of(ticket.id)
        there = where(ticket, placed, self.staff.stores, self.routing, helps=helps)
        return TicketOffered(ticket, asked, to, await self._nickname(ticket), by, added, there)

    async def _wait(
        self, ticket: Ticket, around: Around, decision: Decision, cause: Cause, skill: str
    ) -> AssignmentHappening:
        now, hours = self.tray.now, self.staff.hours
        to = above(self.staff)
        if ticket.kind is TicketKind.EMERGENCY:
            to = tuple(dict.fromkeys((*to, *audience(self.staff))))
        queued = any(each.excluded is Exclusion.KEPT_FREE for each in decision.judged)
        again = look_at(decision, self.staff, now)
        waiting = await self._put(ticket, "", OfferState.WAITING, around.offers, again, skill)
        return NobodyFound(
            ticket=ticket,
            offer=waiting,
            to=() if queued else to,
            nickname=await self._nickname(ticket),
            opens_at=None if hours.open_at(now) else hours.opens_next(now),
            queued=queued,
            tell_customer=cause is Cause.OPENED,
        )

    async def _nickname(self, ticket: Ticket) -> str:
        found = await self.customers.get(ticket.customer) if ticket.customer else None
        return found.nickname if found else ""


def is_free(ticket: Ticket) -> bool:
    """Whether nobody has it and somebody should."""
    return ticket.state is TicketState.OPEN and not ticket.owner


def above(staff: StaffDirectory) -> tuple[str, ...]:
    """The supervisors and the managers."""
    both = (*audience(staff, "", Role.SUPERVISOR), *audience(staff, "", Role.MANAGER))
    return tuple(dict.fromkeys(both))


def look_at(decision: Decision, staff: StaffDirectory, now: datetime) -> datetime:
    """When to look again for somebody: soon where hands may get free, else when a shift begins.

    Who comes on duty has it looked at in that moment (`AssignmentStore.wake`); who is new among
    the staff does not, so that it is never left alone for long.
    """
    if any(each.excluded in _PASSES for each in decision.judged):
        return looked_at(now + staff.sharing.look_again)
    off = (each.userid for each in decision.judged if each.excluded is Exclusion.OFF_SHIFT)
    members = (member for userid in off if (member := staff.find(userid)))
    begins = (shift.begins_next(now) for member in members for shift in member.shifts)
    return min((looked_at(now + _LOOK_AT_LEAST), *begins))


def accept_by(ticket: Ticket, userid: str, staff: StaffDirectory, now: datetime) -> datetime:
    """Until when they may think about it: within the service hours where they have no shifts."""
    policy = staff.sharing
    within = policy.accept_urgent if ticket.priority is Priority.URGENT else policy.accept
    member = staff.find(userid)
    if ticket.kind is TicketKind.EMERGENCY or (member and member.shifts):
        return now + within
    return staff.hours.due(now, within)
