"""Carries out what may be done about who has which ticket."""

from dataclasses import dataclass, replace
from datetime import datetime

from desk.assignment.commands import (
    AssignmentCommand,
    CloseOffer,
    DismissStaff,
    FindOwner,
    GiveTicket,
    HurryOffer,
    LapseOffer,
    ReturnTicket,
    SendElsewhere,
    SetPresence,
    SwitchSurge,
)
from desk.assignment.events import (
    Ended,
    NotThere,
    NotYours,
    OfferEnded,
    OfferHurried,
    OwnerGone,
    PresenceChanged,
    StaffDismissed,
    StruckOut,
    SurgeSwitched,
    TicketGiven,
    TicketReturned,
)
from desk.assignment.model import Cause, Presence
from desk.assignment.offering import Happened, Offering, above, accept_by, is_free
from desk.assignment.offers import Offer, OfferState, OpenOffer
from desk.assignment.ports import AssignmentStore, PresenceStore
from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.roles import Role
from desk.routing.model import Routing
from desk.routing.ports import PlacementReader
from desk.staff.directory import StaffDirectory
from desk.staff.shifts import shift_at
from desk.tickets.course import Courses
from desk.tickets.events import NoSuchTicket, TicketHappening
from desk.tickets.model import Ticket, TicketEvent, TicketState
from desk.tickets.moving import Act, Goal, Moved, Mover
from desk.tickets.open_cards import open_cards
from desk.tickets.ports import TicketStore, TicketTimes

BOT = "bot"
_NOT_WORKING = (Presence.AWAY, Presence.BUSY, Presence.LEFT)


@dataclass(frozen=True, slots=True)
class Shelves:
    """What assignment works with, open in one transaction."""

    assignments: AssignmentStore
    presence: PresenceStore
    tickets: TicketStore
    customers: CustomerReader
    placements: PlacementReader
    courses: Courses
    times: TicketTimes


