"""What tickets need from a store."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from desk.kernel.ids import CustomerId, TicketId
from desk.tickets.listing import Listing
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketKind, TicketState


class TicketReader(Protocol):
    """What may be asked about tickets."""

    async def by_number(self, number: str) -> Ticket | None:
        """A ticket by its human number."""

    async def get(self, ticket: TicketId) -> Ticket | None:
        """A ticket by its id."""

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[Ticket, ...]:
        """The tickets of a person, newest first."""

    async def unsolved(self, owner: str | None, limit: int) -> tuple[Ticket, ...]:
        """Unsolved tickets, due soonest first; of one owner ("" for nobody's), or all (None)."""

    async def listed(self, wanted: Listing, limit: int, offset: int = 0) -> tuple[Ticket, ...]:
        """The tickets that fit, in the order of `Listing`."""

    async def history(self, number: str) -> tuple[TicketEvent, ...]:
        """What happened to a ticket, oldest first."""


class Attendance(Protocol):
    """Who is still here."""

    async def has_left(self, userid: str) -> bool:
        """Whether somebody was dismissed, though lists of the staff may name them still."""


class TicketTimes(Protocol):
    """What has been promised for tickets, kept in step with what is done about them."""

    def due(self, kind: TicketKind, priority: Priority) -> datetime:
        """When a ticket that is opened now has to be solved."""

    async def begin(self, ticket: Ticket) -> None:
        """Start the clocks of a new or reopened ticket."""

    async def raised(self, ticket: Ticket, priority: Priority) -> datetime:
        """Measure a ticket by another priority; when it has to be solved from now on."""

    async def spoken_of(self, ticket: Ticket) -> None:
        """The customer said more about it and expects an answer."""

    async def touched(self, ticket: Ticket, *, answered: bool) -> None:
        """Somebody of the staff did something about it; `answered`: the customer hears of them."""

    async def answered(self, ticket: Ticket, at: datetime) -> bool:
        """Somebody spoke to the customer at a moment; whether they had been waiting for that."""

    async def waits(self, ticket: Ticket) -> None:
        """It waits, as its state tells: the clocks stand still if that is what was agreed."""

    async def goes_on(self, ticket: Ticket) -> datetime:
        """The waiting is over; when it has to be solved."""

    async def acknowledged(self, ticket: Ticket, by: str) -> Mapping[str, str]:
        """Nobody else is told that it is late; the ladders it was on, each with its last card."""

    async def ended(self, ticket: Ticket) -> Mapping[str, str]:
        """It is solved: what was promised is kept, or broken; the ladders it was on, as above."""

    async def united(self, ticket: Ticket, merged: Ticket) -> datetime:
        """Another ticket goes on in this one, by the earlier of both; when it has to be solved."""

    async def given_up(self, ticket: Ticket) -> Mapping[str, str]:
        """Nobody deals with it any more, it is neither kept nor broken; the ladders, as above."""


class TicketStore(TicketReader, Protocol):
    """What may be written about tickets."""

    async def running(self, customer: CustomerId, kind: TicketKind) -> tuple[Ticket, ...]:
        """The person's unsolved tickets of a kind and those that were merged, the newest first.

        Somebody else who asks the same waits until this transaction ends.
        """

    async def about_order(self, shop: str, order_no: str, kind: TicketKind) -> Ticket | None:
        """The newest unsolved ticket of this kind about an order, whoever's it is, locked."""

    async def locked(self, number: str) -> Ticket | None:
        """A ticket by its human number, as it is now, locked until the transaction ends."""

    async def to_close(self, solved_before: datetime, limit: int) -> tuple[Ticket, ...]:
        """Tickets that were solved before a moment, all locked; what others hold is left out."""

    async def next_number(self, day: date) -> int:
        """The next number of a day (Asia/Shanghai); gaps are fine, repeats are not."""

    async def add(self, ticket: Ticket) -> None:
        """Store a new ticket."""

    async def change(
        self, ticket: Ticket, state: TicketState, owner: str, at: datetime, step: str
    ) -> Ticket | None:
        """Move a ticket on if its version is still the one given; None if somebody was faster.

        `taken_at` is when it was first taken, `solved_at` when it was solved last.
        """

    async def hurry(self, ticket: Ticket, priority: Priority, due_at: datetime) -> Ticket:
        """Give a ticket that is locked (see `locked`) another priority and due moment.

        Its version stays: whoever takes it at the same time shall not be refused for that.
        """

    async def amend(self, ticket: Ticket) -> Ticket:
        """Keep what is known of a ticket that is locked: tags, watchers, answers, order, place.

        So is which addresses of its page hold.

        State, owner, version, priority and due moment stay as they are.
        """

    async def log(self, event: TicketEvent) -> None:
        """Append to the history."""
