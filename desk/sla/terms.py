"""The merchant's terms: promises, the calendar that they count in, the ladders of those late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.sla.calendar import BusinessCalendar, calendar_of
from desk.sla.counting import due
from desk.sla.deadline import Measure
from desk.sla.ladder import Ladder, Trigger
from desk.sla.policy import DEFAULT_POLICY, Policy, Which
from desk.staff.hours import ServiceHours
from desk.tickets.model import Priority, Ticket, TicketKind


@dataclass(frozen=True, slots=True)
class Terms:
    """What the house has promised and what it does about what is late.

    A solved ticket is closed for good `close_after` it was solved last.
    """

    calendar: BusinessCalendar
    policy: Policy = DEFAULT_POLICY
    ladders: tuple[Ladder, ...] = ()
    close_after: timedelta = timedelta(days=7)

    @property
    def measure(self) -> Measure:
        """What deadlines are measured with."""
        return Measure(self.calendar, self.policy.warn_share)

    def due(self, kind: TicketKind, priority: Priority, now: datetime) -> datetime:
        """When a ticket that is opened now has to be solved; now, where nothing is promised.

        Raises:
            DeskError: the calendar never opens.
        """
        target = self.policy.target(kind, priority, Which.SOLUTION)
        return due(now, target.within, target.counting, self.calendar) if target else now

    def ladders_for(
        self, ticket: Ticket, when: Trigger, of: Which | None = None
    ) -> tuple[Ladder, ...]:
        """The ladders that begin with this for this ticket."""
        return tuple(
            each
            for each in self.ladders
            if each.when is when and each.of is of and each.fits(ticket)
        )

    def ladder(self, name: str) -> Ladder | None:
        """A ladder by its id; None where the merchant has taken it out."""
        return next((each for each in self.ladders if each.id == name), None)


def plain_terms(hours: ServiceHours) -> Terms:
    """The terms of a house that has said nothing but its hours; nobody is told of what is late."""
    return Terms(calendar_of(hours))
