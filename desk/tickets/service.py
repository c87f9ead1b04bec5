"""Carries out what may be done about tickets: opened or joined, taken once, finished once."""

from datetime import datetime

from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import CustomerId, TicketId
from desk.kernel.roles import Role
from desk.staff.audience import audience
from desk.staff.directory import StaffDirectory
from desk.tickets.commands import FinishTicket, NoteOnTicket, OpenTicket, TakeTicket
from desk.tickets.events import (
    FinishRefused,
    NoSuchTicket,
    TakeRefused,
    TicketFinished,
    TicketHappening,
    TicketJoined,
    TicketNoted,
    TicketOpened,
    TicketRaised,
    TicketTaken,
)
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketState
from desk.tickets.ports import TicketStore
from desk.tickets.promises import DUE_WITHIN, SKILL_FOR

TicketCommand = FinishTicket | NoteOnTicket | OpenTicket | TakeTicket

BOT = "bot"
"""The actor of what nobody in particular did."""


class Tickets:
    """The tickets' side of one piece of work."""

    def __init__(
        self,
        store: TicketStore,
        customers: CustomerReader,
        staff: StaffDirectory,
        tray: OutTray,
    ) -> None:
        self._store, self._customers, self._staff = store, customers, staff
        self._tray = tray

    async def carry_out(self, command: TicketCommand) -> tuple[TicketHappening, ...]:
        """Do one thing and tell what happened."""
        if isinstance(command, OpenTicket):
            return (await self._open(command),)
        ticket = await self._store.by_number(command.number)
        if ticket is None:
            return (NoSuchTicket(command.number, command.by),)
        match command:
            case TakeTicket():
                return (await self._take(ticket, command.by),)
            case FinishTicket():
                return (await self._finish(ticket, command),)
            case NoteOnTicket():
                await self._log(ticket, command.by, "noted", command.note)
                name = self._name(command.by)
                return (TicketNoted(ticket, command.by, name, command.note),)

    async def _open(self, asked: OpenTicket) -> TicketHappening:
        identity = TicketId(self._tray.derive("ticket"))
        there = await self._joinable(asked)
        if there is not None and there.id != identity:
            return await self._join(there, asked)
        ticket = there or await self._add(identity, asked)
        return TicketOpened(ticket, await self._nickname(asked.customer), self._to(asked))

    async def _joinable(self, asked: OpenTicket) -> Ticket | None:
        if asked.customer is None:
            return None
        return await self._store.joinable(asked.customer, asked.kind, asked.order_no)

    async def _join(self, ticket: Ticket, asked: OpenTicket) -> TicketHappening:
        await self._log(ticket, "customer", "joined", asked.summary)
        if not asked.priority.over(ticket.priority):
            return TicketJoined(ticket, asked.summary)
        due_at = min(ticket.due_at, self._due(asked.priority))
        raised = await self._store.hurry(ticket, asked.priority, due_at)
        await self._log(raised, BOT, f"raised_{asked.priority}")
        return TicketRaised(raised, asked.summary, self._to(asked))

    def _to(self, asked: OpenTicket) -> tuple[str, ...]:
        skill = asked.skill or SKILL_FOR.get(asked.kind, "")
        return audience(self._staff, skill, urgent=asked.priority is Priority.URGENT)

    def _due(self, priority: Priority) -> datetime:
        return self._staff.hours.due(self._tray.now, DUE_WITHIN[priority])

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
            due_at=self._due(asked.priority),
            version=1,
        )
        await self._store.add(ticket)
        await self._log(ticket, BOT, "opened", asked.summary)
        return ticket

    async def _take(self, ticket: Ticket, by: str) -> TicketHappening:
        taken = None
        if ticket.state is TicketState.OPEN:
            taken = await self._store.change(ticket, TicketState.TAKEN, by, self._tray.now)
        if taken is None:
            current = await self._store.by_number(ticket.number) or ticket
            return TakeRefused(current, by, self._name(current.owner))
        await self._log(taken, by, "taken")
        nickname = await self._nickname(taken.customer)
        lines = await self._store.history(taken.number)
        added = next((each.note for each in lines[::-1] if each.what == "joined"), "")
        return TicketTaken(taken, by, self._name(by), nickname, added)

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
        return TicketFinished(solved, ticket, by, name, asked.note)

    def _may_finish(self, ticket: Ticket, by: str) -> bool:
        if ticket.state is TicketState.SOLVED:
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
