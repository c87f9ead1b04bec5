"""Carries out what may be done about tickets: opened or joined, taken once, finished once."""

from collections.abc import AsyncIterator

from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import CustomerId, TicketId
from desk.kernel.roles import Role
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.commands import (
    AcknowledgeTicket,
    ActOnTicket,
    AnswerOnTicket,
    FinishTicket,
    NoteOnTicket,
    OpenTicket,
    ReopenTicket,
    ResumeTicket,
    TakeTicket,
    TicketCommand,
    WaitOnTicket,
)
from desk.tickets.events import (
    FinishRefused,
    MoveRefused,
    NoSuchTicket,
    TakeRefused,
    TicketAcknowledged,
    TicketFinished,
    TicketGoesOn,
    TicketHappening,
    TicketJoined,
    TicketNoted,
    TicketOpened,
    TicketRaised,
    TicketReopened,
    TicketTaken,
    TicketWaits,
)
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketState
from desk.tickets.ports import TicketStore, TicketTimes
from desk.tickets.promises import SKILL_FOR

BOT = "bot"
"""The actor of what nobody in particular did."""
CUSTOMER = "customer"
"""The actor of what the customer did."""


class Tickets:
    """The tickets' side of one piece of work."""

    def __init__(
        self,
        store: TicketStore,
        customers: CustomerReader,
        staff: StaffDirectory,
        tray: OutTray,
        times: TicketTimes,
    ) -> None:
        self._store, self._customers, self._staff = store, customers, staff
        self._tray, self._times = tray, times

    async def carry_out(self, command: TicketCommand) -> tuple[TicketHappening, ...]:
        """Do one thing and tell what happened."""
        if isinstance(command, OpenTicket):
            return (await self._open(command),)
        ticket = await self._store.by_number(command.number)
        if ticket is None:
            return (NoSuchTicket(command.number, command.by),)
        return tuple([event async for event in self._act(ticket, command)])

    async def _act(self, ticket: Ticket, command: ActOnTicket) -> AsyncIterator[TicketHappening]:
        match command:
            case TakeTicket():
                yield await self._take(ticket, command.by)
            case FinishTicket():
                yield await self._finish(ticket, command)
            case NoteOnTicket():
                yield await self._note(ticket, command)
            case WaitOnTicket():
                yield await self._wait(ticket, command)
            case ResumeTicket():
                yield await self._resume(ticket, command)
            case ReopenTicket():
                yield await self._reopen(ticket, command)
            case AcknowledgeTicket():
                yield await self._acknowledge(ticket, command.by)
            case AnswerOnTicket():
                await self._log(ticket, command.by, "talked")
                await self._times.touched(ticket, answered=True)

    async def _open(self, asked: OpenTicket) -> TicketHappening:
        identity = TicketId(self._tray.derive("ticket"))
        there = await self._joinable(asked)
        if there is not None and there.id != identity:
            return await self._join(there, asked)
        ticket = there or await self._add(identity, asked)
        return TicketOpened(ticket, await self._nickname(asked.customer), asked.skill)

    async def _joinable(self, asked: OpenTicket) -> Ticket | None:
        if asked.customer is None:
            return None
        return await self._store.joinable(asked.customer, asked.kind, asked.order_no)

    async def _join(self, ticket: Ticket, asked: OpenTicket) -> TicketHappening:
        await self._log(ticket, CUSTOMER, "joined", asked.summary)
        await self._times.spoken_of(ticket)
        if not asked.priority.over(ticket.priority):
            return TicketJoined(ticket, asked.summary)
        due_at = await self._times.raised(ticket, asked.priority)
        raised = await self._store.hurry(ticket, asked.priority, due_at)
        await self._log(raised, BOT, f"raised_{asked.priority}")
        return TicketRaised(raised, asked.summary, self._to(asked))

    def _to(self, asked: OpenTicket) -> tuple[str, ...]:
        skill = asked.skill or SKILL_FOR.get(asked.kind, "")
        return audience(self._staff, skill, urgent=asked.priority is Priority.URGENT)

    async def _add(self, identity: TicketId, asked: OpenTicket) -> Ticket:
        day = self._tray.now.astimezone(SHANGHAI).date()
        ordinal = await self._store.next_number(day)
        ticket = Ticket(
            id=identity,
            number=f"T-{day:%Y%m%d}-{ordinal:04d}",
            kind=asked.kind,
            priority=asked.priority,
            state=TicketState.OPEN,
            customer=asked.customer,
            conversation=asked.conversation,
            source=self._tray.cause,
            shop=asked.shop,
            order_no=asked.order_no,
            summary=asked.summary,
            owner="",
            opened_at=self._tray.now,
            taken_at=None,
            solved_at=None,
            due_at=self._times.due(asked.kind, asked.priority),
            version=1,
            fields=asked.fields,
            store=asked.store,
            region=asked.region,
            product_type=asked.product_type,
        )
        await self._store.add(ticket)
        await self._log(ticket, BOT, "opened", asked.summary)
        await self._times.begin(ticket)
        return ticket

    async def _take(self, ticket: Ticket, by: str) -> TicketHappening:
        taken = None
        if ticket.state is TicketState.OPEN:
            taken = await self._store.change(ticket, TicketState.TAKEN, by, self._tray.now)
        if taken is None:
            current = await self._store.by_number(ticket.number) or ticket
            return TakeRefused(current, by, self._name(current.owner))
        await self._log(taken, by, "taken")
        await self._times.touched(taken, answered=True)
        late = await self._times.acknowledged(taken, by)
        nickname = await self._nickname(taken.customer)
        lines = await self._store.history(taken.number)
        added = next((each.note for each in lines[::-1] if each.what == "joined"), "")
        cards = tuple(late.values())
        return TicketTaken(taken, by, self._name(by), nickname, added, cards)

    async def _finish(self, ticket: Ticket, asked: FinishTicket) -> TicketHappening:
        by, name = asked.by, self._name(asked.by)
        if not self._may_finish(ticket, by):
            return FinishRefused(ticket, by, self._name(ticket.owner))
        owner = ticket.owner or by
        solved = await self._store.change(ticket, TicketState.SOLVED, owner, self._tray.now)
        if solved is None:
            current = await self._store.by_number(ticket.number) or ticket
            return FinishRefused(current, by, self._name(current.owner))
        await self._log(solved, by, "solved", asked.note)
        late = await self._times.ended(solved)
        nickname = await self._nickname(solved.customer)
        return TicketFinished(solved, ticket, by, name, asked.note, nickname, tuple(late.values()))

    async def _note(self, ticket: Ticket, asked: NoteOnTicket) -> TicketHappening:
        await self._log(ticket, asked.by, "noted", asked.note)
        await self._times.touched(ticket, answered=False)
        return TicketNoted(ticket, asked.by, self._name(asked.by), asked.note)

    async def _wait(self, ticket: Ticket, asked: WaitOnTicket) -> TicketHappening:
        inside = TicketState.WAITING_INSIDE
        state = inside if asked.inside else TicketState.WAITING_CUSTOMER
        waiting = None
        if self._may_finish(ticket, asked.by) and ticket.state is not state:
            waiting = await self._move(ticket, state, ticket.owner or asked.by)
        if waiting is None:
            return await self._refused(ticket, asked.by)
        await self._log(waiting, asked.by, state.value, asked.reason)
        if ticket.state is TicketState.WAITING_CUSTOMER:
            waiting = await self._going_on(waiting)
        await self._times.waits(waiting)
        return TicketWaits(waiting, ticket, asked.by, self._name(asked.by), asked.reason)

    async def _resume(self, ticket: Ticket, asked: ResumeTicket) -> TicketHappening:
        going = None
        may = asked.by == CUSTOMER or self._may_finish(ticket, asked.by)
        if may and ticket.state.waits:
            going = await self._move(ticket, TicketState.TAKEN, ticket.owner)
        if going is None:
            return await self._refused(ticket, asked.by)
        await self._log(going, asked.by, "resumed", asked.words)
        going = await self._going_on(going)
        if asked.by == CUSTOMER:
            await self._times.spoken_of(going)
        nickname = await self._nickname(going.customer)
        return TicketGoesOn(going, asked.by, nickname, asked.words)

    async def _reopen(self, ticket: Ticket, asked: ReopenTicket) -> TicketHappening:
        owner = ticket.owner if self._staff.find(ticket.owner) else ""
        state = TicketState.TAKEN if owner else TicketState.OPEN
        again = None
        if ticket.state is TicketState.SOLVED:
            again = await self._move(ticket, state, owner)
        if again is None:
            return await self._refused(ticket, asked.by)
        due_at = self._times.due(again.kind, again.priority)
        again = await self._store.hurry(again, again.priority, due_at)
        await self._log(again, asked.by, "reopened", asked.words)
        await self._times.begin(again)
        to = audience(self._staff, SKILL_FOR.get(again.kind, ""))
        return TicketReopened(again, asked.by, self._name(owner), asked.words, to)

    async def _acknowledge(self, ticket: Ticket, by: str) -> TicketHappening:
        late = await self._times.acknowledged(ticket, by)
        await self._log(ticket, by, "acknowledged", "、".join(late))
        return TicketAcknowledged(ticket, by, self._name(by), tuple(late.values()))

    async def _going_on(self, ticket: Ticket) -> Ticket:
        due_at = await self._times.goes_on(ticket)
        return await self._store.hurry(ticket, ticket.priority, due_at)

    async def _move(self, ticket: Ticket, state: TicketState, owner: str) -> Ticket | None:
        return await self._store.change(ticket, state, owner, self._tray.now)

    async def _refused(self, ticket: Ticket, by: str) -> TicketHappening:
        current = await self._store.by_number(ticket.number) or ticket
        return MoveRefused(current, by, self._name(current.owner))

    def _may_finish(self, ticket: Ticket, by: str) -> bool:
        if ticket.state.ended:
            return False
        member = self._staff.find(by)
        above = member is not None and member.role >= Role.SUPERVISOR
        return ticket.owner in ("", by) or above

    async def _log(self, ticket: Ticket, actor: str, what: str, note: str = "") -> None:
        await self._store.log(TicketEvent(ticket.id, self._tray.now, actor, what, note))

    async def _nickname(self, customer: CustomerId | None) -> str:
        found = await self._customers.get(customer) if customer else None
        return found.nickname if found else ""

    def _name(self, userid: str) -> str:
        member = self._staff.find(userid) if userid else None
        return member.name if member else userid