class Assignment:
    """The assignment's side of one piece of work."""

    def __init__(
        self, shelves: Shelves, staff: StaffDirectory, routing: Routing, tray: OutTray
    ) -> None:
        self._store, self._presence = shelves.assignments, shelves.presence
        self._tickets, self._staff, self._tray = shelves.tickets, staff, tray
        self._mover = Mover(shelves.tickets, shelves.courses, shelves.times, tray.now)
        self._offering = Offering(
            shelves.assignments,
            shelves.tickets,
            shelves.customers,
            shelves.placements,
            staff,
            routing,
            tray,
        )

    async def carry_out(self, command: AssignmentCommand) -> Happened | tuple[TicketHappening, ...]:
        """Do one thing and tell what happened."""
        match command:
            case FindOwner(ticket, cause, skill):
                return await self._offering.find(ticket, cause, skill)
            case CloseOffer(ticket, by):
                return await self._close(ticket, by)
            case HurryOffer():
                return await self._hurry(command)
            case SendElsewhere(ticket, before, skill):
                return await self._send_elsewhere(ticket, before, skill)
            case LapseOffer(due):
                return await self._lapse(due)
            case SetPresence():
                return await self._set(command)
            case DismissStaff():
                return await self._dismiss(command)
            case SwitchSurge(by, on):
                return await self._surge(by, on=on)
            case GiveTicket() | ReturnTicket():
                return await self._move(command)

    async def _move(
        self, asked: GiveTicket | ReturnTicket
    ) -> Happened | tuple[TicketHappening, ...]:
        ticket = await self._tickets.locked(asked.number)
        if ticket is None:
            return (NoSuchTicket(asked.number, asked.by),)
        if isinstance(asked, GiveTicket):
            return await self._give(ticket, asked)
        return await self._return(ticket, asked)

    async def _hurry(self, asked: HurryOffer) -> Happened:
        due_at = accept_by(asked.ticket, "", self._staff, self._now)
        offer = await self._store.hurry(asked.ticket.id, due_at)
        if offer is None or offer.userid in ("", *asked.told):
            return ()
        return (OfferHurried(asked.ticket, offer, asked.note),)

    async def _close(self, ticket: Ticket, by: str) -> Happened:
        ended = await self._store.settle(ticket.id, OfferState.TAKEN, self._now, by=by)
        how = _how(ticket)
        return (OfferEnded(ended, how, self._name(by)),) if ended else ()

    async def _lapse(self, due: OpenOffer) -> Happened:
        ticket, offer = due.ticket, due.offer
        if not is_free(ticket):
            await self._store.settle(ticket.id, OfferState.WITHDRAWN, self._now)
            return (OfferEnded(offer, Ended.TAKEN, self._name(ticket.owner)),)
        if offer.state is OfferState.WAITING:
            return await self._look_again(ticket, offer)
        if not self._was_there(offer.userid, offer.due_at):
            return await self._pass_on(due, Cause.WENT)
        await self._store.settle(ticket.id, OfferState.TIMED_OUT, self._now)
        await self._log(ticket, offer.userid, "offer_timed_out")
        struck = await self._strike(offer.userid)
        next_one = await self._offering.find(ticket, Cause.TIMED_OUT)
        return (OfferEnded(offer, Ended.TIMED_OUT), *next_one, *struck)

    async def _send_elsewhere(self, ticket: Ticket, before: Ticket, skill: str) -> Happened:
        ended = await self._store.settle(ticket.id, OfferState.WITHDRAWN, self._now)
        closed: Happened = (OfferEnded(ended, Ended.PASSED_ON),) if ended else ()
        gone: Happened = (await self._gone(before),) if before.owner else ()
        return (*gone, *closed, *await self._offering.find(ticket, Cause.ROUTED, skill))

    async def _look_again(self, ticket: Ticket, waiting: Offer) -> Happened:
        found = await self._offering.look_again(ticket, waiting)
        if not found:
            return ()
        return (OfferEnded(waiting, Ended.PASSED_ON), *found)

    async def _strike(self, userid: str) -> Happened:
        strikes = await self._store.strikes(userid)
        if strikes < self._staff.sharing.strikes:
            return ()
        await self._presence.set(userid, Presence.BUSY, self._now, BOT)
        passed_on = await self._pass_all_on(userid, Cause.BUSY)
        count = sum(isinstance(each, OfferEnded) for each in passed_on)
        told = StruckOut(userid, self._name(userid), strikes, count, above(self._staff))
        return (*passed_on, told)

    async def _set(self, asked: SetPresence) -> Happened:
        before = await self._presence.presence(asked.userid)
        state = asked.state
        passed: Happened = ()
        if before is Presence.LEFT and asked.by == asked.userid:
            state = Presence.LEFT
        await self._presence.set(asked.userid, state, self._now, asked.by)
        if state in _NOT_WORKING:
            cause = Cause.BUSY if state is Presence.BUSY else Cause.WENT
            passed = await self._pass_all_on(asked.userid, cause)
        else:
            await self._store.wake(self._now)
        held = len(await self._store.owned(asked.userid))
        count = sum(isinstance(each, OfferEnded) for each in passed)
        name = self._name(asked.userid)
        return (*passed, PresenceChanged(asked.userid, name, state, asked.by, count, held))

    async def _dismiss(self, asked: DismissStaff) -> Happened:
        await self._presence.set(asked.userid, Presence.LEFT, self._now, asked.by)
        moved = [await self._pass_all_on(asked.userid, Cause.LEFT)]
        count = sum(isinstance(each, OfferEnded) for each in moved[0])
        for ticket in await self._store.owned(asked.userid):
            reopened = await self._reopen(ticket, asked.userid, "handed_over")
            if reopened is not None:
                count += 1
                moved.append((await self._gone(ticket),))
                moved.append(await self._offering.find(reopened, Cause.LEFT))
        to = tuple(dict.fromkeys((*above(self._staff), *_person(asked.by))))
        name = self._name(asked.userid)
        told = StaffDismissed(asked.userid, name, asked.by, count, to)
        return (*(each for some in moved for each in some), told)

    async def _surge(self, by: str, *, on: bool) -> Happened:
        changed = await self._presence.switch_surge(self._now, by, on=on)
        if changed and not on:
            await self._store.wake(self._now)
        everybody = tuple(each.userid for each in self._staff.with_role(Role.AGENT))
        to = everybody if changed else _person(by)
        return (SurgeSwitched(on, by, self._name(by), changed, to),)

    async def _give(self, ticket: Ticket, asked: GiveTicket) -> Happened:
        if not await self._may_move(ticket, asked.by):
            return (NotYours(ticket, asked.by, self._name(ticket.owner)),)
        state = await self._presence.presence(asked.to)
        name = self._name(asked.to)
        if state in _NOT_WORKING:
            return (NotThere(ticket, asked.by, name, state),)
        ended = await self._free(ticket, asked.by, "given", OfferState.WITHDRAWN, name)
        if ended is None:
            return (NotYours(ticket, asked.by, self._name(ticket.owner)),)
        free, closed = ended
        offered = await self._offering.give(free, asked.to, asked.by)
        return (*closed, TicketGiven(free, asked.by, name), *offered)

    async def _return(self, ticket: Ticket, asked: ReturnTicket) -> Happened:
        held = bool(ticket.owner)
        if not await self._may_move(ticket, asked.by):
            return (NotYours(ticket, asked.by, self._name(ticket.owner)),)
        whose = ticket.owner
        ended = await self._free(ticket, asked.by, "returned", OfferState.RETURNED, asked.reason)
        if ended is None:
            return (NotYours(ticket, asked.by, self._name(ticket.owner)),)
        free, closed = ended
        if held:
            await self._note_given_back(free, whose)
        found = await self._offering.find(free, Cause.RETURNED)
        return (*closed, TicketReturned(free, asked.by, held), *found)

    async def _may_move(self, ticket: Ticket, by: str) -> bool:
        """Who has it or is asked to, or stands above; nobody once it is solved."""
        if ticket.state.ended:
            return False
        member = self._staff.find(by)
        if ticket.owner == by or (member is not None and member.role >= Role.SUPERVISOR):
            return True
        asked = await self._store.asked(by)
        return any(each.ticket.id == ticket.id for each in asked)

    async def _free(
        self, ticket: Ticket, by: str, what: str, end: OfferState, note: str
    ) -> tuple[Ticket, Happened] | None:
        """Take it from whoever has it or is asked to; None if it changed meanwhile."""
        if ticket.owner:
            reopened = await self._reopen(ticket, by, what, note)
            return None if reopened is None else (reopened, (await self._gone(ticket),))
        await self._log(ticket, by, what, note)
        ended = await self._store.settle(ticket.id, end, self._now, note)
        how = Ended.RETURNED if end is OfferState.RETURNED else Ended.PASSED_ON
        return ticket, ((OfferEnded(ended, how),) if ended else ())

    async def _reopen(self, ticket: Ticket, by: str, what: str, note: str = "") -> Ticket | None:
        goal, act = Goal(TicketState.OPEN, ""), Act(by, what, note)
        moved = await self._mover.move(ticket, goal, act)
        return moved.ticket if isinstance(moved, Moved) else None

    async def _gone(self, before: Ticket) -> OwnerGone:
        return OwnerGone(before, await open_cards(self._tickets, before))

    async def _note_given_back(self, ticket: Ticket, whose: str) -> None:
        """Whoever had it and gave it back is not asked again."""
        identity = self._tray.derive("given back")
        given = Offer(identity, ticket.id, whose, OfferState.RETURNED, "", self._now, self._now)
        around = await self._store.around(ticket, (), self._now)
        await self._store.offer(replace(given, skill=around.skill))

    async def _pass_all_on(self, userid: str, cause: Cause) -> Happened:
        moved = [await self._pass_on(each, cause) for each in await self._store.asked(userid)]
        return tuple(each for some in moved for each in some)

    async def _pass_on(self, due: OpenOffer, cause: Cause) -> Happened:
        ended = await self._store.settle(due.ticket.id, OfferState.WITHDRAWN, self._now)
        if ended is None or not is_free(due.ticket):
            return ()
        found = await self._offering.find(due.ticket, cause)
        return (OfferEnded(due.offer, Ended.PASSED_ON), *found)

    def _was_there(self, userid: str, at: datetime) -> bool:
        member = self._staff.find(userid)
        return member is not None and (not member.shifts or shift_at(member.shifts, at) is not None)

    async def _log(self, ticket: Ticket, actor: str, what: str, note: str = "") -> None:
        await self._tickets.log(TicketEvent(ticket.id, self._now, actor, what, note))

    def _name(self, userid: str) -> str:
        member = self._staff.find(userid) if userid else None
        return member.name if member else userid

    @property
    def _now(self) -> datetime:
        return self._tray.now


def _person(by: str) -> tuple[str, ...]:
    return () if by == BOT else (by,)


def _how(ticket: Ticket) -> Ended:
    if ticket.merged_into:
        return Ended.MERGED
    if ticket.state is TicketState.CLOSED:
        return Ended.CLOSED
    return Ended.DONE if ticket.state.ended else Ended.TAKEN
