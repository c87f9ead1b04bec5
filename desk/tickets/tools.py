"""What every act on a ticket works with."""

from dataclasses import dataclass
from datetime import datetime

from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.ids import CustomerId
from desk.kernel.roles import Role
from desk.staff.directory import StaffDirectory
from desk.tickets.model import Ticket, TicketEvent
from desk.tickets.ports import TicketStore, TicketTimes


@dataclass(frozen=True, slots=True)
class Tools:
    """The open books and who is who, in one piece of work."""

    store: TicketStore
    customers: CustomerReader
    staff: StaffDirectory
    tray: OutTray
    times: TicketTimes

    @property
    def now(self) -> datetime:
        """The moment of this work."""
        return self.tray.now

    async def log(self, ticket: Ticket, actor: str, what: str, note: str = "") -> None:
        """Append a line to the history."""
        await self.store.log(TicketEvent(ticket.id, self.now, actor, what, note))

    async def nickname(self, customer: CustomerId | None) -> str:
        """What the customer calls themselves; "" where nobody knows."""
        found = await self.customers.get(customer) if customer else None
        return found.nickname if found else ""

    def name(self, userid: str) -> str:
        """What people call somebody."""
        member = self.staff.find(userid) if userid else None
        return member.name if member else userid

    def is_above(self, userid: str) -> bool:
        """Whether this is a supervisor, or stands higher still."""
        member = self.staff.find(userid)
        return member is not None and member.role >= Role.SUPERVISOR

    def may_work(self, ticket: Ticket, by: str) -> bool:
        """Whether somebody may move it on: who has it, or stands above; nobody once it ended."""
        return not ticket.state.ended and (ticket.owner in ("", by) or self.is_above(by))
