"""Which tickets somebody wants to see."""

from dataclasses import dataclass, field
from datetime import datetime

from desk.kernel.ids import CustomerId
from desk.tickets.model import TicketKind, TicketState

UNSOLVED = tuple(each for each in TicketState if not each.ended)


@dataclass(frozen=True, slots=True)
class Listing:
    """What has to fit, all of it; what is empty or None fits everything.

    `owners` are userids, "" for what nobody has; those that come first in it come first in the
    list, then what is due soonest. Of those that ended what ended last comes first.
    """

    states: tuple[TicketState, ...] = UNSOLVED
    owners: tuple[str, ...] = field(default=())
    kind: TicketKind | None = None
    store: str = ""
    tag: str = ""
    customer: CustomerId | None = None
    due_before: datetime | None = None
