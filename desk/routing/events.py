"""What happened about where tickets go."""

from dataclasses import dataclass

from desk.tickets.model import Ticket


@dataclass(frozen=True, slots=True)
class StoreLearnt:
    """It became known which store a ticket belongs to; `there`: who is asked is of that store."""

    ticket: Ticket
    there: bool


@dataclass(frozen=True, slots=True)
class AboveCalled:
    """A dear customer complains and it is urgent: `to` get a card at once."""

    ticket: Ticket
    to: tuple[str, ...]
    nickname: str


RoutingEvent = AboveCalled | StoreLearnt
