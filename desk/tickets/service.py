"""Carries out what may be done about tickets: each act has its ticket locked before it looks."""

from desk.tickets import working
from desk.tickets.answering.commands import AnswerInSession
from desk.tickets.answering.service import answer
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.closing.service import close
from desk.tickets.commands import (
    AcknowledgeTicket,
    ActOnTicket,
    AnswerOnTicket,
    FinishTicket,
    NoteOnTicket,
    OpenTicket,
    ReopenTicket,
    ResumeTicket,
    RevokeLink,
    TakeTicket,
    TicketCommand,
    WaitOnTicket,
)
from desk.tickets.events import NoSuchTicket, TicketHappening, TicketNoted
from desk.tickets.filling.commands import AskForField, SetFields
from desk.tickets.filling.service import fill
from desk.tickets.kin.commands import OfKin
from desk.tickets.kin.service import relate
from desk.tickets.model import Ticket
from desk.tickets.opening import open_one
from desk.tickets.revoking import revoke
from desk.tickets.sorting.commands import SortTicket
from desk.tickets.sorting.service import sort
from desk.tickets.stepping import step
from desk.tickets.steps.commands import StepTicket
from desk.tickets.tools import Tools

Happened = tuple[TicketHappening, ...]


class Tickets:
    """The tickets' side of one piece of work."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def carry_out(self, command: TicketCommand) -> Happened:
        """Do one thing and tell what happened."""
        if isinstance(command, OpenTicket):
            return (await open_one(self._tools, command),)
        if isinstance(command, AnswerInSession):
            await answer(self._tools, command)
            return ()
        if isinstance(command, OfKin):
            related = await relate(self._tools, command)
            return (NoSuchTicket(related, command.by) if isinstance(related, str) else related,)
        ticket = await self._tools.store.locked(command.number)
        if ticket is None:
            return (NoSuchTicket(command.number, command.by),)
        if isinstance(command, SortTicket):
            return await sort(self._tools, ticket, command)
        if isinstance(command, AskForField | SetFields):
            return (await fill(self._tools, ticket, command),)
        if isinstance(command, RevokeLink):
            return await revoke(self._tools, ticket, command)
        return await self._act(ticket, command)

    async def _act(self, ticket: Ticket, command: ActOnTicket) -> Happened:
        tools = self._tools
        match command:
            case TakeTicket():
                return await working.take(tools, ticket, command.by)
            case FinishTicket():
                return await working.finish(tools, ticket, command)
            case WaitOnTicket():
                return await working.wait(tools, ticket, command)
            case ResumeTicket():
                return await working.resume(tools, ticket, command)
            case ReopenTicket():
                return await working.reopen(tools, ticket, command)
            case StepTicket():
                return await step(tools, ticket, command)
            case CloseTicket():
                return await close(tools, ticket, command)
            case AcknowledgeTicket():
                return await working.acknowledge(tools, ticket, command.by)
            case NoteOnTicket() | AnswerOnTicket():
                return await self._touch(ticket, command)

    async def _touch(self, ticket: Ticket, asked: NoteOnTicket | AnswerOnTicket) -> Happened:
        answers = isinstance(asked, AnswerOnTicket)
        note = "" if isinstance(asked, AnswerOnTicket) else asked.note
        await self._tools.log(ticket, asked.by, "talked" if answers else "noted", note)
        await self._tools.times.touched(ticket, answered=answers)
        name = self._tools.name(asked.by)
        return () if answers else (TicketNoted(ticket, asked.by, name, note),)
