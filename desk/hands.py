"""Passes each command to the area that carries it out, and follows up what happened."""

from desk.aliases import service as aliases
from desk.aliases.commands import ForgetAlias, LearnPick, TeachAlias, UnlearnPick
from desk.assignment.commands import AssignmentCommand
from desk.assignment.service import Assignment, Shelves
from desk.books import Books
from desk.commands import Command
from desk.conversations.commands import ForMemory, HandOver, NoteMissing, PromisePerson
from desk.conversations.model import Conversation
from desk.conversations.service import Conversations, Threads
from desk.conversations.tray import OutTray
from desk.coupons.commands import GrantCoupon, SettleGrant
from desk.coupons.service import Coupons
from desk.customers.commands import CustomerCommand
from desk.customers.service import Customers
from desk.handbook import Handbook
from desk.handover import hand_over
from desk.journal import write
from desk.kernel.errors import DeskError
from desk.kernel.messages import Reply
from desk.leaders import service as leaders
from desk.leaders.commands import LeaderCommand
from desk.rated import rated
from desk.ratings.commands import AskOfTicket, AskRating, RateService, RateTicket
from desk.reactions import Event, react
from desk.reviews.commands import (
    AcceptReading,
    AnswerFromReview,
    CorrectReading,
    KeepForReview,
    PutOffReview,
)
from desk.reviews.service import Reviews
from desk.routing.commands import CallAbove, RoutingCommand
from desk.routing.service import Placing
from desk.rules.commands import Notice, Noticed
from desk.rules.engine import Engine
from desk.rules.runs import RuleRun
from desk.sla.service import PromisedTimes
from desk.sync.commands import NoteConsult
from desk.templates.commands import PublishTemplates, PutBackTemplate
from desk.templates.courses import TemplateCourses
from desk.templates.publishing import Publishing
from desk.tickets.commands import OpenTicket, TicketCommand
from desk.tickets.service import Tickets
from desk.tickets.tools import Tools
from desk.wishes import service as wishes
from desk.wishes.commands import NoteWish, WithdrawWishes

DEEPEST = 8
"""How often in a row a command may follow from what another one did."""

Noted = ForgetAlias | LearnPick | NoteConsult | NoteWish | TeachAlias | UnlearnPick | WithdrawWishes
"""What is only written down, and nothing follows from it."""

OfAreas = AssignmentCommand | CustomerCommand | LeaderCommand | RoutingCommand | TicketCommand
"""What whole areas carry out by themselves."""


class Hands:
    """All areas at work on one piece of work: one tray, one moment, one transaction."""

    def __init__(
        self,
        books: Books,
        handbook: Handbook,
        tray: OutTray,
        here: Conversation | None,
    ) -> None:
        self._books, self._tray = books, tray
        self._staff = staff = handbook.staff
        threads = Threads(books.inbox, books.conversations, books.outbox)
        self._conversations = Conversations(threads, staff, tray, here)
        self._coupons = Coupons(books.grants, handbook.policies, tray)
        self._customers = Customers(
            books.customers, books.kinship, here.id if here else None, tray.now
        )
        self._reviews = Reviews(books.reviews, staff, tray)
        times = PromisedTimes(books.deadlines, handbook.terms, tray.now)
        courses = TemplateCourses(books.templates)
        shelves = Shelves(
            assignments=books.assignments,
            presence=books.presence,
            tickets=books.tickets,
            customers=books.customers,
            placements=books.placements,
            courses=courses,
            times=times,
        )
        self._assignment = Assignment(shelves, staff, handbook.routing, tray)
        tools = Tools(
            store=books.tickets,
            customers=books.customers,
            staff=staff,
            tray=tray,
            times=times,
            courses=courses,
            attendance=books.presence,
            kin=books.kin,
        )
        self._tickets = Tickets(tools)
        self._placing = Placing(books.placements, handbook.routing, tools)
        self._rules = Engine(handbook.rules, handbook.template_rules, books, staff, tray, self.do)

    def reply(self, reply: Reply) -> None:
        """Say something to the person whom this work is done for."""
        self._conversations.reply(reply)

    async def do(
        self, command: Command, depth: int = 0, by: RuleRun | None = None
    ) -> tuple[Event, ...]:
        """Carry out a command and everything that follows from it; what it did by itself.

        `by` is the run of the rule that it follows from, however far.

        Raises:
            DeskError: it cannot be carried out, or what follows never ends.
        """
        if depth > DEEPEST:
            name = type(command).__name__
            raise DeskError("work.endless", f"系统内部错误：{name} 引发的后续处理没有尽头。")
        events = await self._carry_out(command)
        for event in events:
            write(event)
            for following in react(event):
                await self.do(following, depth + 1, by)
            await self._rules.after(event, depth + 1, by)
        return events

    async def _carry_out(self, command: Command) -> tuple[Event, ...]:
        if isinstance(command, ForMemory | NoteMissing | PromisePerson):
            return ()  # Folded into dialogue and turn's note once, for the whole outcome.
        if isinstance(command, Noted):
            await self._note(command)
            return ()
        if isinstance(command, OfAreas):
            return await self._in_their_area(command)
        match command:
            case AskOfTicket() | AskRating() | RateService() | RateTicket():
                return await rated(command, self._books, self._staff, self._tray)
            case Notice(happening):
                return (Noticed(happening),)
            case PublishTemplates() | PutBackTemplate():
                publishing = Publishing(self._books.templates, self._staff.stores, self._tray.now)
                return await publishing.carry_out(command)
            case HandOver():
                return (await hand_over(command, self._books, self._staff, self._tray),)
            case GrantCoupon() | SettleGrant():
                return await self._coupons.carry_out(command)
            case (
                AcceptReading()
                | AnswerFromReview()
                | CorrectReading()
                | KeepForReview()
                | PutOffReview()
            ):
                return await self._reviews.carry_out(command)
            case _:
                return await self._conversations.carry_out(command)

    async def _in_their_area(self, command: OfAreas) -> tuple[Event, ...]:
        if isinstance(command, AssignmentCommand):
            return await self._assignment.carry_out(command)
        if isinstance(command, CustomerCommand):
            return await self._customers.carry_out(command)
        if isinstance(command, LeaderCommand):
            return (await leaders.carry_out(command, self._books.leaders, self._tray.now),)
        if isinstance(command, RoutingCommand):
            ticket = command.ticket
            newest = await self._books.assignments.decisions(ticket.number, 1)
            asked = newest[0].decision.winner if newest else ""
            if isinstance(command, CallAbove):
                return await self._placing.call(ticket, asked)
            return await self._placing.place_again(ticket, asked)
        if isinstance(command, OpenTicket):
            opens, placed = await self._placing.place(command)
            opened = await self._tickets.carry_out(opens)
            await self._placing.keep(placed, opened)
            return opened
        return await self._tickets.carry_out(command)

    async def _note(self, command: Noted) -> None:
        match command:
            case NoteConsult():
                await self._books.consults.note(command, self._tray.now)
            case NoteWish() | WithdrawWishes():
                await wishes.carry_out(command, self._books.wishes, self._tray)
            case _:
                await aliases.carry_out(command, self._books.aliases, self._tray.now)
