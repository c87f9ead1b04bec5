"""Carries out what may be done about tickets: each act has its ticket locked before it looks."""

from desk.tickets import working
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
from desk.tickets.events import NoSuchTicket, TicketHappening, TicketNoted
from desk.tickets.model import Ticket
from desk.tickets.opening import open_one
from desk.tickets.sorting.commands import SortTicket
from desk.tickets.sorting.service import sort
from desk.tickets.tools import Tools


class Tickets:
    """The tickets' side of one piece of work."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def carry_out(self, command: TicketCommand) -> tuple[TicketHappening, ...]:
        """Do one thing and tell what happened."""
        if isinstance(command, OpenTicket):
            return (await open_one(self._tools, command),)
        ticket = await self._tools.store.locked(command.number)
        if ticket is None:
            return (NoSuchTicket(command.number, command.by),)
        if isinstance(command, SortTicket):
            return (await sort(self._tools, ticket, command),)
        return await self._act(ticket, command)

    async def _act(self, ticket: Ticket, command: ActOnTicket) -> tuple[TicketHappening, ...]:
        tools = self._tools
        match command:
            case TakeTicket():
                return (await working.take(tools, ticket, command.by),)
            case FinishTicket():
                return (await working.finish(tools, ticket, command),)
            case NoteOnTicket():
                return (await self._note(ticket, command),)
            case WaitOnTicket():
                return (await working.wait(tools, ticket, command),)
            case ResumeTicket():
                return (await working.resume(tools, ticket, command),)
            case ReopenTicket():
                return (await working.reopen(tools, ticket, command),)
            case AcknowledgeTicket():
                return (await working.acknowledge(tools, ticket, command.by),)
            case AnswerOnTicket():
                await tools.log(ticket, command.by, "talked")
                await tools.times.touched(ticket, answered=True)
                return ()

    async def _note(self, ticket: Ticket, asked: NoteOnTicket) -> TicketHappening:
        await self._tools.log(ticket, asked.by, "noted", asked.note)
        await self._tools.times.touched(ticket, answered=False)
        return TicketNoted(ticket, asked.by, self._tools.name(asked.by), asked.note)
