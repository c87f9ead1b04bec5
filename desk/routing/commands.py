"""What may be done about where tickets go, beside opening them."""

from dataclasses import dataclass

from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class PlaceAgain:
    """See whether by now it can be told which store a ticket belongs to."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class CallAbove:
    """See whether a ticket has to reach the supervisor of its region at once."""

    ticket: Ticket


RoutingCommand = CallAbove | PlaceAgain
