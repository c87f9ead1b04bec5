"""What every act on a ticket works with."""

from dataclasses import dataclass
from datetime import datetime

from desk.conversations.tray import OutTray
from desk.customers.ports import CustomerReader
from desk.kernel.ids import CustomerId
from desk.kernel.roles import Role
from desk.staff.directory import StaffDirectory
from desk.tickets.actors import is_person
from desk.tickets.course import Courses
from desk.tickets.model import Ticket, TicketEvent
from desk.tickets.moving import Mover
from desk.tickets.ports import Attendance, TicketStore, TicketTimes
from desk.tickets.relations import KinStore


@dataclass(frozen=True, slots=True)
class Tools:
    """The open books and who is who, in one piece of work."""

    store: TicketStore
    customers: CustomerReader
    staff: StaffDirectory
    tray: OutTray
    times: TicketTimes
    courses: Courses
    kin: KinStore
    attendance: Attendance

    @property
    def now(self) -> datetime:
        """The moment of this work."""
        return self.tray.now

    @property
    def mover(self) -> Mover:
        """Moves tickets at this moment."""
        return Mover(self.store, self.courses, self.times, self.now)

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

    def role(self, actor: str) -> Role:
        """What somebody may do; the house and its rules may do everything."""
        member = self.staff.find(actor)
        if member is not None:
            return member.role
        return Role.CUSTOMER if is_person(actor) else Role.ADMIN

    def may_work(self, ticket: Ticket, by: str) -> bool:
        """Whether somebody may move it on: who has it, or stands above; nobody once it ended."""
        above = is_person(by) and self.role(by) >= Role.SUPERVISOR
        return not ticket.state.ended and (ticket.owner in ("", by) or above)

    def watchers(self, ticket: Ticket, *but: str) -> tuple[str, ...]:
        """Who watches it and works here, without its owner and without these."""
        return tuple(
            each
            for each in ticket.watchers
            if each not in (ticket.owner, *but) and self.staff.find(each) is not None
        )
